using System.Diagnostics;
using Parley.Conversations;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;

/// <summary>
/// Conversations that open, talk, end, are erased, put away and found again, with viewers who come and go, read slowly or not at all. Memory must
/// come back to what it was, and the counts at the end must be exact.
/// </summary>
#pragma warning disable CA1001 // RunAsync makes the directory and disposes of it.
internal sealed class Soak(Options options) : IConversationObserver
#pragma warning restore CA1001
{
    private readonly int _streams = options.Count("--streams", 60);
    private readonly double _rate = options.Number("--rate", 4);
    private readonly TimeSpan _length = TimeSpan.FromMinutes(options.Number("--minutes", 30));
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private ConversationDirectory _directory = null!;
    private long _chunks, _work, _ended, _erased, _viewed, _slow, _late, _finals, _errors;
    private int _next;

    public static Task RunAsync(Options options) => new Soak(options).RunAsync();

    public void Opened(LiveConversation conversation, ConversationState state)
    {
    }

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        foreach (var (fact, _) in facts)
        {
            if (fact is not Told { Payload: var payload, SegmentId: var id }) continue;
            if (payload is FinalizedPayload) Interlocked.Increment(ref _finals);
            if (payload is WorkflowRoutedPayload && state.Pending.ContainsKey(id!)) _ = AnswerAsync(conversation.StreamId, id!);
        }
    }

    private async Task RunAsync()
    {
        using var file = new TemporaryLog(options);
        await using (var log = await file.OpenAsync())
        {
            var run = new ConversationOptions { PassivateAfter = TimeSpan.FromSeconds(10), EndDrain = TimeSpan.FromSeconds(2) };
            await using var directory = _directory = new ConversationDirectory(log, run, observer: this);
            Console.WriteLine("| minute | conversations begun | in memory | viewers | managed after collection, MiB | working set, MiB | log, MiB | processor, s |");
            Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
            var speakers = Task.WhenAll(Enumerable.Range(0, _streams).Select(place => Task.Run(() => HoldAsync(place, log))));
            // What the first minute leaves, compiled code and pools, is there from then on.
            for (var minute = 1; !speakers.IsCompleted; minute++)
            {
                await Task.WhenAny(speakers, Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System));
                Report($"{minute}", file);
            }

            await speakers;
            await Task.Delay(TimeSpan.FromSeconds(25), TimeProvider.System);
            Report("quiet", file);
            await _directory.DisposeAsync();
            await CountAsync(log);
        }
    }

    // One conversation after the other, each with its own end.
    private async Task HoldAsync(int place, IEventLog log)
    {
        var random = new Random(place);
        while (_clock.Elapsed < _length)
        {
            var stream = Talk.Stream(Interlocked.Increment(ref _next));
            await _directory.OpenAsync(stream, new ConversationSettings { Workflows = Enum.GetValues<Workflow>() });
            using var left = new CancellationTokenSource();
            var viewers = Enumerable.Range(0, random.Next(3)).Select(kind => ViewAsync(stream, kind, left.Token)).ToList();
            var chunks = random.Next(20, 240);
            for (var sequence = 1; sequence <= chunks; sequence++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 / _rate), TimeProvider.System);
                await SpeakAsync(stream, sequence);
                // Long enough to be put away.
                if (random.Next(200) == 0) await Task.Delay(TimeSpan.FromSeconds(25), TimeProvider.System);
                if (random.Next(100) == 0) viewers.Add(ViewAsync(stream, 0, left.Token));
            }

            if (random.Next(4) == 0) await EraseAsync(stream, chunks);
            else await EndAsync(stream);
            if (random.Next(2) == 0) await left.CancelAsync();
            else left.CancelAfter(TimeSpan.FromSeconds(10));
            await Task.WhenAll(viewers);
        }
    }

    private async Task SpeakAsync(string stream, long sequence)
    {
        if (await _directory.PostAsync(stream, Talk.Chunk(sequence)) is { Refusal: null, IsRepeat: false }) Interlocked.Increment(ref _chunks);
        else Interlocked.Increment(ref _errors);
    }

    private async Task EndAsync(string stream)
    {
        await _directory.PostAsync(stream, new End("requested"));
        Interlocked.Increment(ref _ended);
    }

    // Somebody sends to it while it is erased, and finds that out.
    private async Task EraseAsync(string stream, long chunks)
    {
        var late = SendLateAsync(stream, chunks + 1);
        if (await _directory.EraseAsync(stream)) Interlocked.Increment(ref _erased);
        Interlocked.Add(ref _chunks, -chunks - await late);
    }

    private async Task<long> SendLateAsync(string stream, long sequence)
    {
        for (var taken = 0; ; taken++)
        {
            try
            {
                await SpeakAsync(stream, sequence + taken);
            }
            catch (StreamErasedException)
            {
                Interlocked.Increment(ref _late);
                return taken;
            }
        }
    }

    private async Task ViewAsync(string stream, int kind, CancellationToken left)
    {
        try
        {
            await foreach (var fact in _directory.Feed.FollowAsync(stream, 0, left))
            {
                Interlocked.Increment(ref _viewed);
                // One looks at all, one is slow, one stops looking.
                if (kind > 0) await Task.Delay(kind == 1 ? TimeSpan.FromMilliseconds(400) : Timeout.InfiniteTimeSpan, TimeProvider.System, left);
            }
        }
        catch (SlowViewerException)
        {
            Interlocked.Increment(ref _slow);
        }
        catch (Exception gone) when (gone is OperationCanceledException or StreamErasedException)
        {
            return;
        }
    }

    private async Task AnswerAsync(string stream, string segmentId)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            if (await _directory.PostAsync(stream, new ReportWork(segmentId, new WorkflowResultPayload("general", "soak/1", "an answer"))) is { IsRepeat: false })
                Interlocked.Increment(ref _work);
        }
        catch (StreamErasedException)
        {
            return;
        }
    }

    private void Report(string minute, TemporaryLog file)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(
            $"| {minute} | {_next:N0} | {_directory.Count} | {_directory.Feed.Viewers} | {managed / 1048576.0:0.00} | {self.WorkingSet64 / 1048576.0:0.0} | {file.Bytes / 1048576.0:0.0} | {self.TotalProcessorTime.TotalSeconds:0} |");
    }

    private async Task CountAsync(IEventLog log)
    {
        var heads = await log.ListAsync().ToListAsync();
        long chunks = 0, unverified = 0, facts = 0;
        foreach (var head in heads.Where(head => head.State != StreamState.Erased))
        {
            chunks += await log.ReadAsync(head.Stream, 0).CountAsync(record => record.Type == "chunk_accepted");
            var replay = await Replay.VerifyAsync(log, head.Stream);
            facts += replay.Facts;
            if (!replay.IsVerified) unverified++;
        }

        Console.WriteLine();
        Console.WriteLine($"begun {_next:N0} = in the log {heads.Count:N0}; acknowledged chunks of those not erased {_chunks:N0} = in the log {chunks:N0}; refused or repeated {_errors}");
        Console.WriteLine($"ended {_ended:N0} = in the log {heads.Count(head => head.State == StreamState.Ended):N0}; erased {_erased:N0} = in the log {heads.Count(head => head.State == StreamState.Erased):N0}; told so {_late:N0}");
        Console.WriteLine($"facts {facts:N0}, conversations that do not verify {unverified}; finals seen {_finals:N0}, answers {_work:N0}; shown {_viewed:N0}, viewers closed for slowness {_slow:N0}, partials not shown {_directory.Feed.PartialsDropped:N0}");
        Console.WriteLine($"viewers left {_directory.Feed.Viewers}, conversations left in memory {_directory.Count}");
    }
}
