using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Tests.Conversations;

/// <summary>
/// What viewers of a random conversation were told: segments whose order of time is not that of their numbers, nor of their becoming final,
/// speakers who get other names, words with details, and work in every state.
/// </summary>
internal sealed class RandomFacts(int seed)
{
    private static readonly string[] Speakers = ["ana", "ben", "cy", "=1+1", "<b>", "", " "];

    private static readonly string[] Texts =
    [
        "how much does it cost?", "i will send you the new pricing tomorrow", "um you know it is like that", "", "  ", "\u001f x \u001f",
        "\"quoted\" \\ back\r\nline", "=SUM(A1)", "<v Ana> --> & {\\b1}", "语音 识别", "🙂 fine\ud83d", "\udc00 half", "who * _is_ www.a.b http://x",
    ];

    private static readonly string[] Workflows = ["question", "action_item"];

    private readonly Random _random = new(seed);
    private readonly List<LogRecord> _records = [];
    private readonly List<string> _closed = [];

    public async Task AppendAsync(IEventLog log, string stream)
    {
        var numbers = Enumerable.Range(0, _random.Next(80)).ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            var other = Math.Min(numbers.Length - 1, i + _random.Next(seed % 3 == 0 ? 40 : 4));
            (numbers[i], numbers[other]) = (numbers[other], numbers[i]);
        }

        foreach (var number in numbers) Close(stream, number);
        while (_records.Count < 20) Tell(stream, new SummaryPayload("Summary", 1, 1, SummaryKinds.Incremental), null);
        await log.AppendAsync(stream, 0, 0, _records);
    }

    private void Close(string stream, int number)
    {
        var id = SegmentId.From(number);
        Tell(stream, new FinalizedPayload(Text(number), _random.Next(4) == 0 ? null : Semantics()), id);
        _closed.Add(id);
        if (_random.Next(3) == 0) Revise(stream);
        if (_random.Next(2) == 0) Tell(stream, Work(), Any(_closed));
    }

    private SegmentText Text(int number)
    {
        // Times that are equal, that go back, that overlap.
        var start = Math.Max(0, number + _random.Next(-3, 3)) * 0.1;
        return new SegmentText(start, start + (_random.Next(5) * 0.3), Any(Texts), Speaker()) { Details = Details() };
    }

    private SpeechDetails? Details() => seed % 2 == 0 || _random.Next(2) == 0
        ? null
        : SpeechDetails.Of(
            _random.Next(2) == 0 ? null : [new TimedWord("how", 0.1, 0.2, 0.5), new TimedWord("much", 0.2, 0.3)],
            _random.Next(2) == 0 ? null : _random.NextDouble(),
            _random.Next(2) == 0 ? null : Any(["en", "de", "fr"]));

    private SegmentSemantics Semantics() => new(
        _random.Next(2) == 0 ? [] : ["price", "pricing"],
        _random.Next(2) == 0 ? [] : ["pricing"],
        _random.Next(3) > 0
            ? []
            : [new(Texts[1], "ana"), new(Texts[1], "ben")],
        Any(["question", "statement"]),
        Math.Round(_random.NextDouble(), 2));

    private void Revise(string stream) => Tell(
        stream,
        _random.Next(2) == 0
            ? new SpeakerRevisionPayload([], Any(Speakers), Speaker())
            : new SpeakerRevisionPayload([Any(_closed), Any(_closed), SegmentId.From(1_000)], Any(Speakers)),
        null);

    private ServerPayload Work() => _random.Next(5) switch
    {
        0 => new WorkflowResultPayload(Any(Workflows), "handler-1", $"answer {_records.Count}"),
        1 => new WorkflowDroppedPayload(Any(Workflows), Any(["queue_full", WorkflowDroppedPayload.Joined])),
        2 => new WorkflowFailedPayload(Any(Workflows), "handler-1", "timeout", 3),
        3 => new WorkflowRoutedPayload(Any(Workflows), "question", Any(_closed)),
        _ => new WorkflowRoutedPayload(Any(Workflows), "decision"),
    };

    private string? Speaker() => _random.Next(8) == 0 ? null : Any(Speakers);

    private string Any(IReadOnlyList<string> choice) => choice[_random.Next(choice.Count)];

    private void Tell(string stream, ServerPayload payload, string? segment)
    {
        var number = _records.Count + 1;
        _records.Add(FactRecords.ToRecord(new VisibleFact(payload, segment), stream, number, number, DateTimeOffset.UnixEpoch));
    }
}
