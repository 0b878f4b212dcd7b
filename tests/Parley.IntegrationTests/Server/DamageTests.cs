using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.AspNetCore.Observability;
using Parley.IntegrationTests.Log;
using Parley.Protocol;
using Parley.Tests.Cli;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.IntegrationTests.Server;

/// <summary>A log that fails, and one stream of it that is damaged: who asks is told, who runs it is told once, and nobody else is affected.</summary>
public sealed class DamageTests : IDisposable
{
    private const string Chunk = """{"sequence": 1, "start": 0, "end": 2, "text": "what does the yearly plan cost"}""";

    private readonly TemporaryFolder _data = new();
    private readonly LogLines _lines = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lines.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task An_event_stream_of_a_log_that_fails_ends_with_an_error()
    {
        await using var server = await StartAsync();
        var id = await HttpTests.OpenAsync(server);
        Change("ALTER TABLE facts RENAME COLUMN json TO gone");
        var told = await HttpTests.EventsAsync(server, id).ToListAsync(Cancel);
        var error = Assert.IsType<ErrorPayload>(ViewerTests.Envelope(told[^1]).Payload);
        Assert.Equal((ErrorCodes.StorageUnavailable, false, 0), (error.Code, error.Recoverable, error.Details!.Value.GetProperty("last_event_id").GetInt64()));
    }

    [Fact]
    public async Task A_log_that_takes_nothing_is_told_once_and_once_that_it_takes_facts_again()
    {
        await using var server = await StartAsync();
        string[] ids = [await HttpTests.OpenAsync(server), await HttpTests.OpenAsync(server)];
        using (var other = Open())
        {
            using var transaction = other.BeginTransaction();
            var answers = await Task.WhenAll(ids.Select(id => server.Http.PostAsync($"/v1/streams/{id}/end", null, Cancel)));
            foreach (var answer in answers) await ProblemTests.AssertAsync(answer, HttpStatusCode.ServiceUnavailable, "STORAGE_UNAVAILABLE");
        }

        var (level, text) = await _lines.NextAsync("LogUnavailable", "LogTakesAgain");
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("another process holds it locked", text, StringComparison.Ordinal);
        foreach (var id in ids) await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunk);
        Assert.Equal(LogLevel.Information, (await _lines.NextAsync("LogUnavailable", "LogTakesAgain")).Level);
        await server.StopAsync();
        Assert.DoesNotContain(_lines.Rest(), name => name is "LogUnavailable" or "LogTakesAgain");
    }

    [Fact]
    public async Task A_log_whose_file_is_deleted_acknowledges_nothing_more_and_says_so()
    {
        await using var server = await StartAsync();
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunk);
        foreach (var file in Directory.GetFiles(_data.Path, "parley.db*")) File.Delete(file);

        var second = new StringContent(Chunk.Replace("\"sequence\": 1", "\"sequence\": 2", StringComparison.Ordinal));
        var refused = await server.Http.PostAsync($"/v1/streams/{id}/chunks", second, Cancel);
        await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, "STORAGE_UNAVAILABLE");
        var (level, text) = await _lines.NextAsync("LogUnavailable");
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("parley.db was deleted or replaced", text, StringComparison.Ordinal);
        using var ready = await server.Http.GetAsync("/readyz", Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("was deleted or replaced", await ready.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("\nparley_log_available 0\n", await server.Http.GetStringAsync("/metrics", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_whose_database_is_emptied_is_not_ready_and_keeps_its_write_ahead_log()
    {
        var server = await StartAsync();
        await using (server)
        {
            var id = await HttpTests.OpenAsync(server);
            await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunk);
            // By another process: to open and close the database in this one would end SQLite's locks on it.
            using var process = System.Diagnostics.Process.Start("truncate", ["-s", "0", Path.Combine(_data.Path, "parley.db")]);
            await process.WaitForExitAsync(Cancel);
            using var ready = await server.Http.GetAsync("/readyz", Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains("parley.db was cut or replaced", await ready.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.NotEqual(0, new FileInfo(Path.Combine(_data.Path, "parley.db-wal")).Length);
    }

    [Theory]
    [InlineData("DELETE FROM checkpoints WHERE stream = 1; UPDATE facts SET json = X'7B' WHERE stream = 1 AND seq > 1")]
    [InlineData("UPDATE checkpoints SET state = X'7B' WHERE stream = 1; UPDATE facts SET json = CAST('null' AS BLOB) WHERE stream = 1")]
    public async Task One_damaged_stream_is_told_and_hides_no_other(string damage)
    {
        await using var server = await StartAsync(new SecondTry());
        string[] ids = [await DeadLetterTests.AskedAsync(server), await DeadLetterTests.AskedAsync(server)];
        foreach (var id in ids)
        {
            await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
            await ViewerTests.UntilAsync(events, "WORKFLOW_FAILED");
        }

        await server.StopAsync();
        Change(damage);
        await server.StartAsync();

        var (level, line) = await _lines.NextAsync("StreamNotResumed");
        Assert.Equal(LogLevel.Error, level);
        Assert.StartsWith($"{ids[0]} could not be brought back", line, StringComparison.Ordinal);
        Assert.DoesNotContain("yearly", line, StringComparison.Ordinal);
        await server.Services.GetRequiredService<Readiness>().WhenResumed.WaitAsync(Cancel);

        var streams = (await ReadingTests.JsonAsync(server, "/v1/streams"))["streams"]!.AsArray();
        Assert.Equal([(ids[1], false, 2), (ids[0], true, 0)], streams.Select(stream => ((string)stream!["stream_id"]!, (bool?)stream["is_unreadable"] ?? false, (int)stream["chunks"]!)));
        var letters = await ReadingTests.JsonAsync(server, "/v1/dead-letters");
        Assert.Equal(ids[1], (string)Assert.Single(letters["dead_letters"]!.AsArray())!["stream_id"]!);
        Assert.Equal(ids[0], (string)Assert.Single(letters["unreadable"]!.AsArray())!);
        foreach (var path in new[] { $"streams/{ids[0]}", $"streams/{ids[0]}/transcript", $"streams/{ids[0]}/context", $"streams/{ids[0]}/results", $"dead-letters?stream_id={ids[0]}" })
        {
            var problem = await ProblemTests.AssertAsync(await server.Http.GetAsync($"/v1/{path}", Cancel), HttpStatusCode.ServiceUnavailable, "STORAGE_UNAVAILABLE");
            Assert.Contains("damaged", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        await HttpTests.PostAsync(server, $"/v1/streams/{ids[1]}/chunks", """{"sequence": 3, "start": 5, "end": 6, "text": "we go on"}""");
    }

    [Fact]
    public async Task A_stream_with_a_damaged_page_takes_nothing_more_also_after_a_restart_and_is_named()
    {
        await using var server = await StartAsync();
        string[] ids = [await HttpTests.OpenAsync(server), await HttpTests.OpenAsync(server)];
        var chunks = Enumerable.Range(1, 900).Select(number =>
            $$"""{"sequence": {{number}}, "start": {{number}}, "end": {{number}}.5, "text": "word {{number}} of many"}""");
        await HttpTests.PostAsync(server, $"/v1/streams/{ids[0]}/chunks", string.Join('\n', chunks));
        await server.StopAsync();
        // A page of facts: the checkpoint has the joined text, and is whole.
        DamagedPage.With(Path.Combine(_data.Path, "parley.db"), "\"text\":\"word 300 of many\"");
        await server.StartAsync();

        var (level, text) = await _lines.NextAsync("StreamUnreadable");
        Assert.Equal(LogLevel.Error, level);
        Assert.StartsWith($"{ids[0]} cannot be read", text, StringComparison.Ordinal);
        for (var start = 0; start < 2; start++)
        {
            var next = new StringContent("""{"sequence": 901, "start": 1000, "end": 1001, "text": "lost"}""");
            var answer = await server.Http.PostAsync($"/v1/streams/{ids[0]}/chunks", next, Cancel);
            var problem = await ProblemTests.AssertAsync(answer, HttpStatusCode.ServiceUnavailable, "STORAGE_UNAVAILABLE");
            Assert.Contains("damaged", (string)problem["detail"]!, StringComparison.Ordinal);
            Assert.Null(problem["retry_after_sec"]);
            var streams = (await ReadingTests.JsonAsync(server, "/v1/streams"))["streams"]!.AsArray();
            Assert.Equal(
                [(ids[1], false), (ids[0], true)],
                streams.Select(stream => ((string)stream!["stream_id"]!, (bool?)stream["is_unreadable"] ?? false)));
            await server.Services.GetRequiredService<Readiness>().WhenResumed.WaitAsync(Cancel);
            Assert.Contains(
                $$"""
                "unreadable_count":1,"unreadable":[{"stream":"{{ids[0]}}"
                """,
                await server.Http.GetStringAsync("/readyz", Cancel), StringComparison.Ordinal);
            var metrics = await server.Http.GetStringAsync("/metrics", Cancel);
            Assert.Contains("\nparley_streams_unreadable 1\n", metrics, StringComparison.Ordinal);
            var well = $$"""{"sequence": {{start + 1}}, "start": {{start}}, "end": {{start}}.5, "text": "well"}""";
            await HttpTests.PostAsync(server, $"/v1/streams/{ids[1]}/chunks", well);
            if (start == 0) await server.RestartAsync();
        }
    }

    [Theory]
    [InlineData("UPDATE facts SET json=$changed WHERE stream=1 AND seq>2", "\"seg-0\"", "\"seg-99999999999\"")]
    [InlineData("DELETE FROM facts WHERE stream=1 AND seq=1")]
    [InlineData("DELETE FROM facts WHERE stream=1 AND type='chunk_accepted'")]
    [InlineData("UPDATE facts SET type='SESSION_ENDED' WHERE stream=1 AND type='opened'")]
    [InlineData("UPDATE facts SET json=$changed WHERE stream=1 AND seq=1", "\"max_gap_sec\":1", "\"max_gap_sec\":-1e400")]
    [InlineData("UPDATE facts SET json=(SELECT json FROM facts WHERE stream=1 AND seq=1), type='opened' WHERE stream=1 AND seq=4")]
    public async Task Facts_that_contradict_each_other_make_one_stream_unreadable_and_fail_nothing_else(
        string contradiction, string said = "", string instead = "")
    {
        await using var server = await StartAsync(new SecondTry());
        string[] ids = [await DeadLetterTests.AskedAsync(server), await DeadLetterTests.AskedAsync(server)];
        foreach (var id in ids)
        {
            await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
            await ViewerTests.UntilAsync(events, "WORKFLOW_FAILED");
        }

        await server.StopAsync();
        Change("DELETE FROM checkpoints");
        var changed = $"CAST(replace(CAST(json AS TEXT), '{said}', '{instead}') AS BLOB)";
        Change(contradiction.Replace("$changed", changed, StringComparison.Ordinal));
        await server.StartAsync();
        await server.Services.GetRequiredService<Readiness>().WhenResumed.WaitAsync(Cancel);

        var letters = await ReadingTests.JsonAsync(server, "/v1/dead-letters");
        Assert.Contains(ids[1], letters["dead_letters"]!.AsArray().Select(letter => (string)letter!["stream_id"]!));
        var streams = (await ReadingTests.JsonAsync(server, "/v1/streams"))["streams"]!.AsArray();
        Assert.Equal([ids[1], ids[0]], streams.Select(stream => (string)stream!["stream_id"]!));
        foreach (var path in new[] { "", "/transcript", "/transcript?format=srt", "/context", "/results" })
        {
            using var answer = await server.Http.GetAsync($"/v1/streams/{ids[0]}{path}", Cancel);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{path}: {answer.StatusCode}");
            using var other = await server.Http.GetAsync($"/v1/streams/{ids[1]}{path}", Cancel);
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        await server.StopAsync();
        foreach (var args in new[] { new[] { "replay", ids[0], "--verify" }, ["replay", ids[0]], ["doctor"], ["dead-letters"] })
        {
            var run = await CommandRun.Of([.. args, "--data", _data.Path]);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("nhandled", run.Error, StringComparison.Ordinal);
        }

        Assert.Contains(ids[1], (await CommandRun.Of("dead-letters", "--data", _data.Path)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE facts SET at=9223372036854775807 WHERE stream=1 AND seq=(SELECT max(seq) FROM facts WHERE stream=1)")]
    [InlineData("UPDATE facts SET at=NULL WHERE stream=1 AND seq=1")]
    [InlineData("UPDATE facts SET type=NULL WHERE stream=1 AND seq=1")]
    [InlineData("UPDATE streams SET started_at=9223372036854775807 WHERE id=1")]
    [InlineData("UPDATE streams SET started_at=NULL WHERE id=1")]
    [InlineData("UPDATE streams SET started_at=-1, due_at='soon', epoch=NULL WHERE id=1")]
    public async Task A_value_that_is_damaged_makes_one_stream_unreadable_and_the_server_starts_and_stops(string damage)
    {
        await using var server = await StartAsync();
        string[] ids = [await HttpTests.OpenAsync(server), await HttpTests.OpenAsync(server)];
        foreach (var id in ids) await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunk);
        await server.StopAsync();
        DamagedRow.With(Path.Combine(_data.Path, "parley.db"), damage);
        await server.StartAsync();

        Assert.StartsWith($"{ids[0]} cannot be read", (await _lines.NextAsync("StreamUnreadable")).Text, StringComparison.Ordinal);
        var streams = (await ReadingTests.JsonAsync(server, "/v1/streams"))["streams"]!.AsArray();
        Assert.Contains(ids[1], streams.Select(stream => (string)stream!["stream_id"]!));
        var next = Chunk.Replace("\"sequence\": 1", "\"sequence\": 2", StringComparison.Ordinal);
        using (var refused = await server.Http.PostAsync($"/v1/streams/{ids[0]}/chunks", new StringContent(next), Cancel))
            await ProblemTests.AssertAsync(refused, HttpStatusCode.ServiceUnavailable, "STORAGE_UNAVAILABLE");
        await HttpTests.PostAsync(server, $"/v1/streams/{ids[1]}/chunks", next);
        await server.StopAsync();
        await _lines.NextAsync("LogClosed");
    }

    private Task<ParleyServer> StartAsync(SecondTry? handler = null) => ParleyServer.StartAsync(_data.Path, builder =>
    {
        builder.Logging.AddProvider(_lines);
        if (handler is not null) builder.Services.AddKeyedSingleton<IWorkflowHandler>("question", handler);
    });

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_data.Path, "parley.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Change(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() >= 0 || sql.StartsWith("ALTER", StringComparison.Ordinal));
    }
}
