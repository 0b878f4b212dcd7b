using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>A conversation that one sender speaks to, and its log.</summary>
public abstract class IntakeTest : IAsyncDisposable
{
    private protected const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    private protected const string Card = "4111 1111 1111 1111";

    private protected readonly FakeTimeProvider _time = new();
    private protected readonly Sender _sender = new(Stream);
    private protected MemoryEventLog _log = new();
    private protected ConversationDirectory _directory;

    protected IntakeTest() => _directory = new(_log, clock: _time);

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _directory.DisposeAsync();
        await _log.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<Receipt> OpenAsync(bool redact = false) => _directory.OpenAsync(Stream, new ConversationSettings { Redact = redact }, Cancel);

    private protected double _at;

    private protected Task<Task<Receipt>> SayAsync(string text, bool isFinal = true, string? key = null, string? speaker = "ana") =>
        _sender.ChunkAsync(_directory, new StreamChunk(_at, isFinal ? _at += 0.5 : _at + 0.5, text, speaker), isFinal, key);

    private protected async Task<Receipt> SendAsync(Delivery delivery) => (await _directory.SayAsync(Stream, delivery, Cancel))!.Value;

    private protected async Task EndAsync()
    {
        await _directory.PostAsync(Stream, new End(EndReasons.Requested), Cancel);
        await _sender.SettleAsync(_directory);
        Assert.True((await ConversationReplay.VerifyAsync(_log, Stream, cancellationToken: Cancel)).IsVerified);
    }

    private protected async Task CrashAsync()
    {
        var left = await CrashLog.CopyAsync(_log, Stream);
        await DisposeAsync();
        (_log, _directory) = (left, new ConversationDirectory(left, clock: _time));
        await _sender.ResendAsync(_directory);
    }

    private protected async Task<List<Fact>> FactsAsync() => await _log.ReadAsync(Stream, 0, Cancel).Select(FactRecords.ToFact).ToListAsync(Cancel);

    private protected async Task<string[]> TextsAsync() =>
        [.. (await FactsAsync()).OfType<VisibleFact>().Select(told => told.Payload).OfType<FinalizedPayload>().Select(final => final.Segment.Text)];

    private protected async Task NothingLeakedAsync() => Assert.DoesNotContain(
        await _log.ReadAsync(Stream, 0, Cancel).Select(record => System.Text.Encoding.UTF8.GetString(record.Json.Span)).ToListAsync(Cancel),
        json => json.Contains("4111", StringComparison.Ordinal) || json.Contains("1111", StringComparison.Ordinal));
}
