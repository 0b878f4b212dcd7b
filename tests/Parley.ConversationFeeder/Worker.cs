using System.Threading.Channels;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;

namespace Parley.ConversationFeeder;

/// <summary>Answers what is routed and summarises what is due, except for a few things that it forgets.</summary>
internal sealed class Worker(TextWriter output) : IConversationObserver
{
    private readonly Channel<(string Stream, ConversationInput Input)> _work = Channel.CreateBounded<(string, ConversationInput)>(100_000);

    public void Opened(LiveConversation conversation, ConversationState state)
    {
        foreach (var request in state.Pending.Values) Answer(state, request);
        Summarise(state);
    }

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        foreach (var (fact, _) in facts)
        {
            if (fact is VisibleFact { Payload: WorkflowRoutedPayload, SegmentId: { } id } && state.Pending.TryGetValue(id, out var request)) Answer(state, request);
            else if (fact is SummaryDue) Summarise(state);
        }
    }

    public async Task RunAsync(ConversationDirectory directory)
    {
        await foreach (var (stream, input) in _work.Reader.ReadAllAsync())
        {
            try
            {
                var receipt = await directory.PostAsync(stream, input);
                if (input is ReportWork work && receipt is { IsRepeat: false }) await output.WriteLineAsync($"work {stream} {work.SegmentId}.");
            }
            catch (StreamErasedException)
            {
                continue;
            }
        }
    }

    private void Answer(ConversationState state, WorkRequest request)
    {
        ServerPayload? outcome = request.SegmentId[^1] switch
        {
            '0' => null,
            '1' => new WorkflowFailedPayload("question", "feeder/1", "timed out", 3),
            '2' => new WorkflowDroppedPayload("question", "queue_full"),
            _ => new WorkflowResultPayload("question", "feeder/1", $"answer to {request.SegmentId}"),
        };
        if (outcome is not null) _work.Writer.TryWrite((state.StreamId, new ReportWork(request.SegmentId, outcome)));
    }

    private void Summarise(ConversationState state)
    {
        if (state.DueSummary is { } due)
            _work.Writer.TryWrite((state.StreamId, new AddSummary(new SummaryPayload("a summary", due.FromEventId, due.ToEventId, due.Kind))));
    }
}
