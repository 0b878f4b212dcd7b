using Parley.AspNetCore.Settings;
using Parley.Storage.Sqlite;

namespace Parley.AspNetCore;

/// <summary>
/// The settings of a server, from the configuration section <c>Parley</c>: a file, the environment (<c>Parley__Data</c>) or the command
/// line. They are checked at start: a value outside its range or an unknown name stops the process with a message that names the setting.
/// </summary>
[SettingsSection("Parley")]
public sealed class ParleyOptions
{
    /// <summary>
    /// Gets or sets the folder for conversations; it is created if missing. Default: null, in memory until the process ends.
    /// </summary>
    public string? Data { get; set; }

    /// <summary>
    /// Gets or sets what a stored conversation survives: a power failure (<c>Disk</c>, the default) or only the death of the process
    /// (<c>Process</c>).
    /// </summary>
    public LogDurability Durability { get; set; } = LogDurability.Disk;

    /// <summary>
    /// Gets or sets whether card numbers, e-mail addresses and the like are removed if a client does not say. Default: false.
    /// </summary>
    public bool Redact { get; set; }

    /// <summary>
    /// Gets or sets the file with patterns to redact beside the built-in kinds, one <c>NAME: REGEX</c> a line. Default: null, none.
    /// </summary>
    public string? RedactionPatternsFile { get; set; }

    /// <summary>
    /// Gets or sets the regions whose numbering plans tell phone numbers from other numbers, as ISO 3166-1 codes parted by commas. Default:
    /// null, US, GB, DE, FR and ES.
    /// </summary>
    public string? PhoneRegions { get; set; }

    /// <summary>Gets or sets how long a conversation is kept after its end, in days. Default: null, until it is erased.</summary>
    [SettingRange(0.001, 36_500)]
    public double? RetentionDays { get; set; }

    /// <summary>
    /// Gets how long a tenant's conversations are kept after their end, in days, from 0.001 to 36,500, by tenant. Default: empty; a
    /// tenant that is not named has <see cref="RetentionDays"/>.
    /// </summary>
    public Dictionary<string, double> RetentionDaysByTenant { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Gets or sets the maximum number of tokens, estimated, of the recent conversation in a prompt; the oldest segments are left out
    /// first. Default: null, no limit.
    /// </summary>
    [SettingRange(50, 1_000_000)]
    public int? ContextTokens { get; set; }

    /// <summary>
    /// Gets or sets the folder with prompts that replace the built-in ones, for a language, a tenant or a set that streams name. Default:
    /// null, the built-in prompts.
    /// </summary>
    public string? Prompts { get; set; }

    /// <summary>
    /// Gets or sets the folder with languages beside the built-in ones, a JSON file each. Default: null, the built-in languages.
    /// </summary>
    public string? Languages { get; set; }

    /// <summary>Gets or sets the maximum size of a message on a socket and of a line in a request, in bytes. Default: 65,536.</summary>
    [SettingRange(1_024, 16_777_216)]
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Gets or sets the maximum size of a request body, in bytes. The server reads it piece by piece. Default: 33,554,432.
    /// </summary>
    [SettingRange(1_024, 1_073_741_824)]
    public long MaxBodyBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Gets or sets how many inputs may wait for one conversation before its senders wait. Default: 256.</summary>
    [SettingRange(1, 65_536)]
    public int InputCapacity { get; set; } = 256;

    /// <summary>
    /// Gets or sets how many events may wait for one viewer. Beyond it, partials are dropped, and then the viewer is disconnected. Default:
    /// 100.
    /// </summary>
    [SettingRange(1, 65_536)]
    public int ViewerCapacity { get; set; } = 100;

    /// <summary>Gets or sets how long a connection may take to accept one message before it is closed, in seconds. Default: 30.</summary>
    [SettingRange(0.1, 3_600)]
    public double SendTimeoutSec { get; set; } = 30;

    /// <summary>
    /// Gets or sets the interval of pings on a silent socket, in seconds. A socket that does not answer for as long is closed. Default: 20.
    /// </summary>
    [SettingRange(0.1, 3_600)]
    public double KeepAliveSec { get; set; } = 20;

    /// <summary>
    /// Gets or sets how long a conversation without input, open segments or open work stays in memory, in seconds. Default: 60.
    /// </summary>
    [SettingRange(0.1, 86_400)]
    public double PassivateAfterSec { get; set; } = 60;

    /// <summary>Gets or sets how long a conversation without any input stays open, in seconds. Default: 3,600.</summary>
    [SettingRange(1, 31_536_000)]
    public double AbandonAfterSec { get; set; } = 3600;

    /// <summary>
    /// Gets or sets how long text that a recogniser has not called final waits for a silent source before it is committed as it is, in
    /// seconds. Default: 60.
    /// </summary>
    [SettingRange(0.1, 3_600)]
    public double ResumeGraceSec { get; set; } = 60;

    /// <summary>Gets or sets how long the end of a conversation waits for work and for the last summary, in seconds. Default: 30.</summary>
    [SettingRange(0, 3_600)]
    public double EndDrainSec { get; set; } = 30;

    /// <summary>
    /// Gets or sets how long a stopping server waits for work in progress, in seconds; the rest goes on after a restart. Default: 10.
    /// </summary>
    [SettingRange(0, 3_600)]
    public double ShutdownSec { get; set; } = 10;

    /// <summary>
    /// Gets or sets how long a server that was told to stop goes on serving while <c>/readyz</c> says 503, in seconds, so that a load
    /// balancer sends its clients elsewhere before the port closes. Default: 0.
    /// </summary>
    [SettingRange(0, 3_600)]
    public double StopDelaySec { get; set; }
}
