using System.Text;
using Microsoft.Extensions.AI;
using Parley.Context;

namespace Parley.Work;

/// <summary>One call of a model: what came of it so far, also if it fails.</summary>
/// <param name="client">The client; it throws the exceptions that work handling understands.</param>
/// <param name="options">What is asked for.</param>
/// <param name="expectsUnopened">Whether the model is known to write reasoning without an opening tag.</param>
/// <param name="clock">The clock of the time-outs.</param>
internal sealed class ModelCall(ErrorMappingChatClient client, ModelCallOptions options, bool expectsUnopened, TimeProvider clock)
{
    // No tokenizer has tokens this long on average; a server that ignores the limit of tokens is cut off here.
    private const int CharactersPerToken = 16;

    // Reasoning may take more tokens than the answer.
    private const int LongestReasoning = 1_000_000;

    private readonly ReasoningFilter _filter = new(expectsUnopened);
    private readonly StringBuilder _said = new();
    private long? _inputTokens;
    private long? _outputTokens;
    private ChatFinishReason? _end;
    private string? _model;
    private bool _hasShown;

    /// <summary>Gets the answer so far, without reasoning and without white space around it.</summary>
    public string Text => _filter.Answer.Trim();

    /// <summary>Gets whether the answer began with reasoning that had no opening tag.</summary>
    public bool WasUnopened => _filter.WasUnopened;

    /// <summary>Asks, and reads the answer to its end.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="format">The format of the answer; null for text.</param>
    /// <param name="limit">The most tokens of the answer.</param>
    /// <param name="onPiece">Takes the pieces of the answer; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidAnswerException">The answer is too long.</exception>
    /// <exception cref="ModelUnavailableException">The answer, or its first piece, did not come in time.</exception>
    /// <exception cref="WorkRefusedException">The server held the answer back.</exception>
    public async Task RunAsync(
        Prompt prompt, ChatResponseFormat? format, int limit, Action<AnswerPiece>? onPiece, CancellationToken cancellationToken)
    {
        using var first = new CancellationTokenSource(options.FirstPieceTimeout ?? Timeout.InfiniteTimeSpan, clock);
        using var whole = new CancellationTokenSource(options.Timeout ?? Timeout.InfiniteTimeSpan, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(first.Token, whole.Token, cancellationToken);
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(Messages(prompt), Options(format, limit), any.Token))
            {
                if (Take(update, limit) is not { } piece) continue;
                first.CancelAfter(Timeout.InfiniteTimeSpan);
                Show(piece, onPiece);
            }
        }
        catch (OperationCanceledException late) when (any.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelUnavailableException("timeout", inner: late);
        }

        Show(new AnswerPiece(_filter.End()), onPiece);
        if (_end == ChatFinishReason.ContentFilter) throw new WorkRefusedException("content_filter");
    }

    /// <summary>Returns the answer so far.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="counter">Counts the tokens that the server does not report.</param>
    public ModelAnswer ToAnswer(Prompt prompt, ITokenCounter counter) => new(
        Text,
        new TokenCount(_inputTokens ?? PromptTokens.Count(prompt, counter), _inputTokens is null),
        new TokenCount(_outputTokens ?? counter.Count(_said.ToString()), _outputTokens is null))
    {
        CutReason = _end == ChatFinishReason.Length ? "length" : null,
        FinishReason = _end?.Value,
        Model = _model,
    };

    private static ChatMessage[] Messages(Prompt prompt) => prompt.System.Length == 0
        ? [new(ChatRole.User, prompt.User)]
        : [new(ChatRole.System, prompt.System), new(ChatRole.User, prompt.User)];

    private ChatOptions Options(ChatResponseFormat? format, int limit) => new()
    {
        ModelId = options.Model,
        MaxOutputTokens = limit,
        Temperature = (float?)options.Temperature,
        ResponseFormat = format,
    };

    private void Show(AnswerPiece piece, Action<AnswerPiece>? onPiece)
    {
        if (piece.Text.Length == 0 && !(piece.StartsAnew && _hasShown)) return;
        onPiece?.Invoke(piece with { StartsAnew = piece.StartsAnew && _hasShown });
        _hasShown = true;
    }

    // Null: the model has not begun to say something.
    private AnswerPiece? Take(ChatResponseUpdate update, int limit)
    {
        var usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details;
        _inputTokens = usage?.InputTokenCount ?? _inputTokens;
        _outputTokens = usage?.OutputTokenCount ?? _outputTokens;
        _end = update.FinishReason ?? _end;
        _model = update.ModelId ?? _model;
        var reasoning = string.Concat(update.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        _said.Append(reasoning).Append(update.Text);
        if (_said.Length > LongestReasoning) throw new InvalidAnswerException("it is too long");
        if (update.Text.Length == 0) return reasoning.Length == 0 ? null : new("");
        var before = _filter.Retractions;
        var piece = new AnswerPiece(_filter.Add(update.Text), StartsAnew: _filter.Retractions > before);
        if (_filter.Length > limit * CharactersPerToken) throw new InvalidAnswerException("it is too long");
        return piece;
    }
}
