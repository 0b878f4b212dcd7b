using Parley.Storage.Sqlite;

namespace Parley.AspNetCore;

/// <summary>
/// How a server is run, from the configuration section <c>Parley</c>: a file, the environment (<c>Parley__Data</c>) or the command line. Checked at start: a
/// value out of its range, or a name that is none, stops the process, and the message names it.
/// </summary>
public sealed class ParleyOptions
{
    /// <summary>The folder that conversations are kept in, made where it is missing. Default null: in memory, and gone with the process.</summary>
    public string? Data { get; set; }

    /// <summary>What a kept conversation survives: the loss of power (<c>Disk</c>, the default), or only the death of the process.</summary>
    public LogDurability Durability { get; set; } = LogDurability.Disk;

    /// <summary>Whether cards, e-mail addresses and the like are taken out where a client does not say. Default false.</summary>
    public bool Redact { get; set; }

    /// <summary>How long a conversation is kept after its end, in days, from 0.001. Default null: until it is erased.</summary>
    public double? RetentionDays { get; set; }

    /// <summary>
    /// The most tokens that the recent conversation takes in a prompt, estimated, from 50 to 1,000,000: what was said longest ago is left out first. Default
    /// null: as many as its segments have.
    /// </summary>
    public int? ContextTokens { get; set; }

    /// <summary>The largest message on a socket, and the longest line in a request, in bytes: 1,024 to 16,777,216. Default 65,536.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>The largest body of a request, in bytes: 1,024 to 1,073,741,824. It is read piece by piece. Default 33,554,432.</summary>
    public long MaxBodyBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>How many inputs wait for one conversation before its senders wait: 1 to 65,536. Default 256.</summary>
    public int InputCapacity { get; set; } = 256;

    /// <summary>How many events wait for one viewer before partials, and then the viewer, give way: 1 to 65,536. Default 100.</summary>
    public int ViewerCapacity { get; set; } = 100;

    /// <summary>How long a connection may take to take in one message before it is cut, in seconds: 0.1 to 3,600. Default 30.</summary>
    public double SendTimeoutSec { get; set; } = 30;

    /// <summary>How often a silent socket is asked whether anybody is there, in seconds: 0.1 to 3,600. No answer for as long cuts it. Default 20.</summary>
    public double KeepAliveSec { get; set; } = 20;

    /// <summary>How long a conversation without input, open segments or open work stays in memory, in seconds: 0.1 to 86,400. Default 60.</summary>
    public double PassivateAfterSec { get; set; } = 60;

    /// <summary>How long a conversation without any input lasts before it is ended, in seconds: 1 to 31,536,000. Default 3,600.</summary>
    public double AbandonAfterSec { get; set; } = 3600;

    /// <summary>
    /// How long what a recogniser has not called final waits for a source that sends nothing, in seconds, before it is committed as it is: 0.1 to 3,600.
    /// Default 60.
    /// </summary>
    public double ResumeGraceSec { get; set; } = 60;

    /// <summary>How long the end of a conversation waits for work and for the last summary, in seconds: 0 to 3,600. Default 30.</summary>
    public double EndDrainSec { get; set; } = 30;

    /// <summary>How long a stopping server waits for work that is underway, in seconds: 0 to 3,600. Default 10. What is left goes on after a restart.</summary>
    public double ShutdownSec { get; set; } = 10;
}
