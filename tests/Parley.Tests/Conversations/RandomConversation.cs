using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>Inputs as a careless world would post them: repeats, holes, nonsense, silences, answers, late and early.</summary>
internal sealed class RandomConversation(int seed)
{
    private static readonly string?[] Speakers = ["ana", "ben", null];

    private static readonly string[] Texts =
        ["what does it cost", "i will send it", "let's go with nine", "yeah", "so the thing is", "", "could you check that", "escalate this to a manager"];

    private static readonly string?[] Languages = ["en-GB", "fr", null];

    private readonly Random _random = new(seed);
    private readonly Random _details = new(seed);
    private readonly Dictionary<string, long> _sent = [];
    private double _at;

    public IEnumerable<ConversationInput> Inputs(int count, Func<ConversationState> state)
    {
        for (var i = 0; i < count; i++) yield return Next(state());
    }

    private ConversationInput Next(ConversationState state) => _random.Next(20) switch
    {
        0 => new CloseLane(Speakers[_random.Next(3)], CloseReasons.Silence),
        1 => new CloseLane(Speakers[_random.Next(3)], CloseReasons.EndOfTurn),
        2 => new NameSpeaker(new SpeakerRevisionPayload(["seg-0"], "Ana", "ana")),
        3 or 4 when state.Pending.Count > 0 => Outcome(state.Pending.Keys.ElementAt(_random.Next(state.Pending.Count))),
        5 when state.Unanswered.Count > 0 => Outcome(state.Unanswered.Keys.First()),
        6 => Outcome($"seg-{_random.Next(50)}"),
        7 or 8 when state.DueSummary is { } due => new AddSummary(new SummaryPayload($"summary {due.ToEventId}", due.FromEventId, due.ToEventId, due.Kind)),
        9 => Chunk(skip: _random.Next(-2, 3)),
        _ => Chunk(skip: 0),
    };

    private HearChunk Chunk(int skip)
    {
        var source = _random.Next(5) == 0 ? "second" : "";
        _at += _random.NextDouble() * 2 - 0.3;
        var length = _random.Next(12) == 0 ? -1 : _random.NextDouble() * 2;
        var sequence = _sent.GetValueOrDefault(source) + 1 + skip;
        if (skip == 0 && length >= 0) _sent[source] = sequence;
        var (text, speaker) = (Texts[_random.Next(Texts.Length)], Speakers[_random.Next(3)]);
        var chunk = new StreamChunk(Math.Round(_at, 2), Math.Round(_at + length, 2), text, speaker);
        return new(sequence, chunk with { Details = Details(chunk) }, source);
    }

    // Every second chunk comes with something.
    private SpeechDetails? Details(StreamChunk chunk)
    {
        if (_details.Next(2) == 0) return null;
        TimedWord[] words = [.. chunk.Text.Split(' ').Select(word => new TimedWord(word, chunk.Start, chunk.Start + 0.1, Confidence()))];
        return SpeechDetails.Of(_details.Next(2) == 0 ? words : null, Confidence(), Languages[_details.Next(3)]);
    }

    private double? Confidence() => _details.Next(2) == 0 ? null : Math.Round(_details.NextDouble(), 3);

    private ReportWork Outcome(string segmentId) => new(segmentId, _random.Next(3) switch
    {
        0 => new WorkflowDroppedPayload("general", "queue_full"),
        1 => new WorkflowFailedPayload("question", "test/1", "timed out", 3),
        _ => new WorkflowResultPayload("question", "test/1", "an answer"),
    });
}
