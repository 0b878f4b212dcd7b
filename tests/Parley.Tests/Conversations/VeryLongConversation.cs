using System.Reflection;
using System.Runtime.CompilerServices;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Tests.Conversations;

/// <summary>
/// What viewers of a conversation of hundreds of thousands of segments were told; the first half is one turn, the second has one for each. Nothing of it is kept: events are made when they are read,
/// and while they are, it is noted how much memory is alive.
/// </summary>
#pragma warning disable CA1852 // The proxy is made by deriving from it.
internal class VeryLongConversation : DispatchProxy
#pragma warning restore CA1852
{
    private const int LookEvery = 25_000;

    private string _stream = "";
    private int _segments;
    private int _read;
    private long _before;

    /// <summary>How often it was looked at what is alive.</summary>
    public int Looks { get; private set; }

    /// <summary>The most bytes that were alive at a time, beyond those before.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>A log that has this conversation, and can only be read.</summary>
    public static (IEventLog Log, VeryLongConversation Conversation) Create(string stream, int segments)
    {
        var log = Create<IEventLog, VeryLongConversation>();
        var conversation = (VeryLongConversation)log;
        (conversation._stream, conversation._segments) = (stream, segments);
        // Tests before this one may have left something behind: it is gone after a full collection, or stays until the end.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        conversation._before = GC.GetTotalMemory(forceFullCollection: true);
        return (log, conversation);
    }

    /// <summary>Looks at what is alive now.</summary>
    public void Look()
    {
        Looks++;
        PeakBytes = Math.Max(PeakBytes, GC.GetTotalMemory(forceFullCollection: true) - _before);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name == nameof(IEventLog.ReadEventsAsync)
        ? ReadEventsAsync((long)args![1]!, (CancellationToken)args[2]!)
        : throw new NotSupportedException(targetMethod?.Name);

    private async IAsyncEnumerable<LogRecord> ReadEventsAsync(
        long afterEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var id = afterEventId + 1; id <= _segments / 8 * 10; id++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++_read % LookEvery == 0) Look();
            yield return FactRecords.ToRecord(FactOf(id), _stream, id, id, DateTimeOffset.UnixEpoch);
        }

        await Task.CompletedTask;
    }

    // Eight finals, then what was asked of a workflow because of the first of them, then the answer.
    private VisibleFact FactOf(long id)
    {
        var (eight, place) = Math.DivRem(id - 1, 10);
        return place switch
        {
            8 => new VisibleFact(new WorkflowRoutedPayload("question", "question"), SegmentId.From(eight * 8)),
            9 => new VisibleFact(new WorkflowResultPayload("question", "handler-1", $"The answer to {eight}."), SegmentId.From(eight * 8)),
            _ => new VisibleFact(FinalOf((eight * 8) + place), SegmentId.From((eight * 8) + place)),
        };
    }

    private FinalizedPayload FinalOf(long number) => new(
        new SegmentText(number, number + 0.9, $"the boats come back to the harbour at {number}", number < _segments / 2 || number % 2 == 0 ? "ana" : "ben"),
        new SegmentSemantics(
            ["pricing"], ["pricing"], number % 3 == 0 ? [new SemanticAction($"i will send you number {number}", "ana")] : [], "statement", 0.5));
}
