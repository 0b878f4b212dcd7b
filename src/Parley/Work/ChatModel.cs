using System.Text;
using Microsoft.Extensions.AI;
using Parley.Context;
using Parley.Telemetry;

namespace Parley.Work;

/// <summary>A model that handlers ask: a chat client with a budget, a bound on answers, and figures.</summary>
/// <param name="client">
/// The client. It should not retry: the dispatcher does. Its errors are mapped: see <see cref="ErrorMappingChatClient"/>.
/// </param>
/// <param name="budget">What each stream may use; null is no limit.</param>
/// <param name="maxOutputTokens">The most tokens of an answer. Default 500.</param>
/// <param name="telemetry">Takes calls and durations.</param>
/// <param name="clock">The clock; null is the system's.</param>
/// <param name="counter">
/// Counts tokens of prompts, and of answers whose server does not; null is <see cref="EstimatedTokenCounter"/>.
/// </param>
public sealed class ChatModel(
    IChatClient client,
    LlmBudget? budget = null,
    int maxOutputTokens = 500,
    ParleyTelemetry? telemetry = null,
    TimeProvider? clock = null,
    ITokenCounter? counter = null)
{
    // No tokenizer has tokens this long on average; a server that ignores the limit of tokens is cut off here.
    private const int CharactersPerToken = 16;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ITokenCounter _counter = counter ?? EstimatedTokenCounter.Instance;

    /// <summary>What each stream may use of it, and has used.</summary>
    public LlmBudget Budget { get; } = budget ?? new LlmBudget();

    /// <summary>Gets whether the model works, from its calls.</summary>
    public ModelHealth Health { get; } = new();

    /// <summary>
    /// Asks the model for a word, outside all budgets, and returns why that did not work; null if it did. <see cref="Health"/> knows it,
    /// too.
    /// </summary>
    /// <param name="cancellationToken">Gives up: the problem is then a time-out.</param>
    public async Task<ModelProblem?> CheckAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var options = new ChatOptions { MaxOutputTokens = 16 };
            var mapped = new ErrorMappingChatClient(client, _clock);
            await foreach (var _ in mapped.GetStreamingResponseAsync("Reply with OK.", options, cancellationToken))
            {
            }

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

    /// <summary>Asks; null if the stream's budget does not allow it.</summary>
    /// <exception cref="InvalidAnswerException">The answer is empty or too long.</exception>
    internal async Task<ModelAnswer?> AskAsync(
        string streamId, string use, Prompt prompt, ChatResponseFormat? format, Action<string>? onPiece, CancellationToken cancellationToken)
    {
        // Messages have a few tokens around their words.
        const int Overhead = 16;
        var input = _counter.Count(prompt.System) + _counter.Count(prompt.User) + Overhead;
        if (!Budget.TryReserve(streamId, input, maxOutputTokens)) return null;

        using var activity = ParleyTelemetry.Activities.StartActivity("parley.llm");
        var started = _clock.GetTimestamp();
        var answer = new StringBuilder();
        TokenCount inputTokens = new(input, IsEstimated: true);
        TokenCount? outputTokens = null;
        ChatFinishReason? end = null;
        string? name = null;
        string? error = null;
        try
        {
            var options = new ChatOptions { MaxOutputTokens = maxOutputTokens, Temperature = 0, ResponseFormat = format };
            ChatMessage[] messages = [new(ChatRole.System, prompt.System), new(ChatRole.User, prompt.User)];
            var updates = new ErrorMappingChatClient(client, _clock).GetStreamingResponseAsync(messages, options, cancellationToken);
            await foreach (var update in updates)
            {
                var usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details;
                if (usage?.InputTokenCount is { } prompted) inputTokens = new(prompted, IsEstimated: false);
                if (usage?.OutputTokenCount is { } answered) outputTokens = new(answered, IsEstimated: false);
                end = update.FinishReason ?? end;
                name = update.ModelId ?? name;
                if (update.Text.Length == 0) continue;
                answer.Append(update.Text);
                if (answer.Length > maxOutputTokens * CharactersPerToken) throw new InvalidAnswerException("it is too long");
                onPiece?.Invoke(update.Text);
            }

            var words = answer.ToString().Trim() is { Length: > 0 } text ? text : throw new InvalidAnswerException("it is empty");
            Health.Answered(_clock.GetUtcNow());
            return new ModelAnswer(words, inputTokens, outputTokens ??= Estimate(answer))
            {
                CutReason = end == ChatFinishReason.Length ? "length" : null,
                Model = name,
            };
        }
        catch (Exception e)
        {
            var problem = ModelProblem.Of(e, $"{prompt.User} {answer}", _clock.GetUtcNow());
            Health.Note(problem);
            error = problem.Reason;
            throw;
        }
        finally
        {
            var output = outputTokens ?? Estimate(answer);
            Budget.Settle(streamId, input, maxOutputTokens, inputTokens.Tokens, output.Tokens);
            telemetry?.LlmCalled(use, _clock.GetElapsedTime(started), error);
        }
    }

    private TokenCount Estimate(StringBuilder answer) => new(_counter.Count(answer.ToString()), IsEstimated: true);
}
