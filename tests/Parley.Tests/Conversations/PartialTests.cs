using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

public sealed class PartialTests : IAsyncDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private readonly MemoryEventLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Sender _sender = new(Stream);
    private readonly ConversationDirectory _directory;
    private IAsyncEnumerator<LogRecord>? _viewer;
    private Task<bool> _next = Task.FromResult(false);

    public PartialTests() => _directory = new(_log, clock: _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        await _directory.ReadAsync(Stream, state => state.Phase, Cancel);
        _time.Advance(TimeSpan.FromSeconds(30));
        if (_viewer is not null)
        {
            while (await _next) _next = _viewer.MoveNextAsync().AsTask();
            await _viewer.DisposeAsync();
        }

        await _directory.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task What_may_change_is_shown_at_once_and_stores_nothing()
    {
        await FollowAsync();
        var seq = (await _log.FindAsync(Stream, Cancel))!.Seq;
        await SayAsync(0, 1, "good mor", isFinal: false);
        Assert.Equal((null, "good mor", "good mor"), await NextAsync());
        await SayAsync(0, 1, "good morning", isFinal: false);
        Assert.Equal((null, "good morning", "good morning"), await NextAsync());
        // That its source sends messages, once.
        Assert.Equal(seq + 1, (await _log.FindAsync(Stream, Cancel))!.Seq);
    }

    [Fact]
    public async Task What_may_change_stands_behind_what_does_not_until_it_is_gone()
    {
        await FollowAsync();
        await SayAsync(0, 1, "good", isFinal: true);
        Assert.Equal(("seg-0", "good", null), await NextAsync());
        await SayAsync(1, 2, "mor", isFinal: false);
        Assert.Equal(("seg-0", "good mor", "mor"), await NextAsync());
        await SayAsync(1, 2, "", isFinal: false);
        Assert.Equal(("seg-0", "good", null), await NextAsync());
        await SayAsync(1, 2, "morning", isFinal: false);
        await SayAsync(1, 2, "morning", isFinal: true);
        Assert.Equal(("seg-0", "good morning", "morning"), await NextAsync());
        Assert.Equal(("seg-0", "good morning", null), await NextAsync());
    }

    [Fact]
    public async Task What_would_open_a_segment_is_no_part_of_the_one_before()
    {
        await FollowAsync();
        await SayAsync(0, 1, "good", isFinal: true);
        await SayAsync(5, 6, "late", isFinal: false);
        await SayAsync(5, 6, "", isFinal: false);
        Assert.Equal(("seg-0", "good", null), await NextAsync());
        Assert.Equal((null, "late", "late"), await NextAsync());
        Assert.Equal(("seg-0", "good", null), await NextAsync());
    }

    [Fact]
    public async Task A_tail_that_comes_to_nothing_is_taken_back()
    {
        var projection = new TranscriptProjection();
        await FollowAsync();
        await SayAsync(0, 1, "noise", isFinal: false);
        await SayAsync(0, 1, "", isFinal: false);
        projection.Apply(await NextEnvelopeAsync());
        Assert.Equal("noise", projection.Tentative?.Text);
        projection.Apply(await NextEnvelopeAsync());
        Assert.Null(projection.Tentative);
    }

    [Fact]
    public async Task What_must_not_be_stored_is_not_shown_either()
    {
        await FollowAsync(redact: true);
        string[] heard = ["my card", "my card is 4111", "my card is 4111 1111 1111", "my card is 4111 1111 1111 1111 thanks a lot for that"];
        foreach (var text in heard) await SayAsync(0, 5, text, isFinal: false);
        await SayAsync(0, 5, heard[^1], isFinal: true);
        await _directory.PostAsync(Stream, new CloseLane("ana", "silence"), Cancel);
        var shown = new List<string>();
        while (true)
        {
            var next = await NextEnvelopeAsync();
            if (next.Payload is FinalizedPayload final)
            {
                Assert.Equal("my card is [card] thanks a lot for that", final.Segment.Text);
                break;
            }

            shown.Add(Assert.IsType<PartialPayload>(next.Payload).Segment.Text);
        }

        Assert.Contains(shown, text => text.StartsWith("my card is", StringComparison.Ordinal));
        Assert.DoesNotContain(shown, text => text.Contains('1', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_comes_in_mid_sentence_sees_all_of_it_behind_what_is_stored()
    {
        await FollowAsync();
        await SayAsync(0, 1, "good", isFinal: true);
        await SayAsync(1, 2, "mor", isFinal: false);
        await _sender.ChunkAsync(_directory, new StreamChunk(0.5, 1.5, "hello", "ben"), isFinal: true);
        await _sender.SettleAsync(_directory);

        var come = _directory.FollowAsync(Stream, 0, Cancel).Select(next => Envelope.Parse(next.Json.Span)).GetAsyncEnumerator(Cancel);
        await using var _ = come;
        var seen = new List<string>();
        while (seen.Count < 3 && await come.MoveNextAsync()) seen.Add($"{come.Current.EventId} {come.Current.Type} {(come.Current.Payload as PartialPayload)?.Segment.Text}");
        Assert.Equal(["1 SESSION_STARTED ", "1 PARTIAL good mor", "1 PARTIAL hello"], seen);
    }

    private async Task FollowAsync(bool redact = false)
    {
        await _directory.OpenAsync(Stream, new ConversationSettings { Redact = redact }, Cancel);
        _viewer = _directory.FollowAsync(Stream, 0, Cancel).GetAsyncEnumerator(Cancel);
        _next = _viewer.MoveNextAsync().AsTask();
        Assert.IsType<SessionStartedPayload>((await NextEnvelopeAsync()).Payload);
        // The viewer, now live, has asked what is being said. The conversation answers that before this.
        await _directory.ReadAsync(Stream, state => state.Phase, Cancel);
    }

    private async Task SayAsync(double start, double end, string text, bool isFinal)
    {
        await _sender.ChunkAsync(_directory, new StreamChunk(start, end, text, "ana"), isFinal);
        await _sender.SettleAsync(_directory);
    }

    // The viewer always waits for what comes next: with all that is stored read, it is shown partials. The records of what was taken back
    // come between them.
    private async Task<Envelope> NextEnvelopeAsync()
    {
        while (true)
        {
            Assert.True(await _next);
            var envelope = Envelope.Parse(_viewer!.Current.Json.Span);
            _next = _viewer.MoveNextAsync().AsTask();
            if (envelope.Payload is not AnomalyPayload) return envelope;
        }
    }

    private async Task<(string? SegmentId, string Text, string? Tentative)> NextAsync()
    {
        var next = await NextEnvelopeAsync();
        var segment = Assert.IsType<PartialPayload>(next.Payload).Segment;
        return (next.SegmentId, segment.Text, segment.Tentative);
    }
}
