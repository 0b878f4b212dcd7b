using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Parley.Tests.Cli;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Cli;

/// <summary>A data folder that conversations were run into.</summary>
internal sealed class KeptConversations : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Where they are kept.</summary>
    public string Data => At("data");

    public string At(string name) => _folder.At(name);

    /// <summary>Runs a conversation, and gives its id and what was shown of it.</summary>
    public async Task<(string Stream, string Output)> RunAsync(string? input = null)
    {
        var run = await CommandRun.Of("run", input ?? Repository.At("samples", "standup.chunks.jsonl"), "--out", At("out"), "--data", Data, "--durability", "process");
        Assert.Equal(0, run.ExitCode);
        var stream = JsonNode.Parse(File.ReadAllText(At("out/report.json")))!["stream_id"]!.GetValue<string>();
        Assert.Contains($"Kept in {Data}. Again: parley replay {stream} --data {Data}", run.Error, StringComparison.Ordinal);
        return (stream, run.Output);
    }

    public Task<CommandRun> Of(params string[] args) => CommandRun.Of([.. args, "--data", Data]);

    /// <summary>Does to the database what Parley never would.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "parley.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    public void Dispose() => _folder.Dispose();
}
