using System.Globalization;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

/// <summary>How many a conversation keeps apart. Whom and what it knows already it goes on with, also beyond that.</summary>
internal static class Bounds
{
    /// <summary>Speakers who have a name; the one without is not counted.</summary>
    public const int MaxSpeakers = 1_000;

    /// <summary>Whoever feeds a conversation has one source; thousands are a mistake, and each takes memory.</summary>
    public const int MaxSources = 256;

    /// <summary>The largest time of a chunk, in seconds: beyond it, parts of a second are lost.</summary>
    public const double MaxTimeSec = 1e12;

    /// <summary>Why a chunk cannot have its times; null where it can.</summary>
    public static Refusal? RefuseTimes(in StreamChunk chunk) => Math.Abs(chunk.Start) > MaxTimeSec || Math.Abs(chunk.End) > MaxTimeSec
        ? new(ErrorCodes.InvalidChunk, "A chunk's times are in seconds of audio time, and at most 1e12.")
        : null;

    /// <summary>Why somebody cannot be a speaker; null where they can.</summary>
    public static Refusal? RefuseSpeaker(ConversationState state, string? speaker)
    {
        if (speaker is null || state.KnowsSpeaker(speaker)) return null;
        if (speaker.Length > Names.MaxLength) return TooLong("speaker_id");
        return state.NamedSpeakers < MaxSpeakers ? null : Full(MaxSpeakers, "speakers");
    }

    /// <summary>Why nothing can come from a source; null where it can.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="source">The source.</param>
    /// <param name="others">How many sources there are that the conversation does not know yet.</param>
    public static Refusal? RefuseSource(ConversationState state, string source, int others = 0)
    {
        if (state.KnowsSource(source)) return null;
        if (source.Length > Names.MaxLength) return TooLong("source");
        return state.Sources + others < MaxSources ? null : Full(MaxSources, "sources");
    }

    /// <summary>Why a name cannot be given; null where it can.</summary>
    /// <remarks>A speaker who was heard, or was given a name before, can always be given one.</remarks>
    public static Refusal? RefuseRevision(ConversationState state, SpeakerRevisionPayload revision)
    {
        if (revision.To.Length > Names.MaxLength) return TooLong("to");
        if (revision.From is { Length: > Names.MaxLength }) return TooLong("from");
        if (revision is not { SegmentIds.Count: 0, From: { } from } || state.KnowsSpeaker(from) || state.Names.Has(from)) return null;
        return state.Names.Count < MaxSpeakers ? null : Full(MaxSpeakers, "speakers that were given a name");
    }

    private static Refusal TooLong(string name) =>
        new(ErrorCodes.InvalidChunk, string.Create(CultureInfo.InvariantCulture, $"{name} is longer than {Names.MaxLength} characters."));

    private static Refusal Full(int most, string what) =>
        new(ErrorCodes.InvalidChunk, string.Create(CultureInfo.InvariantCulture, $"A conversation has at most {most} {what}."));
}
