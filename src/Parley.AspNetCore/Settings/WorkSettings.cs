using Parley.Work;

namespace Parley.AspNetCore.Settings;

/// <summary>The queues of work, all workflows together.</summary>
[SettingsSection("Parley:Work")]
internal sealed class WorkSettings
{
    [SettingRange(1, 1_000_000)]
    public int Capacity { get; set; } = new WorkOptions().Capacity;
}

/// <summary>The work of one workflow. The ranges are those of <see cref="WorkflowOptions"/>, in seconds; a test compares them.</summary>
[SettingsSection("Parley:Work:{workflow}")]
internal sealed class WorkflowSettings
{
    private static readonly WorkflowOptions BuiltIn = new();

    [SettingRange(1, 256)]
    public int Workers { get; set; } = BuiltIn.Workers;

    [SettingRange(1, 100)]
    public int BatchSize { get; set; } = BuiltIn.BatchSize;

    [SettingRange(0, 3_600)]
    public double BatchDelaySec { get; set; } = BuiltIn.BatchDelay.TotalSeconds;

    [SettingRange(0.01, 3_600)]
    public double TimeoutSec { get; set; } = BuiltIn.Timeout.TotalSeconds;

    [SettingRange(1, 100)]
    public int MaxAttempts { get; set; } = BuiltIn.MaxAttempts;

    [SettingRange(0, 3_600)]
    public double RetryDelaySec { get; set; } = BuiltIn.RetryDelay.TotalSeconds;

    [SettingRange(0, 3_600)]
    public double MaxRetryDelaySec { get; set; } = BuiltIn.MaxRetryDelay.TotalSeconds;

    [SettingRange(2, 1_000)]
    public int BreakerThroughput { get; set; } = BuiltIn.BreakerThroughput;

    [SettingRange(0.5, 3_600)]
    public double BreakDurationSec { get; set; } = BuiltIn.BreakDuration.TotalSeconds;

    /// <summary>Starts from other defaults than those of most workflows.</summary>
    public void Take(WorkflowOptions options)
    {
        Workers = options.Workers;
        BatchSize = options.BatchSize;
        BatchDelaySec = options.BatchDelay.TotalSeconds;
    }

    public WorkflowOptions ToOptions() => new()
    {
        Workers = Workers,
        BatchSize = BatchSize,
        BatchDelay = TimeSpan.FromSeconds(BatchDelaySec),
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        MaxAttempts = MaxAttempts,
        RetryDelay = TimeSpan.FromSeconds(RetryDelaySec),
        MaxRetryDelay = TimeSpan.FromSeconds(MaxRetryDelaySec),
        BreakerThroughput = BreakerThroughput,
        BreakDuration = TimeSpan.FromSeconds(BreakDurationSec),
    };
}
