namespace Parley.Context;

/// <summary>Counts a text's tokens as the model that will read it does.</summary>
public interface ITokenCounter
{
    /// <summary>How many tokens the text is, at least 0.</summary>
    int Count(ReadOnlySpan<char> text);
}
