namespace Parley.AspNetCore.Settings;

/// <summary>The limits of the web server itself, where <c>AddParleyKestrelLimits</c> sets them.</summary>
[SettingsSection("Parley:Kestrel")]
internal sealed class KestrelSettings
{
    [SettingRange(1, 10_000)]
    public int MaxHeaders { get; set; } = 64;

    // Kestrel keeps a request's head in a buffer of at most 1 MiB.
    [SettingRange(1_024, 1_048_576)]
    public int MaxHeaderBytes { get; set; } = 16 * 1_024;

    [SettingRange(1_024, 1_048_576)]
    public int MaxRequestLineBytes { get; set; } = 4 * 1_024;

    [SettingRange(1, 3_600)]
    public double HeadersTimeoutSec { get; set; } = 10;

    [SettingRange(1, 1_000_000_000)]
    public double MinBytesPerSec { get; set; } = 240;

    // Kestrel looks once a second, and refuses a shorter time.
    [SettingRange(2, 3_600)]
    public double SlowGraceSec { get; set; } = 5;
}
