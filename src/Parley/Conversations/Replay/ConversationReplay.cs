using System.Runtime.CompilerServices;
using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Replay;

/// <summary>Reads a conversation's log again. Its inputs, in order, must give every other fact again, bit for bit.</summary>
public static class ConversationReplay
{
    /// <summary>
    /// Decides over the inputs of a log and compares what follows with what is stored. Ends with the first few differences, or without any. Only
    /// stretches that these rules read can be verified; the others are reported.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="rules">The rules; null for those that come with Parley.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    /// <exception cref="StreamUnreadableException">A fact is damaged, or contradicts those before it.</exception>
    /// <exception cref="EventLogUnavailableException">The log cannot be read.</exception>
    public static async Task<ReplayReport> VerifyAsync(
        IEventLog log, string stream, ConversationRules? rules = null, CancellationToken cancellationToken = default)
    {
        rules ??= ConversationRules.Default;
        var verification = new Verification(stream, rules);
        await foreach (var record in log.ReadAsync(stream, 0, cancellationToken))
        {
            if (!Take(verification, stream, record)) break;
        }

        return verification.End();
    }

    /// <summary>What the inputs of a log would have given under other settings: every fact that viewers would have got, in order.</summary>
    /// <remarks>Silence is an input: it ends segments where it did, whatever <see cref="ConversationSettings.IdleFinalSec"/> says now.</remarks>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="settings">The other settings.</param>
    /// <param name="rules">The rules; null for those that come with Parley.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<VisibleFact> WithAsync(
        IEventLog log,
        string stream,
        ConversationSettings settings,
        ConversationRules? rules = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var state = new ConversationState(stream, rules?.TokenCounter);
        await foreach (var record in log.ReadAsync(stream, 0, cancellationToken))
        {
            foreach (var told in Decide(state, record, settings, rules)) yield return told;
        }
    }

    private static bool Take(Verification verification, string stream, LogRecord record)
    {
        try
        {
            return verification.Take(record);
        }
        catch (Exception problem) when (FactRecords.Unreadable(stream, record, problem) is { } unreadable)
        {
            throw unreadable;
        }
    }

    private static List<VisibleFact> Decide(
        ConversationState state, LogRecord record, ConversationSettings settings, ConversationRules? rules)
    {
        var told = new List<VisibleFact>();
        try
        {
            if (ReplayInputs.InputOf(FactRecords.ToFact(record)) is not { } input) return told;
            foreach (var fact in Conversation.Decide(state, Under(settings, state, input), rules).Facts)
            {
                Conversation.Apply(state, fact);
                if (fact is VisibleFact visible) told.Add(visible);
            }

            return told;
        }
        catch (Exception problem) when (FactRecords.Unreadable(state.StreamId, record, problem) is { } unreadable)
        {
            throw unreadable;
        }
    }

    // A chunk that is refused now does not advance its sender's numbers: the next one takes its place.
    private static ConversationInput Under(ConversationSettings settings, ConversationState state, ConversationInput input) => input switch
    {
        Open open => open with { Settings = settings },
        HearChunk { Part: null } hear => hear with { Sequence = state.ExpectedSequence(hear.Source) },
        _ => input,
    };
}
