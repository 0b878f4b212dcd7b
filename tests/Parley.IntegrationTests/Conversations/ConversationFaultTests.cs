using Microsoft.Data.Sqlite;
using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.IntegrationTests.Log;
using Parley.Log;
using Parley.Protocol;
using Parley.Storage.Sqlite;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Conversations;

/// <summary>A disk that fails under a conversation: its senders are told, what was acknowledged stays, and it goes on by itself once the fault is gone.</summary>
public sealed class ConversationFaultTests : IDisposable
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const string Other = "str-6f1f0a52-0000-4000-8000-000000000002";

    private readonly LogFile _file = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_locked_file_refuses_chunks_until_it_is_free()
    {
        await using var log = await _file.OpenAsync(options => options with { BusyTimeout = TimeSpan.FromMilliseconds(20) });
        await using var directory = new ConversationDirectory(log);
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        var viewer = ViewAsync(directory);
        Assert.Null((await SayAsync(directory, 1))!.Value.Refusal);
        using (var other = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            // Every sender that waits is told, not only the first.
            var refused = await Task.WhenAll(Enumerable.Range(2, 5).Select(async sequence => await Record.ExceptionAsync(() => SayAsync(directory, sequence))));
            Assert.All(refused, problem => Assert.True(Assert.IsType<EventLogUnavailableException>(problem).IsTransient));
            Assert.Equal(2, await directory.ReadAsync(Stream, state => state.ExpectedSequence(""), Cancel));
        }

        for (var sequence = 2; sequence <= 30; sequence++) Assert.Null((await SayAsync(directory, sequence))!.Value.Refusal);
        await EndAsync(directory);
        await CheckAsync(log, chunks: 30);
        Assert.Equal(await log.ReadEventsAsync(Stream, 0, Cancel).Select(fact => fact.EventId).ToListAsync(Cancel), await viewer);
    }

    [Fact]
    public async Task A_full_disk_refuses_chunks_until_there_is_room()
    {
        await using var log = await _file.OpenAsync(options => options with { MaxBytes = 400_000 });
        // Without checkpoints only an append can find the disk full: a chunk whose checkpoint fails is in the log, and is a repeat when it
        // is sent again.
        await using var directory = new ConversationDirectory(log, new ConversationOptions { CheckpointEvery = int.MaxValue });
        await directory.OpenAsync(Other, cancellationToken: Cancel);
        await Task.WhenAll(Enumerable.Range(1, 200).Select(sequence => directory.SayAsync(Other, Chunk(sequence), Cancel)));
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        var acknowledged = 0;
        var full = await Assert.ThrowsAsync<EventLogUnavailableException>(async () =>
        {
            for (; acknowledged < 100_000; acknowledged++) await SayAsync(directory, acknowledged + 1);
        });
        Assert.True(full.IsTransient);
        Assert.Contains("full", full.Message, StringComparison.Ordinal);
        Assert.True(acknowledged > 0);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => SayAsync(directory, acknowledged + 1));

        Assert.True(await directory.EraseAsync(Other, Cancel));
        for (var more = 0; more < 20; more++) Assert.Null((await SayAsync(directory, ++acknowledged))!.Value.Refusal);
        await EndAsync(directory);
        await CheckAsync(log, acknowledged);
    }

    [Fact]
    public async Task A_damaged_file_refuses_all_and_a_backup_has_what_it_had()
    {
        var backup = $"{_file.Path}.backup";
        await using (var log = await _file.OpenAsync())
        {
            await using (var directory = new ConversationDirectory(log))
            {
                await directory.OpenAsync(Stream, cancellationToken: Cancel);
                await Task.WhenAll(Enumerable.Range(1, 400).Select(sequence => SayAsync(directory, sequence)));
            }

            await log.BackupAsync(backup, Cancel);
        }

        await DamageAsync();
        await using (var log = await _file.OpenAsync())
        {
            await using var directory = new ConversationDirectory(log);
            var damaged = await Assert.ThrowsAnyAsync<EventLogUnavailableException>(() => SayAsync(directory, 401));
            Assert.False(damaged.IsTransient);
            await Assert.ThrowsAnyAsync<EventLogUnavailableException>(() => SayAsync(directory, 401));
        }

        await using var restored = await SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = backup }, cancellationToken: Cancel);
        await using var again = new ConversationDirectory(restored);
        Assert.Null((await SayAsync(again, 401))!.Value.Refusal);
        await EndAsync(again);
        await CheckAsync(restored, chunks: 401);
    }

    private async Task DamageAsync()
    {
        // The first pages hold the schema and the roots of the tables; the facts lie behind them.
        await using var file = new FileStream(_file.Path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = 8 * 4096;
        await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)(file.Length - file.Position)).ToArray(), Cancel);
    }

    private static ChunkDelivery Chunk(int sequence) =>
        new(sequence, new StreamChunk(sequence * 0.5, (sequence * 0.5) + 0.5, $"words {sequence}", sequence / 8 % 2 == 0 ? "ana" : "ben"));

    private static Task<Receipt?> SayAsync(ConversationDirectory directory, int sequence) => directory.SayAsync(Stream, Chunk(sequence), Cancel);

    private static async Task EndAsync(ConversationDirectory directory)
    {
        await directory.PostAsync(Stream, new End("requested"), Cancel);
        await directory.PostAsync(Stream, new Settle(), Cancel);
    }

    private static async Task<List<long>> ViewAsync(ConversationDirectory directory) =>
        await directory.FollowAsync(Stream, 0, Cancel).Where(shown => shown.Seq != 0).Select(shown => shown.EventId).ToListAsync(Cancel);

    private static async Task CheckAsync(SqliteEventLog log, int chunks)
    {
        var facts = await log.ReadAsync(Stream, 0, Cancel).Select(FactRecords.ToFact).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, chunks).Select(sequence => (long)sequence), facts.OfType<ChunkAccepted>().Select(chunk => chunk.Sequence));
        var finals = facts.OfType<VisibleFact>().Where(fact => fact.Payload is FinalizedPayload).Select(fact => fact.SegmentId).ToList();
        Assert.Equal(finals.Distinct(), finals);
        Assert.True((await ConversationReplay.VerifyAsync(log, Stream, cancellationToken: Cancel)).IsVerified);
    }
}
