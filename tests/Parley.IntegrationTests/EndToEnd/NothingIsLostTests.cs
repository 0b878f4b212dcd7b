using System.Globalization;
using Parley.Client;
using Parley.IntegrationTests.Client;
using Parley.IntegrationTests.Server;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.EndToEnd;

/// <summary>
/// Over real sockets, on SQLite: connections of senders and viewers are cut anywhere, the server is restarted again and again, senders say things twice and
/// in the wrong order. The transcript is the one of the undisturbed meeting, and every viewer sees each fact once and in order.
/// </summary>
/// <remarks>10 seeds; <c>PARLEY_SEEDS=200</c> for more.</remarks>
public class NothingIsLostTests(ITestOutputHelper output)
{
    private const int Together = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_meeting_that_is_disturbed_everywhere_reads_as_one_that_is_not()
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 10;
        var sum = new Disturbance(0, 0, 0, 0);
        var restarts = 0;
        for (var first = 1; first <= seeds; first += Together)
        {
            using var data = new TemporaryFolder();
            await using var server = await ParleyServer.StartAsync(data.Path);
            var seen = new Tally();
            var meetings = Enumerable.Range(first, Math.Min(Together, seeds - first + 1)).Select(seed => Task.Run(() => HoldAsync(server, seed, seen))).ToList();
            var all = Task.WhenAll(meetings);
            for (var i = 0; i < 4 && !all.IsCompleted; i++, restarts++)
            {
                // In the middle of things: as soon as some more of them are under way.
                await Task.WhenAny(all, seen.ReachesAsync(60 * meetings.Count * (i + 1)));
                if (!all.IsCompleted) await server.RestartAsync();
            }

            sum = (await all).Aggregate(sum, (before, meeting) => before + meeting);
        }

        output.WriteLine($"{seeds} seeds: {sum.Cuts} connections cut, {restarts} restarts of a server with {Together} meetings, {sum.Repeats} chunks said again, {sum.Gaps} refused as ahead of a hole, {sum.Connections} connections of clients.");
        Assert.True(sum.Cuts > 10 * seeds && sum.Repeats > 10 * seeds && sum.Gaps > seeds && restarts > 0, "Too little was disturbed for the test to mean anything.");
    }

    [Theory]
    [InlineData("deepgram")]
    [InlineData("assemblyai")]
    [InlineData("vosk")]
    public async Task So_do_a_recognisers_messages_whose_interims_no_restart_keeps(string format)
    {
        var messages = File.ReadLines(Repository.At("samples", "asr", $"{format}.jsonl")).Select(System.Text.Encoding.UTF8.GetBytes).ToList();
        var undisturbed = await Meeting.UndisturbedAsync(format, messages);
        using var data = new TemporaryFolder();
        await using var server = await ParleyServer.StartAsync(data.Path);
        await using var network = new FaultyNetwork(new Uri(server.Url), format.Length, cuts: 20, mostBytes: 30_000);
        await using var sender = await ParleyClient.StartAsync(network.Address, Meeting.Settings, options: Quick.Options with { SendCapacity = 8 }, cancellationToken: Cancel);
        var viewing = Task.Run(() => CountedAsync(sender, new Tally()));

        for (var i = 0; i < messages.Count; i++)
        {
            await sender.SendMessageAsync(format, messages[i], cancellationToken: Cancel);
            if (i % 50 == 25) await server.RestartAsync();
        }

        await sender.EndAsync(Cancel);
        Assert.Equal(undisturbed, Meeting.Transcript(await viewing));
        Assert.True(undisturbed.Length > 1_000 && network.Cuts > 5, "Too little was said or disturbed.");
    }

    private static async Task<Disturbance> HoldAsync(ParleyServer server, int seed, Tally tally)
    {
        var address = new Uri(server.Url);
        var meeting = Meeting.Of(seed);
        await using var senders = new FaultyNetwork(address, seed, cuts: 10, mostBytes: 6_000);
        await using var viewers = new FaultyNetwork(address, seed + 1_000_000, cuts: 10, mostBytes: 20_000);
        var connections = 0;
        var options = Quick.Options with
        {
            ReconnectFor = TimeSpan.FromMinutes(2),
            StatusChanged = status => _ = status.State == ConnectionState.Connected ? Interlocked.Increment(ref connections) : 0,
        };

        await using var sender = await ParleyClient.StartAsync(senders.Address, Meeting.Settings, options: options with { SendCapacity = 8 }, cancellationToken: Cancel);
        var viewing = new[]
        {
            Task.Run(() => CountedAsync(sender, tally)),
            Task.Run(() => WatchAsync(viewers.Address, sender.StreamId, options, tally)),
            Task.Run(() => WatchAsync(viewers.Address, sender.StreamId, options with { EventCapacity = 16 }, tally)),
        };

        // Each half is all of what one sender says: a source's order is its sender's, the order between sources is nobody's.
        foreach (var chunk in meeting.Take(meeting.Count / 2)) await sender.SendAsync(new(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId), cancellationToken: Cancel);
        await sender.FlushAsync(Cancel);
        var disorderly = new DisorderlySender(
            new UriBuilder(senders.Address) { Scheme = "ws", Path = "/stream" }.Uri, sender.StreamId, meeting[(meeting.Count / 2)..], "disorderly", seed);
        await disorderly.SendAsync(Cancel);
        var stats = await sender.EndAsync(Cancel);

        Assert.Equal(meeting.Count, stats.ChunksReceived);
        Assert.Empty(sender.Unacknowledged);
        var undisturbed = await Meeting.UndisturbedAsync(meeting);
        foreach (var viewer in viewing)
        {
            var facts = (await viewer).Where(envelope => envelope.Payload.IsFact).ToList();
            Assert.Equal(Enumerable.Range(1, facts.Count).Select(id => (long)id), facts.Select(fact => fact.EventId));
            Assert.IsType<SessionEndedPayload>(facts[^1].Payload);
            Assert.Equal(undisturbed, Meeting.Transcript(facts));
        }

        return new(senders.Cuts + viewers.Cuts, disorderly.Repeats, disorderly.Gaps, connections);
    }

    private static async Task<List<Envelope>> WatchAsync(Uri server, string stream, ParleyClientOptions options, Tally tally)
    {
        await using var viewer = await ParleyClient.ResumeAsync(server, stream, options: options, cancellationToken: Cancel);
        return await CountedAsync(viewer, tally);
    }

    private static async Task<List<Envelope>> CountedAsync(ParleyClient client, Tally tally)
    {
        var all = new List<Envelope>();
        await foreach (var envelope in client.Events.WithCancellation(Cancel))
        {
            all.Add(envelope);
            if (envelope.Payload.IsFact) tally.Add();
        }

        return all;
    }

    private sealed record Disturbance(long Cuts, long Repeats, long Gaps, long Connections)
    {
        public static Disturbance operator +(Disturbance one, Disturbance other) =>
            new(one.Cuts + other.Cuts, one.Repeats + other.Repeats, one.Gaps + other.Gaps, one.Connections + other.Connections);
    }
}
