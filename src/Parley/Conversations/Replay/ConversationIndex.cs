using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Replay;

/// <summary>What a first reading of a conversation keeps, so that its document can be written while a second one reads the texts.</summary>
internal sealed class ConversationIndex
{
    // What one reading does before it lets other work of the process have its turn: about a millisecond.
    private const int Stretch = 128;

    private readonly FinalPlaces _finals = new();
    private readonly SummaryReading _summaries = new();
    private readonly Dictionary<string, (long Words, FinalPlace First)> _languages = new(StringComparer.Ordinal);

    private string _streamLanguage = "";

    private ConversationIndex() { }

    /// <summary>The final segments, in the order of the document.</summary>
    public IReadOnlyList<FinalPlace> Finals => _finals.All;

    /// <summary>Whether a segment has a confidence or a language.</summary>
    public bool HasDetails { get; private set; }

    /// <summary>
    /// The language of the most words, as recognisers name it; of several that of the first segment. Where no segment has one, that of the
    /// conversation; empty where it is not known.
    /// </summary>
    public string Language => _languages.Count == 0
        ? _streamLanguage
        : _languages.OrderByDescending(said => said.Value.Words).ThenBy(said => said.Value.First).First().Key;

    /// <summary>The summary that covers most, under the speakers' current names; null where there is none.</summary>
    public ShownSummary? Summary => _summaries.Best;

    public static async Task<ConversationIndex> ReadAsync(IEventLog log, string stream, CancellationToken cancellationToken)
    {
        var (index, read) = (new ConversationIndex(), 0);
        await foreach (var record in log.ReadEventsAsync(stream, 0, cancellationToken))
        {
            index.Take(stream, record);
            if (++read % Stretch == 0) await Task.Yield();
        }

        index._finals.Sort();
        return index;
    }

    /// <summary>Who said a segment; null where nobody was named.</summary>
    public string? SpeakerOf(FinalPlace place) => _finals.SpeakerOf(place);

    private void Take(string stream, LogRecord record)
    {
        try
        {
            Take(record, FactRecords.ToEnvelope(record));
        }
        catch (Exception problem) when (FactRecords.Unreadable(stream, record, problem) is { } unreadable)
        {
            throw unreadable;
        }
    }

    private void Take(LogRecord record, Envelope envelope)
    {
        if (envelope.Payload is SpeakerRevisionPayload revision) _finals.Revise(revision);
        _summaries.Take(envelope.Payload, envelope.EventId, record.At);
        if (envelope is not { SegmentId: { } id, Payload: FinalizedPayload final }) return;
        if (_streamLanguage.Length == 0) _streamLanguage = final.StreamLanguage ?? "";
        var place = _finals.Add(record, id, final);
        if (final.Segment.Details is not { } details) return;
        HasDetails |= details.Confidence is not null || details.Language is not null;
        if (details.Language is not { } language) return;
        var (words, first) = _languages.GetValueOrDefault(language, (0, place));
        _languages[language] = (words + Words.Count(final.Segment.Text), place.CompareTo(first) < 0 ? place : first);
    }
}
