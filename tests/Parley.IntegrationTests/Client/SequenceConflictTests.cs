using System.Text;
using Parley.Client;
using Parley.IntegrationTests.Server;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>A client whose numbers another sender has used.</summary>
public sealed class SequenceConflictTests : IAsyncLifetime
{
    private FakeServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_is_not_acknowledged_is_sent_behind_what_the_other_sent()
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        for (var i = 1; i <= 4; i++) await client.SendAsync(Quick.Chunk(i));
        await client.SendAsync(Quick.Chunk(1), "phone");
        await first.ReceiveSequencesAsync(5);
        await first.AckAsync(1);
        await first.RefuseAsync(ErrorCodes.SequenceConflict, """{"sequence": 2, "source": "", "expected": 4}""");

        var second = await _server.AcceptAsync();
        await second.ResumeAsync(("", 6));
        var again = new List<TextChunk>();
        for (var i = 0; i < 4; i++) again.Add(await second.ReceiveAsync<TextChunk>());
        Assert.Equal(
            [(6, "word2", null), (7, "word3", null), (8, "word4", null), (1, "word1", "phone")],
            again.Select(chunk => (chunk.Sequence, chunk.Text, chunk.Source)));
        Assert.Equal(9, client.NextSequence());

        var flushing = client.FlushAsync(Cancel);
        await second.AckAsync(8);
        await second.AckAsync(1, "phone");
        await flushing;
        Assert.Empty(client.Unacknowledged);
    }

    [Fact]
    public async Task A_client_that_gives_up_on_conflicts_keeps_what_was_not_taken()
    {
        var (client, socket) = await Quick.StartAsync(_server, Quick.Options with { ReconnectFor = TimeSpan.Zero });
        await using var _1 = client;
        await client.SendAsync(Quick.Chunk(1), cancellationToken: Cancel);
        await socket.ReceiveSequencesAsync(1);
        // The start was something; the next connection leads to nothing.
        await socket.RefuseAsync(ErrorCodes.SequenceConflict, """{"sequence": 1, "source": "", "expected": 2}""");
        var second = await _server.AcceptAsync();
        await second.ResumeAsync(("", 2));
        await second.ReceiveSequencesAsync(1);
        await second.RefuseAsync(ErrorCodes.SequenceConflict, """{"sequence": 2, "source": "", "expected": 3}""");
        Assert.Equal(ParleyException.ConnectionLost, (await Assert.ThrowsAsync<ParleyException>(() => client.FlushAsync(Cancel))).Code);
        Assert.Equal("word1", ((OutgoingChunk)Assert.Single(client.Unacknowledged)).Chunk.Text);
    }

    [Fact]
    public async Task Two_clients_of_one_source_lose_no_word_of_each_other()
    {
        await using var server = await ParleyServer.StartAsync();
        var (random, address) = (new Random(1), new Uri(server.Url));
        var stream = StreamId.From(Guid.NewGuid());
        var expected = new List<string>();
        await using var first = await ParleyClient.StartAsync(address, streamId: stream, options: Quick.Options, cancellationToken: Cancel);
        await using var second = await ParleyClient.ResumeAsync(address, stream, options: Quick.Options, cancellationToken: Cancel);
        for (var i = 0; i < 60; i++)
        {
            var client = random.Next(2) == 0 ? first : second;
            expected.Add($"word{i}");
            await client.SendAsync(Quick.Chunk(i), cancellationToken: Cancel);
            if (random.Next(5) == 0) await client.FlushAsync(Cancel);
        }

        await first.FlushAsync(Cancel);
        await second.FlushAsync(Cancel);
        await first.EndAsync(Cancel);
        var finals = await HttpTests.EventsAsync(server, stream).Where(item => item.EventType == "FINALIZED").ToListAsync(Cancel);
        var said = finals.Select(item => (FinalizedPayload)Envelope.Parse(Encoding.UTF8.GetBytes(item.Data)).Payload)
            .SelectMany(final => final.Segment.Text.Split(' '));
        Assert.Equal(expected.Order(), said.Order());
    }
}
