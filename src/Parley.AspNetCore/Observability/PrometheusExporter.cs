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
            return Collect?.Invoke(Timeout.Infinite) == true ? _text.ToString() : throw new InvalidOperationException("The metrics cannot be collected.");
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch) Write(metric);
        return ExportResult.Success;
    }

    private static bool IsHistogram(Metric metric) => metric.MetricType == MetricType.Histogram;

    private static bool IsCounter(Metric metric) => metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;

    private void Write(Metric metric)
    {
        var name = PrometheusText.NameOf(metric.Name, metric.Unit, IsCounter(metric));
        _text.Header(name, IsCounter(metric) ? "counter" : IsHistogram(metric) ? "histogram" : "gauge", metric.Description);
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(point);
            if (IsHistogram(metric)) WriteHistogram(name, labels, point);
            else _text.Sample(name, labels, ValueOf(metric.MetricType, point));
        }
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
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => throw new NotSupportedException($"Metrics of type {type} have no form here."),
    };

    private static List<KeyValuePair<string, string>> LabelsOf(in MetricPoint point)
    {
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var (label, value) in point.Tags) labels.Add(new(label, Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        return labels;
    }
}
