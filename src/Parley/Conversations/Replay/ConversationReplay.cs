using System.Runtime.CompilerServices;
using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Replay;

/// <summary>Reads a conversation's log again. Its inputs, in order, must give every other fact again, bit for bit.</summary>
public static class ConversationReplay
{
    /// <summary>Decides over the inputs of a log and holds what follows against what is there. Ends with the first few differences, or without any.</summary>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    /// <exception cref="EventLogUnavailableException">A fact is damaged, or the log cannot be read.</exception>
    public static async Task<ReplayReport> VerifyAsync(IEventLog log, string stream, CancellationToken cancellationToken = default)
    {
        var state = new ConversationState(stream);
        var report = new ReplayReport();
        var expected = new Queue<LogRecord>();
        await foreach (var record in log.ReadAsync(stream, 0, cancellationToken))
        {
            report.Facts++;
            var fact = FactRecords.ToFact(record);
            if (fact is Opened opened) report.RulesThen = opened.Rules;
            if (ReplayInputs.InputOf(fact) is { } input)
            {
                report.Inputs++;
                while (expected.TryDequeue(out var missing)) report.Differences.Add(ReplayDifference.Missing(missing));
                foreach (var next in Decide(state, input, record)) expected.Enqueue(next);
            }

            if (!expected.TryDequeue(out var wanted) || !wanted.Json.Span.SequenceEqual(record.Json.Span) || wanted.EventId != record.EventId)
                report.Differences.Add(new(record.Seq, record.Type, wanted.Type));
            Conversation.Apply(state, fact);
            if (report.Differences.Count >= ReplayReport.MaxDifferences) break;
        }

        while (expected.TryDequeue(out var missing)) report.Differences.Add(ReplayDifference.Missing(missing));
        return report;
    }

    /// <summary>What the inputs of a log would have given under other settings: every fact that viewers would have got, in order.</summary>
    /// <remarks>Silence is an input: it ends segments where it did, whatever <see cref="ConversationSettings.IdleFinalSec"/> says now.</remarks>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="settings">The other settings.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<Told> WithAsync(
        IEventLog log, string stream, ConversationSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var state = new ConversationState(stream);
        await foreach (var record in log.ReadAsync(stream, 0, cancellationToken))
        {
            if (ReplayInputs.InputOf(FactRecords.ToFact(record)) is not { } input) continue;
            foreach (var fact in Conversation.Decide(state, Under(settings, state, input)).Facts)
            {
                Conversation.Apply(state, fact);
                if (fact is Told told) yield return told;
            }
        }
    }

    // A chunk that is refused now does not advance its sender's numbers: the next one takes its place.
    private static ConversationInput Under(ConversationSettings settings, ConversationState state, ConversationInput input) => input switch
    {
        Open open => open with { Settings = settings },
        HearChunk { Part: null } hear => hear with { Sequence = state.ExpectedSequence(hear.Source) },
        _ => input,
    };

    // Decide looks at the state before the input; its facts are numbered as the log would have, without touching the state.
    private static IEnumerable<LogRecord> Decide(ConversationState state, ConversationInput input, LogRecord record)
    {
        var eventId = state.EventId;
        var seq = record.Seq;
        foreach (var fact in Conversation.Decide(state, input).Facts)
        {
            if (fact is Told) eventId++;
            yield return FactRecords.ToRecord(fact, state.StreamId, seq++, eventId, record.At);
        }
    }
}
