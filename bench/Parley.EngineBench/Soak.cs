using System.Diagnostics;
using System.Threading.Channels;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;
using Parley.Work;

/// <summary>
/// Conversations that open, talk, end, are erased, put away and found again, some of them from a recogniser's messages, some redacted, all with a moody model
/// that has a budget, and with viewers who come and go, read slowly or not at all. Memory must come back to what it was, and the counts at the end must be exact.
/// </summary>
#pragma warning disable CA1001 // RunAsync makes the directory and disposes of it.
internal sealed class Soak(Options options) : IConversationObserver
#pragma warning restore CA1001
{
    private readonly int _streams = options.Count("--streams", 60);
    private readonly double _rate = options.Number("--rate", 4);
    private readonly TimeSpan _length = TimeSpan.FromMinutes(options.Number("--minutes", 30));
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SoakModel _model = new();
    private readonly LlmBudget _budget = new(new LlmLimits { MaxCalls = 25 });
    private ConversationDirectory _directory = null!;
    private ConversationWork _work = null!;
    private long _chunks, _ended, _erased, _viewed, _slow, _late, _finals, _errors;
    private int _next;

    public static Task RunAsync(Options options) => new Soak(options).RunAsync();

    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts) =>
        Interlocked.Add(ref _finals, facts.Count(fact => fact.Fact is VisibleFact { Payload: FinalizedPayload }));

    private async Task RunAsync()
    {
        using var file = new TemporaryLog(options);
        await using (var log = await file.OpenAsync())
        {
            var run = new ConversationOptions { PassivateAfter = TimeSpan.FromSeconds(10), EndDrain = TimeSpan.FromSeconds(2) };
            await using var directory = _directory = new ConversationDirectory(log, run);
            directory.Observe(this);
            await using var work = _work = WorkOver(log, directory);
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
            await work.StopAsync(TimeSpan.FromSeconds(10));
            await _directory.DisposeAsync();
            await CountAsync(log);
        }
    }

    private ConversationWork WorkOver(IEventLog log, ConversationDirectory directory)
    {
        var model = new ChatModel(_model, _budget);
        var handlers = new Dictionary<string, IWorkflowHandler>
        {
            [Workflow.Question.ToName()] = new AnswerHandler(model),
            [Workflow.ActionItem.ToName()] = ExtractionHandler.OfActions(model),
            [Workflow.Decision.ToName()] = ExtractionHandler.OfDecisions(model),
        };
        // So short that attempts run out and the queues overflow now and then.
        var hasty = new WorkflowOptions { Timeout = TimeSpan.FromSeconds(1), RetryDelay = TimeSpan.FromMilliseconds(100), MaxAttempts = 2, BatchDelay = TimeSpan.FromSeconds(2) };
        return new ConversationWork(
            directory, handlers, new Summaries(log, model, timeout: TimeSpan.FromSeconds(1)),
            new WorkOptions { Capacity = 30, Question = hasty with { Workers = 4, BatchSize = 1 }, ActionItem = hasty, Decision = hasty, General = hasty }, budget: _budget);
    }

    // One conversation after the other, each with its own end.
    private async Task HoldAsync(int place, IEventLog log)
    {
        var random = new Random(place);
        while (_clock.Elapsed < _length)
        {
            var stream = Talk.Stream(Interlocked.Increment(ref _next));
            await _directory.OpenAsync(stream, new ConversationSettings { Workflows = Enum.GetValues<Workflow>(), Redact = random.Next(4) == 0 });
            var talker = new SoakTalker(_directory, stream, isRecogniser: random.Next(3) == 0);
            using var left = new CancellationTokenSource();
            var viewers = Enumerable.Range(0, random.Next(3)).Select(kind => ViewAsync(stream, kind, left.Token)).ToList();
            var chunks = random.Next(20, 240);
            for (var sequence = 1; sequence <= chunks; sequence++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 / _rate), TimeProvider.System);
                await talker.SpeakAsync(sequence);
                // Long enough to be put away.
                if (random.Next(200) == 0) await Task.Delay(TimeSpan.FromSeconds(25), TimeProvider.System);
                if (random.Next(100) == 0) viewers.Add(ViewAsync(stream, 0, left.Token));
            }

            if (random.Next(4) == 0) await EraseAsync(stream, talker, chunks);
            else await EndAsync(stream, talker);
            if (random.Next(2) == 0) await left.CancelAsync();
            else left.CancelAfter(TimeSpan.FromSeconds(10));
            await Task.WhenAll(viewers);
        }
    }

    private async Task EndAsync(string stream, SoakTalker talker)
    {
        await _directory.PostAsync(stream, new End("requested"));
        await talker.FinishAsync();
        Interlocked.Add(ref _chunks, talker.Accepted);
        Interlocked.Add(ref _errors, talker.Errors);
        Interlocked.Increment(ref _ended);
    }

    // Somebody sends to it while it is erased, and finds that out.
    private async Task EraseAsync(string stream, SoakTalker talker, long chunks)
    {
        var late = SendLateAsync(talker, chunks + 1);
        if (await _directory.EraseAsync(stream)) Interlocked.Increment(ref _erased);
        await late;
    }

    private async Task SendLateAsync(SoakTalker talker, long sequence)
    {
        while (true)
        {
            try
            {
                await talker.SpeakAsync(sequence++);
            }
            catch (Exception gone) when (gone is ChannelClosedException or SequenceConflictException)
            {
                // What was held when the conversation went, or when the erasure took it: it would have to be sent again.
                continue;
            }
            catch (StreamErasedException)
            {
                Interlocked.Increment(ref _late);
                return;
            }
        }
    }

    private async Task ViewAsync(string stream, int kind, CancellationToken left)
    {
        try
        {
            await foreach (var fact in _directory.FollowAsync(stream, 0, left))
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
            var replay = await ConversationReplay.VerifyAsync(log, head.Stream);
            facts += replay.Facts;
            if (!replay.IsVerified) unverified++;
        }

        Console.WriteLine();
        Console.WriteLine($"begun {_next:N0} = in the log {heads.Count:N0}; acknowledged chunks of those not erased {_chunks:N0} = in the log {chunks:N0}; refused or repeated {_errors}");
        Console.WriteLine($"ended {_ended:N0} = in the log {heads.Count(head => head.State == StreamState.Ended):N0}; erased {_erased:N0} = in the log {heads.Count(head => head.State == StreamState.Erased):N0}; told so {_late:N0}");
        Console.WriteLine($"facts {facts:N0}, conversations that do not verify {unverified}; finals seen {_finals:N0}; shown {_viewed:N0}, viewers closed for slowness {_slow:N0}, partials not shown {_directory.Feed.PartialsDropped:N0}");
        var ledger = _work.Dispatcher.Ledger;
        Console.WriteLine($"work routed {ledger.Routed:N0} = done {ledger.Done:N0} + failed {ledger.Failed:N0} + dropped {ledger.Dropped:N0} + queued {ledger.Queued} + running {ledger.Running}: {ledger.Routed == ledger.Done + ledger.Failed + ledger.Dropped + ledger.Queued + ledger.Running}; calls of the model {_model.Calls:N0}");
        Console.WriteLine($"viewers left {_directory.Feed.Viewers}, conversations left in memory {_directory.Count}");
    }
}
