using Parley.Client;
using Parley.Protocol;

await using var client = await ParleyClient.StartAsync(new Uri(args.FirstOrDefault("http://127.0.0.1:5210")));

var watching = Task.Run(async () =>
{
    await foreach (var envelope in client.Events)
    {
        if (envelope.Payload is FinalizedPayload { Segment: var said, Semantic: var meaning })
            Console.WriteLine($"{said.SpeakerId}: {said.Text} [{meaning?.Intent}]");
    }
});

await client.SendAsync(new Chunk(0.0, 1.2, "Shall we ship", "ana"));
await client.SendAsync(new Chunk(1.3, 2.0, "on Thursday?", "ana"));
await client.SendAsync(new Chunk(1.8, 2.6, "Thursday works.", "ben"));

var stats = await client.EndAsync();
await watching;
Console.WriteLine($"{stats.SegmentsFinalized} segments in {client.StreamId}");
