using System.Text.RegularExpressions;
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
public sealed partial class ChatModel(
    IChatClient client,
    LlmBudget? budget = null,
    ModelCallOptions? options = null,
    ParleyTelemetry? telemetry = null,
    TimeProvider? clock = null,
    ITokenCounter? counter = null)
{
    private readonly ModelCallOptions _options = options ?? new ModelCallOptions();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ChatClientMetadata? _metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
    private readonly ITokenCounter _counter = counter
        ?? client.GetService(typeof(ITokenCounter), options?.Model) as ITokenCounter
        ?? EstimatedTokenCounter.Instance;

    // What its answers have shown: reasoning without an opening tag, and reasoning that takes more tokens than an answer may have.
    private volatile bool _reasonsUnopened = IsNamedAfterReasoning(
        options?.Model ?? (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId);
    private volatile bool _needsMoreTokens;

    /// <summary>What each stream may use of it, and has used.</summary>
    public LlmBudget Budget { get; } = budget ?? new LlmBudget();

    /// <summary>Gets whether the model works, from its calls.</summary>
    public ModelHealth Health { get; private init; } = new();

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
            var call = NewCall();
            await call.RunAsync(new Prompt("", "Reply with OK."), format: null, limit, onPiece: null, cancellationToken);
            Learn(call);
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

    /// <summary>Returns a model that calls ask for something else; client, budget and health are shared.</summary>
    /// <param name="callOptions">What its calls ask for.</param>
    public ChatModel With(ModelCallOptions callOptions) => new(client, Budget, callOptions, telemetry, clock, counter) { Health = Health };

    /// <summary>Asks; null if the stream's budget does not allow it. An answer that stays cut has a <see cref="ModelAnswer.CutReason"/>.</summary>
    /// <exception cref="InvalidAnswerException">The answer is too long.</exception>
    /// <exception cref="WorkRefusedException">The answer was filtered, or is empty twice.</exception>
    internal async Task<ModelAnswer?> AskAsync(
        ModelUse use, Prompt prompt, ChatResponseFormat? format, Action<string>? onPiece, CancellationToken cancellationToken)
    {
        var limit = _needsMoreTokens ? Math.Max(_options.MaxOutputTokens, _options.LargerOutputTokens) : _options.MaxOutputTokens;
        if (await CallAsync(use, prompt, format, limit, onPiece, cancellationToken) is not { } first) return null;
        var mayGrow = limit < _options.LargerOutputTokens;
        if (first.Text.Length > 0 && (first.CutReason is null || !mayGrow)) return first;

        // What could help is room: for the rest, or for the answer behind the reasoning.
        var second = await AgainAsync();
        if (second is null && first.Text.Length == 0) return null;
        _needsMoreTokens |= first.Text.Length == 0 && first.CutReason is not null && second is { CutReason: null, Text.Length: > 0 };
        var best = second is { Text.Length: > 0 } ? second : first;
        return best.Text.Length > 0 ? best : throw Empty(best, prompt);

        async Task<ModelAnswer?> AgainAsync()
        {
            var isCut = first.Text.Length > 0;
            try
            {
                // Viewers have the pieces of a cut answer; the whole one takes their place.
                var larger = mayGrow ? _options.LargerOutputTokens : limit;
                return await CallAsync(use, prompt, format, larger, isCut ? null : onPiece, cancellationToken);
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
        Prompt prompt,
        ChatResponseFormat? format,
        int limit,
        Action<string>? onPiece,
        CancellationToken cancellationToken)
    {
        // A tokenizer takes time and memory that are spent where there is a limit; most servers report what they counted.
        var input = PromptTokens.Count(prompt, Budget.IsLimited ? _counter : EstimatedTokenCounter.Instance);
        var most = new LlmUsage(1, input, limit, PriceOf(reported: null)?.CostOf(input, limit) ?? 0);
        if (!Budget.TryReserve(use.StreamId, most)) return null;

        using var span = ModelSpan.Begin(_metadata, _options, use, format, limit);
        var started = _clock.GetTimestamp();
        var metered = use.Meter?.Begin(Usage(input, output: 0, TokenCounts.Estimate, reported: null));
        var call = NewCall();
        string? error = null;
        try
        {
            await call.RunAsync(prompt, format, limit, onPiece, cancellationToken);
            Learn(call);
            if (call.Text.Length > 0) Health.Answered(_clock.GetUtcNow());
            return call.ToAnswer(prompt, _counter);
        }
        catch (Exception e)
        {
            var problem = ModelProblem.Of(e, $"{prompt.User} {call.Text}", _clock.GetUtcNow());
            Health.Note(problem);
            error = problem.Reason;
            throw;
        }
        finally
        {
            var answer = call.ToAnswer(prompt, _counter);
            var usage = UsageOf(answer);
            Budget.Settle(use.StreamId, most, new LlmUsage(1, usage.InputTokens, usage.OutputTokens, usage.Cost ?? 0));
            if (metered is { } number) use.Meter!.End(number, usage);
            if (span is not null) ModelSpan.End(span, answer, usage, error);
            telemetry?.LlmCalled(use.Name, _clock.GetElapsedTime(started), error);
            telemetry?.TokensUsed(use.Name, RequestedModel, usage);
        }
    }

    /// <summary>Counts items of an answer that were left out.</summary>
    internal void LeftOut(string workflow, int count) => telemetry?.ItemsLeftOut(workflow, count);

    private string? RequestedModel => _options.Model ?? _metadata?.DefaultModelId;

    private ModelPrice? PriceOf(string? reported) => Budget.Prices.Find(RequestedModel, reported);

    private TokenUsage UsageOf(ModelAnswer answer)
    {
        var ours = _counter is EstimatedTokenCounter ? TokenCounts.Estimate : TokenCounts.Tokenizer;
        var countedBy = answer.Input.IsEstimated || answer.Output.IsEstimated ? ours : TokenCounts.Server;
        return Usage(answer.Input.Tokens, answer.Output.Tokens, countedBy, answer.Model);
    }

    private TokenUsage Usage(long input, long output, string countedBy, string? reported)
    {
        var price = PriceOf(reported);
        return new(1, input, output, countedBy)
        {
            Model = ModelNames.Clean(reported) ?? RequestedModel,
            Cost = price?.CostOf(input, output),
            Currency = price is null ? null : Budget.Prices.Currency,
        };
    }

    private ModelCall NewCall() => new(new ErrorMappingChatClient(client, _clock), _options, _reasonsUnopened, _clock);

    private void Learn(ModelCall call) => _reasonsUnopened |= call.WasUnopened;

    private WorkRefusedException Empty(ModelAnswer answer, Prompt prompt)
    {
        var empty = new WorkRefusedException(answer.CutReason is null ? "empty_answer" : "output_limit");
        Health.Note(ModelProblem.Of(empty, prompt.User, _clock.GetUtcNow()));
        return empty;
    }

    private static bool IsNamedAfterReasoning(string? model) => model is not null && ReasoningName().IsMatch(model);

    [GeneratedRegex("(?<![a-z])(r1|qwq)(?![a-z0-9])|think|reason|magistral", RegexOptions.IgnoreCase)]
    private static partial Regex ReasoningName();
}
