using System.Text;
using Parley.Log;
using Parley.Storage.Sqlite;
using Parley.Tests.OldLogs;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Log;

/// <summary>
/// A data folder that the first version left behind opens, and holds what was stored in it. Only what segments do is read by today's rules.
/// </summary>
public sealed class OldDataFolderTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SqliteEventLog _log = null!;

    public static TheoryData<string> Names => new(OldLog.Names);

    public async ValueTask InitializeAsync()
    {
        File.Copy(Path.Combine(OldLog.DataFolder, "parley.db"), _folder.At("parley.db"));
        _log = await SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = _folder.At("parley.db") });
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_conversation_has_its_facts_and_its_checkpoint(string name)
    {
        var old = OldLog.Read(name);
        Assert.Equal(old.Records.Select(Written), await _log.ReadAsync(old.Stream, 0).Select(Written).ToListAsync());
        Assert.Equal(Written(old.Checkpoint), Written(await _log.LoadCheckpointAsync(old.Stream)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_conversation_goes_on_as_it_did_in_version_1(string name)
    {
        var old = OldLog.Read(name);
        var followed = Reopened.WithoutRecords(await Reopened.GoOnAsync(_log, old.Stream, old.Inputs));
        Assert.Equal(Reopened.WithoutIntents(old.ExpectedEnvelopes), Reopened.WithoutIntents(followed));
    }

    [Fact]
    public async Task The_list_has_every_conversation_and_both_tombstones()
    {
        var heads = await _log.ListAsync().OrderBy(head => head.Stream, StringComparer.Ordinal).ToListAsync();
        Assert.Equal(
            OldLog.Names.Select(name => OldLog.Read(name).Stream).Order(StringComparer.Ordinal),
            heads.Where(head => head.State != StreamState.Erased).Select(head => head.Stream));
        string[] erased = ["south/str-00000000-0000-4000-8000-0000000000e2", "str-00000000-0000-4000-8000-0000000000e1"];
        Assert.Equal(erased, heads.Where(head => head.State == StreamState.Erased).Select(head => head.Stream));
        foreach (var stream in erased)
            await Assert.ThrowsAsync<StreamErasedException>(async () => await _log.AppendAsync(stream, 0, Facts.Range(1, 1)));
    }

    private static (long, long, DateTimeOffset, string, string) Written(LogRecord record) =>
        (record.Seq, record.EventId, record.At, record.Type, Encoding.UTF8.GetString(record.Json.Span));

    private static (long, int, string)? Written(LogCheckpoint? checkpoint) =>
        checkpoint is null ? null : (checkpoint.Seq, checkpoint.Version, Encoding.UTF8.GetString(checkpoint.State.Span));
}
