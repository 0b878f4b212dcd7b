using System.Diagnostics;
using System.Threading.Channels;

namespace Parley.Conversations;

public sealed partial class LiveConversation
{
    // A burst leaves no more room behind than this: thousands of quiet conversations would keep it.
    private const int RoomKept = 8;

    private async Task RunAsync()
    {
        // Whoever brought the conversation into memory has no part in what it does from then on.
        Activity.Current = null;
        var posts = new List<Post>();
        try
        {
            while (await _posts.Reader.WaitToReadAsync())
            {
                while (posts.Count < _options.BatchSize && _posts.Reader.TryRead(out var post)) posts.Add(post);
                await TakeAsync(posts);
                // Now, not at the next input: a quiet conversation would hold on to its last batch and all that became of it.
                posts.Clear();
                if (posts.Capacity > RoomKept) posts.Capacity = RoomKept;
            }

            // What waits for more has nobody who would send it any more.
            Fail(new ChannelClosedException());
            await _writer.SaveCheckpointAsync();
        }
        catch (Exception problem)
        {
            // Senders fail at once instead of waiting for a loop that is gone.
            _posts.Writer.TryComplete(problem);
            foreach (var post in posts) post.Fail(problem);
            while (_posts.Reader.TryRead(out var post)) post.Fail(problem);
            Fail(problem);
            throw;
        }
    }

    private async Task TakeAsync(List<Post> posts)
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
            var past = await _writer.RecallAsync(source);
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
