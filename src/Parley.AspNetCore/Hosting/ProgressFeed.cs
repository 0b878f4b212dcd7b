using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Shows answers as they are being given: the pieces so far, at most every <see cref="Pause"/>, and only to a stream that somebody looks
/// at.
/// </summary>
internal sealed class ProgressFeed : IConversationObserver, IAsyncDisposable
{
    /// <summary>The shortest time between two looks at one answer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // As many answers as workers: 256 a workflow at most. A full queue means that the last look is still being shown.
    private const int Capacity = 1_024;

    private readonly ConcurrentDictionary<WorkKey, Answer> _answers = new();
    private readonly Channel<Answer> _due = Channel.CreateBounded<Answer>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ConversationDirectory _directory;
    private readonly TimeProvider _clock;
    private readonly Task _showing;

    public ProgressFeed(ConversationDirectory directory, TimeProvider clock)
    {
        (_directory, _clock) = (directory, clock);
        _showing = Task.Run(ShowAsync);
        directory.Observe(this);
    }

    /// <summary>Takes the next piece of an answer, on the worker's time.</summary>
    public void Report(WorkProgress progress)
    {
        // Kept even while nobody looks: whoever comes in the middle sees it from its beginning.
        var answer = _answers.GetOrAdd(progress.Key, key => new Answer(key, _clock, _due.Writer));
        answer.Add(progress);
    }

    /// <summary>Forgets answers that are facts by now, or never will be.</summary>
    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        if (_answers.IsEmpty) return;
        foreach (var (fact, _) in facts)
        {
            if (fact is not VisibleFact { SegmentId: { } segmentId } told) continue;
            if (told.Payload is not (WorkflowResultPayload or WorkflowFailedPayload or WorkflowDroppedPayload)) continue;
            foreach (var key in _answers.Keys.Where(key => key.StreamId == state.StreamId && key.SegmentId == segmentId)) Forget(key);
        }
    }

    /// <summary>Shows nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        _due.Writer.TryComplete();
        foreach (var answer in _answers.Values) answer.Dispose();
        await _showing;
    }

    private void Forget(WorkKey key)
    {
        if (_answers.TryRemove(key, out var answer)) answer.Dispose();
    }

    private async Task ShowAsync()
    {
        await foreach (var answer in _due.Reader.ReadAllAsync())
        {
            if (!_directory.Feed.IsWatched(answer.Key.StreamId)) continue;
            try
            {
                // On the conversation's own loop: there the number of the last fact is known, and that fact has been shown.
                await _directory.ReadAsync(answer.Key.StreamId, state => Show(answer, state));
            }
            catch (Exception gone) when (gone is StreamErasedException or EventLogUnavailableException or ObjectDisposedException)
            {
                // Nobody is shown what was erased, or what cannot be stored.
                continue;
            }
        }
    }

    private bool Show(Answer answer, ConversationState state)
    {
        if (!state.Pending.ContainsKey(answer.Key.SegmentId))
        {
            // A handler that was given up may go on talking.
            Forget(answer.Key);
            return false;
        }

        var told = new VisibleFact(answer.SoFar(), answer.Key.SegmentId);
        _directory.Feed.PublishPartial(state.StreamId, FactRecords.ToRecord(told, state.StreamId, 0, state.EventId, _clock.GetUtcNow()));
        return true;
    }

    private sealed class Answer : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly StringBuilder _text = new();
        private readonly ChannelWriter<Answer> _due;
        private readonly ITimer _timer;
        private int _attempt;
        private bool _isWaiting;

        public Answer(WorkKey key, TimeProvider clock, ChannelWriter<Answer> due)
        {
            (Key, _due) = (key, due);
            _timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public WorkKey Key { get; }

        public void Add(WorkProgress progress)
        {
            lock (_lock)
            {
                // A late piece of an attempt that was given up.
                if (progress.Attempt < _attempt) return;
                if (progress.Attempt > _attempt || progress.StartsAnew) _text.Clear();
                _attempt = progress.Attempt;
                _text.Append(progress.Piece);
                if (_isWaiting) return;
                _isWaiting = true;
                _timer.Change(Pause, Timeout.InfiniteTimeSpan);
            }
        }

        public WorkflowProgressPayload SoFar()
        {
            lock (_lock) return new(Key.Workflow, _text.ToString(), _attempt);
        }

        public void Dispose() => _timer.Dispose();

        private void Ring()
        {
            lock (_lock) _isWaiting = false;
            _due.TryWrite(this);
        }
    }
}
