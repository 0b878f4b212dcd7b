using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

public class RetentionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversations_are_erased_some_days_after_their_end_and_not_before()
    {
        var clock = new FakeTimeProvider();
        using var lines = new LogLines();
        await using var server = await ParleyServer.StartAsync(
            configure: builder =>
            {
                builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                builder.Logging.AddProvider(lines);
            },
            settings: [("RetentionDays", "2"), ("AbandonAfterSec", "31536000")]);
        var open = await HttpTests.OpenAsync(server);
        var over = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{over}/end", "");
        await HttpTests.EventsAsync(server, over).ToListAsync(Cancel);

        clock.Advance(TimeSpan.FromDays(1.9));
        Assert.Equal(2, (await IdsAsync(server)).Length);
        clock.Advance(TimeSpan.FromDays(0.2));
        await lines.NextAsync("RetentionErased");
        Assert.Equal([open], await IdsAsync(server));
        await ProblemTests.AssertAsync(await server.Http.GetAsync($"/v1/streams/{over}/transcript", Cancel), System.Net.HttpStatusCode.Gone, ErrorCodes.StreamErased);
    }

    private static async Task<string[]> IdsAsync(ParleyServer server) =>
        [.. (await ReadingTests.JsonAsync(server, "/v1/streams"))["streams"]!.AsArray().Select(stream => (string)stream!["stream_id"]!)];
}
