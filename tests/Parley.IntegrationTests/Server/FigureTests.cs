using System.Globalization;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

public partial class FigureTests
{
    private static readonly string Talk = string.Join(' ', Enumerable.Repeat("and so on", 110));

    // What is no message, each with the code that it is answered with.
    private static readonly (string Message, string Code)[] Bad =
    [
        ("{", ErrorCodes.InvalidMessage), ("[]", ErrorCodes.InvalidMessage), ("{\"type\":\"TEXT_CHUNK\"}", ErrorCodes.InvalidMessage),
        ("{\"type\":\"AUDIO_CHUNK\"}", ErrorCodes.NotSupported), ("{\"type\":\"END_SESSION\"}", ErrorCodes.NoSession),
        ("{\"type\":\"START_SESSION\",\"config\":{\"max_segment_sec\":-1}}", ErrorCodes.InvalidConfig), ("".PadRight((64 * 1024) + 1), ErrorCodes.MessageTooLarge),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_figures_of_a_server_under_fire_are_what_was_done_to_it()
    {
        await using var server = await ParleyServer.StartAsync(configure: SmallBuffers.Configure, settings: [("ViewerCapacity", "50"), ("SendTimeoutSec", "30")]);
        using var connections = new InstrumentSum(server, "parley.connections");
        var (sender, id) = await SocketClient.StartAsync(server);
        await using var slow = await ViewAsync(server, id);
        // Partials only: they never make a viewer too slow, and this one does not take them in.
        var (talker, talk) = await SocketClient.StartAsync(server);
        await using var stuck = await ViewAsync(server, talk);
        for (var sequence = 1; sequence <= 50; sequence++) await SendAsync(talker, sequence, "ana");

        // 180 that are taken, 20 that were, 10 ahead of a hole, 1 that ends before it begins. The viewer falls behind.
        for (var sequence = 1; sequence <= 180; sequence++) await SendAsync(sender, sequence);
        await slow.HearAllAsync();
        for (var sequence = 1; sequence <= 20; sequence++) await SendAsync(sender, sequence);
        for (var sequence = 300; sequence < 310; sequence++) await sender.SayAsync(Chunk(sequence));
        await sender.SayAsync(new TextChunk(181, 200, 199, Talk, "ana"));
        await sender.HearAsync(envelope => envelope.Payload is ErrorPayload { Code: ErrorCodes.InvalidChunk });
        Assert.Equal(10, sender.Heard.Count(envelope => envelope.Payload is ErrorPayload { Code: ErrorCodes.SequenceGap }));

        var hostile = await SocketClient.ConnectAsync(server);
        for (var i = 0; i < 700; i++)
        {
            await hostile.SayAsync(Bad[i % Bad.Length].Message);
            Assert.Equal(Bad[i % Bad.Length].Code, ((ErrorPayload)(await hostile.HearAsync())!.Payload).Code);
        }

        await hostile.CloseAsync();
        var flooded = await FloodAsync(server);
        await connections.BecomesAsync(2);
        foreach (var client in new[] { sender, talker })
        {
            await client.SayAsync(new EndSession());
            await client.HearAllAsync();
        }

        await connections.BecomesAsync(0);

        using var missing = await server.Http.GetAsync("/v1/streams/str-0f0cbd1c-94a2-4f0e-8d5c-0c8d4d0d2c11", Cancel);
        var kept = await KeptAsync(server, flooded);
        var figures = await ScrapeAsync(server);
        Assert.Equal(
            new() { ["accepted"] = 230 + kept.Chunks, ["duplicate"] = 20, ["refused"] = 11 }, figures.Of("parley_chunks_total", "parley_outcome"));
        Assert.Equal(sender.Heard.Concat(talker.Heard).Count(envelope => envelope.Payload is FinalizedPayload) + kept.Finals, figures.Of("parley_segments_total"));
        Assert.Equal(
            Bad.Select(bad => bad.Code).Append(ErrorCodes.StreamNotFound).GroupBy(code => code.ToLowerInvariant())
                .ToDictionary(code => code.Key, code => code.Key == "stream_not_found" ? 1.0 : 100.0 * code.Count()),
            figures.Of("parley_requests_refused_total", "parley_reason"));
        Assert.Equal(ErrorCodes.TooSlow, ((ErrorPayload)slow.Heard[^1].Payload).Code);
        Assert.Equal(new() { ["too_slow"] = 1, ["stuck"] = 2 }, figures.Of("parley_connections_cut_total", "parley_reason"));
        Assert.Equal(server.Directory.Feed.PartialsDropped, figures.Of("parley_partials_dropped_total"));
        Assert.Equal(new() { ["websocket"] = 0, ["sse"] = 0 }, figures.Of("parley_connections", "parley_transport"));
        await sender.DisposeAsync();
        await talker.DisposeAsync();
        await hostile.DisposeAsync();
    }

    [Fact]
    public async Task Two_servers_of_one_process_each_tell_their_own()
    {
        await using var one = await ParleyServer.StartAsync();
        await using var other = await ParleyServer.StartAsync();
        foreach (var (server, chunks) in new[] { (one, 3), (other, 5) })
        {
            var (client, _) = await SocketClient.StartAsync(server);
            await using var owned = client;
            for (var sequence = 1; sequence <= chunks; sequence++) await SendAsync(client, sequence);
        }

        Assert.Equal(3, (await ScrapeAsync(one)).Of("parley_chunks_total"));
        Assert.Equal(5, (await ScrapeAsync(other)).Of("parley_chunks_total"));
    }

    private static async Task<SocketClient> ViewAsync(ParleyServer server, string id)
    {
        var viewer = await SocketClient.ConnectAsync(server, over: SmallBuffers.Invoker());
        await viewer.SayAsync(new ResumeSession(id, 0));
        await viewer.HearAsync<SessionStartedPayload>();
        return viewer;
    }

    // Each is another's, so that each but the last is final; or all are one's.
    private static TextChunk Chunk(long sequence, string? speaker = null) =>
        new(sequence, (sequence - 1) * 0.5, sequence * 0.5, Talk, speaker ?? (sequence % 2 == 0 ? "ben" : "cleo"));

    private static async Task SendAsync(SocketClient sender, long sequence, string? speaker = null)
    {
        var acknowledged = sender.Heard.Count(envelope => envelope.Payload is ChunkAckPayload);
        await sender.SayAsync(Chunk(sequence, speaker));
        while (sender.Heard.Count(envelope => envelope.Payload is ChunkAckPayload) == acknowledged) await sender.HearAsync<ChunkAckPayload>();
    }

    // Sends and never listens, until it is cut off. Nobody but the server knows how much of it came.
    private static async Task<string> FloodAsync(ParleyServer server)
    {
        await using var flooder = await SocketClient.ConnectAsync(server, over: SmallBuffers.Invoker());
        await flooder.SayAsync(new StartSession(new SessionSettings { IdleFinalSec = 3600 }));
        var id = (await flooder.HearAsync())!.StreamId;
        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            for (var sequence = 1; ; sequence++) await flooder.SayAsync(new TextChunk(sequence, sequence * 0.001, (sequence + 1) * 0.001, Talk, "ana"));
        });
        return id;
    }

    // What the log has of it.
    private static async Task<(long Chunks, long Finals)> KeptAsync(ParleyServer server, string id)
    {
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        var finals = await HttpTests.EventsAsync(server, id).CountAsync(item => item.EventType == "FINALIZED", Cancel);
        return (await server.Directory.ReadAsync(id, state => state.ExpectedSequence(""), Cancel) - 1, finals);
    }

    private static async Task<Figures> ScrapeAsync(ParleyServer server) => new(await server.Http.GetStringAsync("/metrics", Cancel));

    private sealed partial class Figures(string scrape)
    {
        /// <summary>A metric's value, over all labels.</summary>
        public double Of(string metric) => Samples(metric).Sum(sample => sample.Value);

        /// <summary>A metric's values by one label, over all others.</summary>
        public Dictionary<string, double> Of(string metric, string label) => Samples(metric)
            .GroupBy(sample => Regex.Match(sample.Labels, $"{label}=\"([^\"]*)\"").Groups[1].Value)
            .ToDictionary(sample => sample.Key, sample => sample.Sum(each => each.Value));

        private IEnumerable<(string Labels, double Value)> Samples(string metric) => Sample().Matches(scrape)
            .Where(sample => sample.Groups[1].Value == metric)
            .Select(sample => (sample.Groups[2].Value, double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture)));

        [GeneratedRegex("^(\\w+)(\\{.*\\})? (\\S+)$", RegexOptions.Multiline)]
        private static partial Regex Sample();
    }
}
