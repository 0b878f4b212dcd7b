using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parley.IntegrationTests.Server;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Attacks;

/// <summary>Thousands of streams that are begun and left alone.</summary>
public sealed class AbandonedStreamsTests : IDisposable
{
    private const int Streams = 5_000;

    private readonly TemporaryFolder _data = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Five_thousand_streams_that_are_left_alone_are_ended_and_leave_memory()
    {
        await using var server = await ParleyServer.StartAsync(
            _data.Path, builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock)), ("Durability", "Process"));
        await Parallel.ForAsync(0, Streams, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (_, _) =>
        {
            var id = await HttpTests.OpenAsync(server);
            await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """{"sequence": 1, "start": 0, "end": 1, "text": "hello"}""");
        });
        var talking = await HttpTests.OpenAsync(server);

        // A minute at a time, as the server's sweep has it; one stream goes on.
        var sequence = 0;
        for (var live = Streams; live > 1; live = await LiveAsync(server))
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            sequence++;
            await HttpTests.PostAsync(
                server, $"/v1/streams/{talking}/chunks", $$"""{"sequence": {{sequence}}, "start": {{sequence}}, "end": {{sequence}}.5, "text": "still here"}""");
        }

        Assert.Equal("live", (string)(await ReadingTests.JsonAsync(server, $"/v1/streams/{talking}"))["state"]!);
        // The sweep that puts the last ones away runs beside this.
        while (server.Directory.Count > 1)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await HttpTests.PostAsync(server, $"/v1/streams/{talking}/chunks", $$"""{"sequence": {{sequence}}, "start": {{sequence}}, "end": {{sequence}}.5, "text": "still here"}""");
        }
    }

    // As many as a page has are more than one: enough to know.
    private static async Task<int> LiveAsync(ParleyServer server) =>
        (await ReadingTests.JsonAsync(server, "/v1/streams?state=live"))["streams"]!.AsArray().Count;
}
