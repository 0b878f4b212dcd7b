using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>Who observes a directory is told everything, and from the beginning.</summary>
public sealed class ObserverTests : IntakeTest
{
    [Fact]
    public async Task Every_observer_is_told_every_event_in_the_order_in_which_they_were_added()
    {
        var told = new List<string>();
        _directory.Observe(new Listening("first", told));
        _directory.Observe(new Listening("second", told));
        await OpenAsync();
        await SayAsync("hel", isFinal: false);
        await _sender.SettleAsync(_directory);
        await using (var other = new ConversationDirectory(_log, clock: _time))
            await other.SayAsync(Stream, new ChunkDelivery(1, new StreamChunk(9, 10, "meanwhile", "ben"), "other"), Cancel);
        var failed = await Record.ExceptionAsync(() => SendAsync(new ChunkDelivery(1, new StreamChunk(0, 1, "lost", "eve"), "late")));
        Assert.NotNull(failed);
        await _directory.EraseAsync(Stream, Cancel);

        lock (told)
        {
            Assert.Equal(["Opened", "Happened", "Overheard", "Failed", "Erased"], told.Select(Name).Distinct());
            Assert.All(told.Chunk(2), pair => Assert.Equal([$"first {Name(pair[0])}", $"second {Name(pair[0])}"], pair));
        }

        static string Name(string line) => line.Split(' ')[1];
    }

    [Fact]
    public async Task An_observer_that_comes_too_late_is_refused()
    {
        await OpenAsync();
        Assert.Throws<InvalidOperationException>(() => _directory.Observe(new Listening("late", [])));
    }

    private sealed class Listening(string name, List<string> told) : IConversationObserver
    {
        public void Opened(LiveConversation conversation, ConversationState state) => Tell("Opened");

        public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts) => Tell("Happened");

        public void Overheard(LiveConversation conversation, IEnumerable<StreamChunk> tails) => Tell("Overheard");

        public void Failed(LiveConversation conversation, Exception problem) => Tell("Failed");

        public void Erased(string streamId) => Tell("Erased");

        private void Tell(string what)
        {
            lock (told) told.Add($"{name} {what}");
        }
    }
}
