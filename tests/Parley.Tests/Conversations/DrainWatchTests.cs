using System.Threading.Channels;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;

namespace Parley.Tests.Conversations;

/// <summary>The end of a conversation whose end was asked for: it comes once nothing is waited for, and always at last.</summary>
public sealed class DrainWatchTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly Channel<LoopMessage> _messages = Channel.CreateBounded<LoopMessage>(1);

    [Fact]
    public void One_that_takes_nothing_is_not_asked_to_end_again_and_again()
    {
        using var watch = new DrainWatch(_time, Limit, _messages);
        var state = Draining();
        Conversation.Apply(state, new UnknownFact("mood_noticed"));
        watch.Watch(state);
        Assert.False(_messages.Reader.TryRead(out _));
    }

    [Fact]
    public void A_timer_that_found_no_room_is_made_good()
    {
        using var watch = new DrainWatch(_time, Limit, _messages);
        var state = Draining();
        Conversation.Apply(state, new SummaryDue("final"));
        watch.Watch(state);
        Assert.True(_messages.Writer.TryWrite(new Looked(_ => { }, _ => { })));
        _time.Advance(Limit);
        Assert.True(_messages.Reader.TryRead(out _));
        Assert.False(_messages.Reader.TryRead(out _));
        watch.Watch(state);
        Assert.True(_messages.Reader.TryRead(out var rang));
        Assert.IsType<DrainPassed>(rang);
    }

    private static ConversationState Draining()
    {
        var state = new ConversationState("str-1");
        Conversation.Apply(state, new Opened(new ConversationSettings(), ConversationRules.Number));
        Conversation.Apply(state, new EndRequested("requested"));
        return state;
    }
}
