using Microsoft.ML.Tokenizers;
using Parley.Context;

namespace Parley.OpenAI;

/// <summary>
/// Counts tokens as the models of OpenAI do. A vocabulary is loaded with the first text that is counted; it takes 20 MB to 40 MB. May be
/// used from any thread.
/// </summary>
public sealed class OpenAITokenCounter : ITokenCounter
{
    // The time for a text without white space grows with the square of its length.
    private const int LongestRun = 256;

    private static readonly OpenAITokenCounter O200k = new("o200k_base");
    private static readonly OpenAITokenCounter Cl100k = new("cl100k_base");

    // The beginnings of names; the first that fits counts.
    private static readonly (string Name, OpenAITokenCounter Counter)[] Known =
    [
        ("gpt-4o", O200k), ("gpt-4.1", O200k), ("gpt-4.5", O200k), ("gpt-5", O200k), ("gpt-oss", O200k), ("chatgpt-4o", O200k),
        ("o1", O200k), ("o3", O200k), ("o4", O200k),
        ("gpt-4", Cl100k), ("gpt-3.5", Cl100k), ("gpt-35", Cl100k),
    ];

    private readonly Lazy<Tokenizer> _tokenizer;

    private OpenAITokenCounter(string encoding) => _tokenizer = new(() => TiktokenTokenizer.CreateForEncoding(encoding));

    /// <summary>Returns the counter of a model; null if its tokenizer is not known.</summary>
    /// <param name="model">The name of the model; what stands before a slash does not count.</param>
    public static OpenAITokenCounter? For(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = model.AsSpan(model.LastIndexOf('/') + 1);
        foreach (var (known, counter) in Known)
        {
            // "o1" is no beginning of "o1000b-chat".
            if (name.StartsWith(known, StringComparison.OrdinalIgnoreCase) && (name.Length == known.Length || !char.IsAsciiDigit(name[known.Length])))
                return counter;
        }

        return null;
    }

    /// <inheritdoc/>
    public int Count(ReadOnlySpan<char> text)
    {
        var tokens = 0;
        while (!text.IsEmpty)
        {
            var length = LengthOfPiece(text);
            tokens += _tokenizer.Value.CountTokens(text[..length]);
            text = text[length..];
        }

        return tokens;
    }

    // All of it, or what is before a run without white space that is too long and has to be cut.
    private static int LengthOfPiece(ReadOnlySpan<char> text)
    {
        var run = 0;
        for (var i = 0; i < text.Length; i++)
        {
            run = char.IsWhiteSpace(text[i]) ? 0 : run + 1;
            if (run > LongestRun) return char.IsLowSurrogate(text[i]) ? i - 1 : i;
        }

        return text.Length;
    }
}
