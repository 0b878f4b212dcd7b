using System.Diagnostics;
using System.Threading.Channels;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;

namespace Parley.Conversations.Running;

public sealed partial class LiveConversation
{
    private async Task RunAsync()
    {
        // Whoever brought the conversation into memory has no part in what it does from then on.
        Activity.Current = null;
        try
        {
            while (await _posts.Reader.WaitToReadAsync()) await TakeAsync();
            // What waits for more has nobody who would send it any more.
            Fail(new ChannelClosedException());
            await _writer.CloseAsync(_state is { Phase: ConversationPhase.Live, IsIdle: true } && _intake.IsIdle ? AbandonedAt : null);
        }
        catch (Exception problem)
        {
            _posts.Writer.TryComplete(problem);
            while (_posts.Reader.TryRead(out var post)) post.Fail(problem);
            Fail(problem);
            _observer.Failed(this, problem);
            throw;
        }
    }

    // The batch belongs to this call, so that nothing of it stays: a quiet conversation would hold on to its last, and to room for its largest.
    private async Task TakeAsync()
    {
        var posts = new List<Post>();
        while (posts.Count < _options.BatchSize && _posts.Reader.TryRead(out var post)) posts.Add(post);
        try
        {
            await TakeAsync(posts);
        }
        catch (Exception problem)
        {
            // Senders fail at once instead of waiting for a loop that is gone.
            _posts.Writer.TryComplete(problem);
            foreach (var post in posts) post.Fail(problem);
            throw;
        }
    }

    private async ValueTask TakeAsync(List<Post> posts)
    {
        if (posts.Exists(post => post.Look is null)) Interlocked.Exchange(ref _lastInput, _clock.GetTimestamp());
        foreach (var post in posts)
        {
            if (post.Look is null) await TakeAsync(post);
        }

        var facts = await _writer.AppendAsync(_intake);
        foreach (var post in posts)
        {
            if (post.Receipt is not { } receipt) continue;
            _figures?.Taken(receipt, post.At, post.Input is HearChunk);
            _traces.Taken(post.Activity, receipt);
            // What a timer posts has a receipt too, and nobody who waits for it.
            post.Answer?.TrySetResult(receipt);
        }

        foreach (var ticket in _intake.TakeAnswered())
        {
            var receipt = ticket.ToReceipt();
            _figures?.Taken(receipt, ticket.At, ticket.Sequence != 0);
            _traces.Taken(ticket.Activity, receipt);
            ticket.Answer?.TrySetResult(receipt);
        }

        Watch();
        if (_intake.Touched.Count > 0)
        {
            _observer.Overheard(this, _intake.Touched.Select(_intake.TailOf));
            _intake.Look();
        }

        if (facts.Count > 0) _observer.Happened(this, _state, facts);
        _traces.Forget(facts);
        foreach (var post in posts) post.Look?.Read(_state);
    }

    private async ValueTask TakeAsync(Post post)
    {
        var source = post.Delivery?.Source ?? (post.Input as HearChunk)?.Source;
        if (source is not null && _intake.MustRecall(source))
        {
            var past = await _writer.RecallAsync(source, _options.Formats);
            _intake.Recall(source, past.Chunks, past.IsWhole);
        }

        if (post.Delivery is { } delivery) _intake.Take(delivery, new Ticket(delivery.Sequence, post.At, post.Answer, post.Activity));
        else if (_intake.IsStraight(post.Input!)) post.Receipt = _writer.Take(post.Input!);
        else _intake.Take(post.Input!, new Ticket((post.Input as HearChunk)?.Sequence ?? 0, post.At, post.Answer, post.Activity));
    }

    private void Watch()
    {
        _silence.Watch(_state, _intake.HeldLanes);
        _grace.Watch(_intake);
        _drain.Watch(_state);
    }

    private void Fail(Exception problem)
    {
        foreach (var ticket in _intake.Unanswered) ticket.Answer?.TrySetException(problem);
    }
}
