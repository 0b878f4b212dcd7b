using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>A conversation with a viewer, and a clock that a test moves.</summary>
public abstract class EndOfTurnTest : IAsyncDisposable
{
    protected const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    protected const string Whole = "okay";
    protected const string Broken = "so i was";

    private StreamSubscription? _viewer;

    protected EndOfTurnTest() => Directory = new(Log, clock: Time);

    protected MemoryEventLog Log { get; } = new();

    protected FakeTimeProvider Time { get; } = new();

    private protected Sender Sender { get; } = new(Stream);

    protected List<Envelope> Seen { get; } = [];

    protected ConversationDirectory Directory { get; set; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_viewer is not null) await _viewer.DisposeAsync();
        await Directory.DisposeAsync();
        await Log.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task FollowAsync(ConversationSettings? settings = null)
    {
        await Directory.OpenAsync(Stream, settings, Cancel);
        if (_viewer is not null) await _viewer.DisposeAsync();
        Seen.Clear();
        _viewer = Directory.Subscribe(Stream, 0);
        while (Seen.Count == 0)
        {
            await _viewer.WaitAsync();
            Look();
        }

        await SettleAsync();
    }

    // What the viewer has asked for when it had caught up is answered before this.
    protected async Task SettleAsync()
    {
        await Directory.ReadAsync(Stream, state => state.Phase, Cancel);
        Look();
    }

    protected void Look()
    {
        while (_viewer is not null && _viewer.TryTake(out var next)) Seen.Add(Envelope.Parse(next.Json.Span));
    }

    protected List<Envelope> Hints()
    {
        Look();
        return [.. Seen.Where(envelope => envelope.Payload is EndOfTurnHintPayload)];
    }

    protected async Task SayAsync(double start, double end, string text, string speaker = "ana", bool isFinal = true)
    {
        await Sender.ChunkAsync(Directory, new StreamChunk(start, end, text, speaker), isFinal);
        await Directory.ReadAsync(Stream, state => state.Phase, Cancel);
    }

    protected async Task PauseAsync(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        await Directory.ReadAsync(Stream, state => state.Phase, Cancel);
    }

    private protected async Task<List<LaneClosed>> ClosedByTurnAsync() =>
        [.. (await FactsAsync()).OfType<LaneClosed>().Where(closed => closed.Reason == CloseReasons.EndOfTurn)];

    protected async Task<List<string>> FinalsAsync() =>
        [.. (await FactsAsync()).OfType<VisibleFact>().Select(fact => fact.Payload).OfType<FinalizedPayload>().Select(final => final.Segment.Text)];

    private async Task<List<Fact>> FactsAsync() => await Log.ReadAsync(Stream, 0, Cancel).Select(FactRecords.ToFact).ToListAsync(Cancel);
}
