using Parley.Telemetry;

namespace OpenTelemetry.Trace;

/// <summary>Puts Parley's traces into the application's pipeline.</summary>
public static class ParleyTracerProviderBuilderExtensions
{
    /// <summary>Adds Parley's traces: from a chunk through its work to the model's answer.</summary>
    /// <param name="builder">The application's traces, as in <c>services.AddOpenTelemetry().WithTracing(…)</c>.</param>
    public static TracerProviderBuilder AddParleyInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(ParleyTelemetry.Name);
    }
}
