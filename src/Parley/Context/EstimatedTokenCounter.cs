using System.Buffers;

namespace Parley.Context;

/// <summary>An estimate of tokens that knows no model: one for every started six ASCII letters of a word, one for every started
/// three digits of a number and one for the space before it, one for each other character.</summary>
/// <remarks>Measured on two recorded meetings: as rendered lines 4 to 5 % more than OpenAI's o200k_base and cl100k_base, as bare
/// text 13 to 20 % more. On a sentence each of nine other languages 1.1 to 3.1 times o200k_base, 0.73 to 1.6 times cl100k_base;
/// it falls short where a tokenizer splits letters into bytes (Amharic: 0.46 and 0.34). Where the limit is hard, count with the
/// model's own tokenizer.</remarks>
public sealed class EstimatedTokenCounter : ITokenCounter
{
    private const int LettersPerToken = 6;
    private const int DigitsPerToken = 3;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private EstimatedTokenCounter()
    {
    }

    /// <summary>The one instance: it has no state.</summary>
    public static EstimatedTokenCounter Instance { get; } = new();

    /// <inheritdoc />
    public int Count(ReadOnlySpan<char> text)
    {
        var tokens = 0;
        var afterSpace = false;
        while (!text.IsEmpty)
        {
            var length = 1;
            if (RunOf(Letters, text) is > 0 and var letters)
                tokens += TokensOf(length = letters, LettersPerToken);
            else if (RunOf(Digits, text) is > 0 and var digits)
                tokens += TokensOf(length = digits, DigitsPerToken) + (afterSpace ? 1 : 0);
            else if (text[0] != ' ')
                tokens++;
            afterSpace = text[0] == ' ';
            text = text[length..];
        }

        return tokens;
    }

    private static int RunOf(SearchValues<char> kind, ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(kind);
        return end < 0 ? text.Length : end;
    }

    private static int TokensOf(int length, int perToken) => (length + perToken - 1) / perToken;
}
