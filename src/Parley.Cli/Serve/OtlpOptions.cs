namespace Parley.Cli.Serve;

/// <summary>Where metrics, traces and logs are sent, from the section <c>Parley:Otlp</c>.</summary>
internal sealed class OtlpOptions
{
    /// <summary>
    /// A collector that speaks OTLP over HTTP with protobuf, such as <c>http://localhost:4318</c>. Default null: what the variables of the
    /// OpenTelemetry specification say, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; without that, nothing is sent.
    /// </summary>
    public Uri? Endpoint { get; set; }
}
