using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Parley.Context;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.Work;

/// <summary>
/// A model that handlers ask: a chat client with a budget, a bound on answers, and figures. It keeps reasoning out of answers, and asks
/// once more for an answer that is cut or empty.
/// </summary>
/// <param name="client">
/// The client. It should not retry: the dispatcher does. Its errors are mapped: see <see cref="ErrorMappingChatClient"/>.
/// </param>
/// <param name="budget">What each stream may use; null is no limit.</param>
/// <param name="options">What calls ask for; null is the defaults.</param>
/// <param name="telemetry">Takes calls and durations.</param>
/// <param name="clock">The clock; null is the system's.</param>
/// <param name="counter">
/// Counts tokens for budgets, and those that the server does not report. Null is the client's service of this type, with the model's name as key
/// where the options name one, or else <see cref="EstimatedTokenCounter"/>.
/// </param>
/// <param name="choices">What conversations chose of what calls ask for; null for nothing.</param>
public sealed class ChatModel(
    IChatClient client,
    LlmBudget? budget = null,
    ModelCallOptions? options = null,
    ParleyTelemetry? telemetry = null,
    TimeProvider? clock = null,
    ITokenCounter? counter = null,
    ModelChoices? choices = null)
{
    private readonly ModelCallOptions _options = options ?? new ModelCallOptions();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ChatClientMetadata? _metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;

    /// <summary>What each stream may use of it, and has used.</summary>
    public LlmBudget Budget { get; } = budget ?? new LlmBudget();

    /// <summary>
    /// Gets whether the model works, from its calls. Calls of another model that a conversation chose say nothing about it.
    /// </summary>
    public ModelHealth Health { get; private init; } = new();

    // What the answers of each model have shown. Conversations choose from a list that the host has, so that there are few.
    private ConcurrentDictionary<string, ModelTraits> Traits { get; init; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Asks the model for a word, outside all budgets, and returns why that did not work; null if it did. <see cref="Health"/> knows it,
    /// too.
    /// </summary>
    /// <param name="cancellationToken">Gives up: the problem is then a time-out.</param>
    public async Task<ModelProblem?> CheckAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            // A model that reasons needs room for it, however short its answer is.
            var limit = Math.Max(_options.MaxOutputTokens, _options.LargerOutputTokens);
            var call = NewCall(_options);
            var prompt = new Prompt("You check a connection.", "Reply with OK.");
            await call.RunAsync(prompt, format: null, limit, onPiece: null, cancellationToken);
            TraitsOf(_options).Note(call);
            Health.Answered(_clock.GetUtcNow());
            return null;
        }
        catch (Exception e)
        {
            var problem = ModelProblem.Of(e, said: "", _clock.GetUtcNow());
            Health.Note(problem, isCertain: true);
            return problem;
        }
    }

    /// <summary>Returns a service of the client; null if it has none of this type.</summary>
    /// <typeparam name="T">The type, such as <see cref="ChatClientMetadata"/>.</typeparam>
    public T? GetService<T>()
        where T : class => client.GetService(typeof(T)) as T;

    /// <summary>Returns a model that calls ask for something else; client, budget, health and what is known of the model are shared.</summary>
    /// <param name="callOptions">What its calls ask for.</param>
    public ChatModel With(ModelCallOptions callOptions) =>
        new(client, Budget, callOptions, telemetry, clock, counter, choices) { Health = Health, Traits = Traits };

    /// <summary>
    /// Asks; null if the stream's budget does not allow it. An answer that stays cut has a <see cref="ModelAnswer.CutReason"/>.
    /// </summary>
    /// <exception cref="InvalidAnswerException">The answer is too long.</exception>
    /// <exception cref="WorkRefusedException">The answer was filtered, or is empty twice.</exception>
    internal async Task<ModelAnswer?> AskAsync(
        ModelUse use, Prompt prompt, ChatResponseFormat? format, Action<AnswerPiece>? onPiece, CancellationToken cancellationToken)
    {
        var asked = choices?.Over(use.StreamId, _options) ?? _options;
        var traits = TraitsOf(asked);
        var limit = traits.NeedsMoreTokens ? Math.Max(asked.MaxOutputTokens, asked.LargerOutputTokens) : asked.MaxOutputTokens;
        if (await CallAsync(use, asked, prompt, format, limit, onPiece, cancellationToken) is not { } first) return null;
        var mayGrow = limit < asked.LargerOutputTokens;
        if (first.Text.Length > 0 && (first.CutReason is null || !mayGrow)) return first;

        // What could help is room: for the rest, or for the answer behind the reasoning.
        var second = await AgainAsync();
        if (second is null && first.Text.Length == 0) return null;
        traits.NeedsMoreTokens |= first.Text.Length == 0 && first.CutReason is not null && second is { CutReason: null, Text.Length: > 0 };
        var best = second is { Text.Length: > 0 } ? second : first;
        return best.Text.Length > 0 ? best : throw Empty(asked, best, prompt);

        async Task<ModelAnswer?> AgainAsync()
        {
            var isCut = first.Text.Length > 0;
            try
            {
                // Viewers have the pieces of a cut answer; the whole one takes their place.
                var larger = mayGrow ? asked.LargerOutputTokens : limit;
                return await CallAsync(use, asked, prompt, format, larger, isCut ? null : onPiece, cancellationToken);
            }
            catch (Exception) when (isCut && !cancellationToken.IsCancellationRequested)
            {
                // A cut answer is more than none. That the call failed is counted, and known to Health.
                return null;
            }
        }
    }

    /// <summary>Makes one call; null if the stream's budget does not allow it. The text may be empty.</summary>
    private async Task<ModelAnswer?> CallAsync(
        ModelUse use,
        ModelCallOptions asked,
        Prompt prompt,
        ChatResponseFormat? format,
        int limit,
        Action<AnswerPiece>? onPiece,
        CancellationToken cancellationToken)
    {
        // A tokenizer takes time and memory that are spent where there is a limit; most servers report what they counted.
        var input = PromptTokens.Count(prompt, Budget.IsLimited ? CounterOf(asked) : EstimatedTokenCounter.Instance);
        var most = new LlmUsage(1, input, limit, Budget.Prices.Find(NameOf(asked), reported: null)?.CostOf(input, limit) ?? 0);
        if (!Budget.TryReserve(use.StreamId, most)) return null;

        using var span = ModelSpan.Begin(_metadata, asked, use, format, limit);
        var started = _clock.GetTimestamp();
        var metered = use.Meter?.Begin(Usage(asked, input, output: 0, TokenCounts.Estimate, reported: null));
        var call = NewCall(asked);
        string? error = null;
        try
        {
            await call.RunAsync(prompt, format, limit, onPiece, cancellationToken);
            TraitsOf(asked).Note(call);
            if (call.Text.Length > 0 && IsOwn(asked)) Health.Answered(_clock.GetUtcNow());
            return call.ToAnswer(prompt, CounterOf(asked));
        }
        catch (Exception e)
        {
            var problem = ModelProblem.Of(e, $"{prompt.User} {call.Text}", _clock.GetUtcNow());
            if (IsOwn(asked)) Health.Note(problem);
            error = problem.Reason;
            throw;
        }
        finally
        {
            var answer = call.ToAnswer(prompt, CounterOf(asked));
            var usage = UsageOf(asked, answer);
            Budget.Settle(use.StreamId, most, new LlmUsage(1, usage.InputTokens, usage.OutputTokens, usage.Cost ?? 0));
            if (metered is { } number) use.Meter!.End(number, usage);
            if (span is not null) ModelSpan.End(span, answer, usage, error);
            telemetry?.LlmCalled(use.Name, _clock.GetElapsedTime(started), error);
            telemetry?.TokensUsed(use.Name, NameOf(asked), usage);
        }
    }

    /// <summary>Counts items of an answer that were left out.</summary>
    internal void LeftOut(string workflow, int count) => telemetry?.ItemsLeftOut(workflow, count);

    // A conversation may have chosen another model, with another tokenizer and another price.
    private string? NameOf(ModelCallOptions asked) => asked.Model ?? _metadata?.DefaultModelId;

    private bool IsOwn(ModelCallOptions asked) => NameOf(asked) == NameOf(_options);

    private ModelTraits TraitsOf(ModelCallOptions asked) => Traits.GetOrAdd(NameOf(asked) ?? "", name => new ModelTraits(name));

    private ITokenCounter CounterOf(ModelCallOptions asked) => counter
        ?? client.GetService(typeof(ITokenCounter), asked.Model) as ITokenCounter
        ?? EstimatedTokenCounter.Instance;

    private TokenUsage UsageOf(ModelCallOptions asked, ModelAnswer answer)
    {
        var ours = CounterOf(asked) is EstimatedTokenCounter ? TokenCounts.Estimate : TokenCounts.Tokenizer;
        var countedBy = answer.Input.IsEstimated || answer.Output.IsEstimated ? ours : TokenCounts.Server;
        return Usage(asked, answer.Input.Tokens, answer.Output.Tokens, countedBy, answer.Model);
    }

    private TokenUsage Usage(ModelCallOptions asked, long input, long output, string countedBy, string? reported)
    {
        var price = Budget.Prices.Find(NameOf(asked), reported);
        return new(1, input, output, countedBy)
        {
            Model = ModelNames.Clean(reported) ?? NameOf(asked),
            Cost = price?.CostOf(input, output),
            Currency = price is null ? null : Budget.Prices.Currency,
        };
    }

    private ModelCall NewCall(ModelCallOptions asked) =>
        new(new ErrorMappingChatClient(client, _clock), asked, TraitsOf(asked).ReasonsUnopened, _clock);

    private WorkRefusedException Empty(ModelCallOptions asked, ModelAnswer answer, Prompt prompt)
    {
        var empty = new WorkRefusedException(answer.CutReason is null ? "empty_answer" : "output_limit");
        if (IsOwn(asked)) Health.Note(ModelProblem.Of(empty, prompt.User, _clock.GetUtcNow()));
        return empty;
    }
}
