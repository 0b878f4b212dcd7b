using System.Buffers;
using System.Globalization;
using Parley.Client;
using Parley.Protocol;

namespace Parley.Tests.Client;

/// <summary>An outbox against a model of the server, with everything between them that a network and a restart can do.</summary>
public class OutboxPropertyTests
{
    private static readonly string[] Sources = ["", "phone", "room"];

    [Fact]
    public async Task Whatever_happens_between_them_the_server_gets_each_message_once_and_in_order()
    {
        for (var seed = 0; seed < 500; seed++)
            await RunAsync(new Random(seed), messages: 200, disconnects: 30, capacity: 1 + (seed % 20));
    }

    [Fact]
    public Task Ten_thousand_messages_pass_through_two_hundred_disconnects() =>
        RunAsync(new Random(1), messages: 10_000, disconnects: 200, capacity: 256);

    private static async Task RunAsync(Random random, int messages, int disconnects, int capacity)
    {
        var (outbox, server) = (new Outbox(capacity), new ServerModel());
        var (handedIn, wire, answers) = (0, new Queue<byte[]>(), new Queue<(string Source, long Sequence)>());
        var output = new ArrayBufferWriter<byte>();
        var adding = Task.CompletedTask;
        while (handedIn < messages || outbox.Count > 0)
        {
            switch (random.Next(10))
            {
                case < 4 when handedIn < messages && adding.IsCompleted:
                    var source = Sources[random.Next(Sources.Length)];
                    var chunk = new Chunk(0, 1, handedIn++.ToString(CultureInfo.InvariantCulture));
                    adding = outbox.AddAsync(new(new OutgoingChunk(chunk, source)), CancellationToken.None);
                    break;
                case < 6:
                    if (outbox.TryTakeNext(output)) wire.Enqueue(output.WrittenSpan.ToArray());
                    output.ResetWrittenCount();
                    break;
                case < 8 when wire.TryDequeue(out var sent):
                    // One answer may stand for many, and may come twice.
                    var last = server.Take(sent);
                    if (random.Next(3) > 0) answers.Enqueue(last);
                    if (random.Next(5) == 0) answers.Enqueue(last);
                    break;
                case 8 when answers.TryDequeue(out var answer):
                    outbox.Acknowledge(answer.Source, answer.Sequence);
                    break;
                case 9 when random.Next(messages) < disconnects || (wire.Count == 0 && answers.Count == 0):
                    // Some of what is on its way still comes, and the answers do not.
                    foreach (var late in wire.Take(random.Next(wire.Count + 1))) server.Take(late);
                    wire.Clear();
                    answers.Clear();
                    outbox.Resume(server.Expected);
                    break;
            }

            Assert.InRange(outbox.Count, 0, capacity);
            // The message has a number, so that its call is about to return.
            if (Sources.Sum(outbox.NextOf) == Sources.Length + handedIn) await adding;
        }

        await adding;
        await outbox.FlushAsync(CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, messages), server.Taken.Order());
        foreach (var source in Sources) Assert.Equal(server.Of(source).Order(), server.Of(source));
    }

    private sealed class ServerModel
    {
        private readonly Dictionary<string, List<int>> _taken = Sources.ToDictionary(source => source, _ => new List<int>());

        public Dictionary<string, long> Expected => _taken.ToDictionary(source => source.Key, source => source.Value.Count + 1L);

        public IEnumerable<int> Taken => _taken.Values.SelectMany(numbers => numbers);

        public List<int> Of(string source) => _taken[source];

        /// <summary>Takes a chunk as a server does, and says what it acknowledges.</summary>
        public (string Source, long Sequence) Take(byte[] utf8)
        {
            var chunk = Assert.IsType<TextChunk>(ClientMessage.Parse(utf8));
            var taken = _taken[chunk.Source ?? ""];
            Assert.True(chunk.Sequence <= taken.Count + 1, "A hole.");
            if (chunk.Sequence == taken.Count + 1) taken.Add(int.Parse(chunk.Text, CultureInfo.InvariantCulture));
            return (chunk.Source ?? "", chunk.Sequence);
        }
    }
}
