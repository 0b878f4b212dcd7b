using Parley.Asr;
using Parley.Conversations.Rules;

namespace Parley.Conversations.Running;

/// <summary>How conversations are run, on one machine. What decides how they are read is in <see cref="ConversationSettings"/>.</summary>
public sealed record ConversationOptions
{
    /// <summary>How many inputs wait for one conversation before its senders wait; at least 1. Default 256.</summary>
    public int InputCapacity { get; init; } = 256;

    /// <summary>How many events wait for one viewer before partials, and then the viewer, give way; at least 1. Default 100.</summary>
    public int ViewerCapacity { get; init; } = 100;

    /// <summary>The most inputs that go into one append; at least 1. Default 256.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>How many facts there are between checkpoints; at least 1. Default 250.</summary>
    public int CheckpointEvery { get; init; } = 250;

    /// <summary>How long a conversation without any input lasts before it is ended, in wall time. Default 1 hour.</summary>
    public TimeSpan AbandonAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the end waits for work and for the last summary, in wall time. Default 30 s.</summary>
    public TimeSpan EndDrain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a conversation without input, open segments or open work stays in memory, in wall time. Default 1 minute.
    /// </summary>
    public TimeSpan PassivateAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long what a recogniser has not called final waits for a source that sends nothing, in wall time, before it is committed as it
    /// is. Default 60 s.
    /// </summary>
    public TimeSpan ResumeGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The formats that messages may have. Default: those that come with Parley.</summary>
    public AsrFormats Formats { get; init; } = AsrFormats.Default;

    /// <summary>
    /// Gets the replaceable parts of the rules: lexicon, routing, token counter, redaction. Default: those that come with Parley.
    /// </summary>
    public ConversationRules Rules { get; init; } = ConversationRules.Default;

    /// <summary>Half the shorter of the two times that a sweep looks for, but at least a millisecond.</summary>
    internal TimeSpan SweepEvery =>
        TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, Math.Min(PassivateAfter.Ticks, AbandonAfter.Ticks) / 2));
}
