using Microsoft.Extensions.Options;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Settings;
using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Storage.Sqlite;
using Parley.Telemetry;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>The engine of this server, from the start of the host to its end: the log, the conversations over it, and their work.</summary>
internal sealed class ServerEngine(
    IServiceProvider services,
    IOptions<ParleyOptions> options,
    IOptions<ModelOptions> model,
    IOptions<EngineParts> parts,
    StreamLimits limits,
    LogWatch watch,
    UnreadableWatch unreadable,
    ModelWatch modelWatch,
    TimeProvider clock,
    ParleyTelemetry telemetry) : IAsyncDisposable
{
    private Started? _running;
    private IDisposable? _openStreams;

    /// <summary>Where facts are.</summary>
    public IEventLog Log => Running.Log;

    /// <summary>The same; null while it is not open.</summary>
    public IEventLog? FindLog() => Volatile.Read(ref _running)?.Log;

    /// <summary>The conversations that cannot be read, and why; none while the log is not open.</summary>
    public IReadOnlyDictionary<string, string> FindUnreadable() =>
        Volatile.Read(ref _running)?.Directory.Unreadable ?? new Dictionary<string, string>();

    /// <summary>The conversations.</summary>
    public ConversationDirectory Directory => Running.Directory;

    /// <summary>Their work.</summary>
    public ConversationWork Work => Running.Work;

    /// <summary>What conversations are read with where a client does not say otherwise.</summary>
    public ConversationSettings Defaults => Running.Defaults;

    /// <summary>The models that a client may choose for its conversation.</summary>
    public IReadOnlyList<string> AllowedModels => model.Value.AllowedModels;

    /// <summary>The replaceable parts of the rules that they are read by.</summary>
    public ConversationRules Rules => Running.Rules;

    /// <summary>What a model is asked with.</summary>
    public PromptLibrary Prompts => parts.Value.Prompts;

    /// <summary>Counts the tokens of prompts.</summary>
    public ITokenCounter TokenCounter => parts.Value.TokenCounter ?? EstimatedTokenCounter.Instance;

    /// <summary>Gets when the newest fact was stored, as the log was opened; null where there was none.</summary>
    public DateTimeOffset? NewestFactAtStart => Running.NewestFact;

    private Started Running => Volatile.Read(ref _running) ?? throw new InvalidOperationException(
        "Parley is not running: its log is opened when the host starts. Call StartAsync or RunAsync on the application first.");

    /// <summary>Opens the log. Nothing listens before that is done.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // What is wrong with the parts is told before anything is opened.
        var (settings, chosen) = (options.Value, parts.Value);
        var folder = settings.Data is { } data ? FolderLock.Take(data) : null;
        var log = await OpenAsync(settings, folder, cancellationToken);
        var newest = await log.FindNewestFactAsync(cancellationToken);
        var rules = chosen.ToRules();
        var directory = new ConversationDirectory(log, OptionsOf(settings, chosen, rules), clock, telemetry);
        directory.Observe(new CountedStreams(limits));
        directory.Observe(watch);
        directory.Observe(unreadable);
        var budget = new LlmBudget(LimitsOf(model.Value), model.Value.ToPrices());
        var models = new ConfiguredModels(services, chosen, budget, telemetry, clock);
        var handlers = new Handlers(services, models, chosen.Prompts);
        var progress = new ProgressFeed(directory, clock);
        var summaries = new Summaries(log, models.For(ModelUses.Summary), PatienceOf(settings), clock, chosen.Prompts);
        var work = new ConversationWork(
            directory, handlers.ByName, summaries, chosen.Work, progress.Report, clock, telemetry, models.Distinct.Count > 0 ? budget : null, models.Choices);
        var defaults = chosen.Defaults with { Workflows = handlers.Workflows, ExtractsGeneral = handlers.ExtractsGeneral };
        foreach (var stream in unreadable.Load()) await directory.CheckAsync(stream, cancellationToken);
        _openStreams = telemetry.ObserveOpenStreams(() => limits.Count);
        Volatile.Write(ref _running, new Started(folder, log, directory, work, progress, models, defaults, rules, newest));
        await modelWatch.StartAsync(models.Distinct, cancellationToken);
    }

    /// <summary>Finishes what was accepted, and closes the log last. Twice is fine.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _running, null) is not { } running) return;
        _openStreams?.Dispose();
        await modelWatch.DisposeAsync();
        await running.Work.StopAsync(TimeSpan.FromSeconds(options.Value.ShutdownSec));
        await running.Directory.DisposeAsync();
        await running.Progress.DisposeAsync();
        await running.Work.DisposeAsync();
        running.Models.Dispose();
        await running.Log.DisposeAsync();
        running.Folder?.Dispose();
    }

    private static ConversationOptions OptionsOf(ParleyOptions settings, EngineParts chosen, ConversationRules rules) => new()
    {
        InputCapacity = settings.InputCapacity,
        ViewerCapacity = settings.ViewerCapacity,
        AbandonAfter = TimeSpan.FromSeconds(settings.AbandonAfterSec),
        PassivateAfter = TimeSpan.FromSeconds(settings.PassivateAfterSec),
        ResumeGrace = TimeSpan.FromSeconds(settings.ResumeGraceSec),
        EndDrain = TimeSpan.FromSeconds(settings.EndDrainSec),
        Formats = chosen.Formats,
        Rules = rules,
    };

    // The end must have a summary before it stops waiting, and the log takes its time, too.
    private static TimeSpan PatienceOf(ParleyOptions settings) => TimeSpan.FromSeconds(settings.EndDrainSec * 2 / 3);

    private static LlmLimits LimitsOf(ModelOptions model) => new()
    {
        MaxCalls = model.CallsPerStream,
        MaxTokens = model.TokensPerStream,
        MaxCost = model.CostPerStream,
    };

    private async Task<IEventLog> OpenAsync(ParleyOptions settings, IDisposable? folder, CancellationToken cancellationToken)
    {
        if (parts.Value.OpenLog is { } open) return await open(services, cancellationToken);
        if (settings.Data is not { } data) return new MemoryEventLog(clock);
        try
        {
            var file = new SqliteLogOptions { Path = Path.Combine(data, "parley.db"), Durability = settings.Durability };
            return await SqliteEventLog.OpenAsync(file, clock, cancellationToken);
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }

    private sealed record Started(
        IDisposable? Folder,
        IEventLog Log,
        ConversationDirectory Directory,
        ConversationWork Work,
        ProgressFeed Progress,
        ConfiguredModels Models,
        ConversationSettings Defaults,
        ConversationRules Rules,
        DateTimeOffset? NewestFact);
}
