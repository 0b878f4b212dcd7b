using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Parley.AspNetCore.Observability;

/// <summary>Writes all metrics as text whenever somebody asks.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _gate = new();
    private PrometheusText _text = new();

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>All metrics as they are now.</summary>
    /// <exception cref="InvalidOperationException">They cannot be collected: the server is stopping.</exception>
    public string Scrape()
    {
        // Whoever asks at the same time waits: there is one text to write.
        lock (_gate)
        {
            _text = new PrometheusText();
            if (Collect?.Invoke(Timeout.Infinite) != true) throw new InvalidOperationException("The metrics cannot be collected.");
            return _text.ToString();
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch) Write(metric);
        return ExportResult.Success;
    }

    private static bool IsCounter(Metric metric) => metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;

    private void Write(Metric metric)
    {
        var name = PrometheusText.NameOf(metric.Name, metric.Unit, IsCounter(metric));
        switch (metric.MetricType)
        {
            case MetricType.LongSum or MetricType.DoubleSum:
                WriteSamples(name, "counter", metric);
                break;
            case MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic or MetricType.LongGauge or MetricType.DoubleGauge:
                WriteSamples(name, "gauge", metric);
                break;
            case MetricType.Histogram:
                _text.Header(name, "histogram", metric.Description);
                foreach (ref readonly var point in metric.GetMetricPoints()) WriteHistogram(name, LabelsOf(point), point);
                break;
            default:
                // An application's own, by a view of its own. The others must not go with it.
                _text.Comment($"{name} is left out: this format has no {metric.MetricType}");
                break;
        }
    }

    private void WriteSamples(string name, string type, Metric metric)
    {
        _text.Header(name, type, metric.Description);
        foreach (ref readonly var point in metric.GetMetricPoints()) _text.Sample(name, LabelsOf(point), ValueOf(metric.MetricType, point));
    }

    private void WriteHistogram(string name, List<KeyValuePair<string, string>> labels, in MetricPoint point)
    {
        var upTo = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            upTo += bucket.BucketCount;
            _text.Sample($"{name}_bucket", [.. labels, new("le", PrometheusText.Number(bucket.ExplicitBound))], upTo);
        }

        _text.Sample($"{name}_sum", labels, point.GetHistogramSum()).Sample($"{name}_count", labels, point.GetHistogramCount());
    }

    private static double ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    private static List<KeyValuePair<string, string>> LabelsOf(in MetricPoint point)
    {
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var (label, value) in point.Tags) labels.Add(new(label, Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        return labels;
    }
}
