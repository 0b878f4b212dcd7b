using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Work;

namespace Parley.IntegrationTests.Server;

/// <summary>Trying dead letters again takes what there is room for, says so, leaves the rest where it is, and does nothing twice.</summary>
public class RedriveTests
{
    private const int Asked = 12;

    [Fact]
    public async Task What_finds_no_room_stays_a_dead_letter_and_in_the_end_each_was_done_once_and_the_ledger_adds_up()
    {
        var handler = new Recovering();
        await using var server = await ParleyServer.StartAsync(
            configure: builder => builder.Services.AddKeyedSingleton<IWorkflowHandler>("question", handler),
            settings:
            [
                ("Work:Capacity", "20"), ("Work:Question:Workers", "1"), ("Work:Question:MaxAttempts", "1"),
                ("Work:Question:BreakerThroughput", "1000"),
            ]);
        var id = await ViewerTests.OpenAsync(server);
        var chunks = Enumerable.Range(1, Asked).Select(i => new JsonObject
        {
            ["sequence"] = i,
            ["start"] = i * 4,
            ["end"] = (i * 4) + 1,
            ["text"] = $"what does plan number {i} cost",
            ["speaker_id"] = i % 2 == 0 ? "ana" : "ben",
        }.ToJsonString());
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", string.Join('\n', chunks));
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await foreach (var _ in HttpTests.EventsAsync(server, id))
        {
        }

        Assert.Equal(Asked, (await DeadLetterTests.LettersAsync(server, "")).Count);
        Assert.Equal((Asked, 0, Asked), await LedgerAsync(server, id));

        // One is being worked on, ten wait: half of the queue. The twelfth stays where it is.
        handler.Hold();
        var first = await RedriveAsync(server, after: null);
        Assert.Equal((11, null, 1), ((int)first["redriven"]!, (int?)first["underway"], (int?)first["waiting"]));
        Assert.Equal($"{id}/seg-10", (string?)first["after"]);
        Assert.Equal(Asked, (await DeadLetterTests.LettersAsync(server, "")).Count);

        // Asked from the beginning again, what is queued is not queued twice.
        var again = await RedriveAsync(server, after: null);
        Assert.Equal((0, 11, 1), ((int)again["redriven"]!, (int?)again["underway"], (int?)again["waiting"]));

        handler.LetPass();
        while ((await DeadLetterTests.LettersAsync(server, "")).Count > 0) await RedriveAsync(server, after: null);
        Assert.Equal((Asked, Asked, 0), await LedgerAsync(server, id));
        Assert.All(handler.Done, segment => Assert.Equal(1, segment.Value));
        Assert.Equal(Asked, handler.Done.Count);
    }

    private static async Task<JsonNode> RedriveAsync(ParleyServer server, string? after) =>
        JsonNode.Parse(await DeadLetterTests.RedriveAsync(server, new JsonObject { ["after"] = after }.ToJsonString()))!;

    private static async Task<(int Routed, int Done, int Failed)> LedgerAsync(ParleyServer server, string id)
    {
        var stats = (await ReadingTests.JsonAsync(server, $"/v1/streams/{id}"))["stats"]!;
        return ((int)stats["work_routed"]!, (int)stats["work_done"]!, (int)stats["work_failed"]!);
    }

    private sealed class Recovering : IWorkflowHandler
    {
        private TaskCompletionSource? _hold;

        public ConcurrentDictionary<string, int> Done { get; } = new();

        public string Version => "recovering/1";

        public void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void LetPass() => _hold!.SetResult();

        public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(
            IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
        {
            if (_hold is null) throw new WorkRefusedException("not_yet");
            foreach (var item in batch) Done.AddOrUpdate(item.SegmentId, 1, (_, times) => times + 1);
            await _hold.Task.WaitAsync(cancellationToken);
            return [.. batch.Select(_ => new WorkResult("Nine euros."))];
        }
    }
}
