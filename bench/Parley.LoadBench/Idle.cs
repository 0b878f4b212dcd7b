using System.Diagnostics;
using System.Text;

/// <summary>Streams that are open and silent: what they cost to have, and whether all of them still answer.</summary>
internal static class Idle
{
    public static async Task<bool> MeasureAsync(Options options)
    {
        var kind = options.Text("--server", "parley");
        var count = options.Count("--streams", 10_000);
        await using var server = await ServerProcess.StartAsync(kind, options);
        var before = server.Read();
        var answers = new Answers(count);
        var sockets = new FrameSocket[count];
        var started = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = patience.Token }, async (number, _) =>
        {
            sockets[number] = await FrameSocket.ConnectAsync(server.Socket, answers.Hear, CancellationToken.None);
            sockets[number].Send(Encoding.UTF8.GetBytes($$"""{"type":"START_SESSION","config":{},"stream_id":"{{new Talk(number).StreamId}}"}"""));
        });
        await answers.AllAsync(patience.Token);
        var (connected, opened) = (Stopwatch.GetElapsedTime(started), server.Read());

        await Task.Delay(TimeSpan.FromSeconds(options.Number("--settle", 30)), TimeProvider.System);
        var settled = server.Read();
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        var rested = server.Read();

        answers.Begin();
        started = Stopwatch.GetTimestamp();
        foreach (var socket in sockets) socket.Send("""{"type":"PING","timestamp":1}"""u8);
        await answers.AllAsync(patience.Token);
        var answered = Stopwatch.GetElapsedTime(started);
        var gone = sockets.Count(socket => socket.Closed.IsCompleted);
        foreach (var socket in sockets) socket.Dispose();

        Console.WriteLine("| server | streams | connected in s | MB before | connected | settled | at most | kB each | cores at rest | all answer a ping in ms |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        Console.WriteLine(
            $"| {kind} | {count:N0} | {connected.TotalSeconds:0.0} | {before.ResidentMegabytes:0} | {opened.ResidentMegabytes:0} | {settled.ResidentMegabytes:0} | {rested.PeakMegabytes:0} | {(settled.ResidentMegabytes - before.ResidentMegabytes) * 1e3 / count:0.0} | {(rested.ProcessorSeconds - settled.ProcessorSeconds) / 10:0.00} | {answered.TotalMilliseconds:0} |");
        if (gone > 0) Console.WriteLine($"FAULT: {gone:N0} connections are gone");
        return gone == 0;
    }

    // One answer from each, whatever it is.
    private sealed class Answers(int wanted)
    {
        private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _heard;

        public void Begin()
        {
            _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _heard = 0;
        }

        public Task AllAsync(CancellationToken cancellationToken) => _all.Task.WaitAsync(cancellationToken);

        public void Hear(ReadOnlySpan<byte> message)
        {
            if (Interlocked.Increment(ref _heard) == wanted) _all.TrySetResult();
        }
    }
}
