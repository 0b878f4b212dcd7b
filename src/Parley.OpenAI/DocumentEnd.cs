namespace Parley.OpenAI;

/// <summary>
/// Finds where a JSON document that comes in pieces may end: where its brackets are balanced. Each byte is looked at once.
/// </summary>
internal struct DocumentEnd
{
    private int _depth;
    private bool _isString;
    private bool _isEscaped;

    /// <summary>Reads on, and returns whether the document may end here.</summary>
    public bool IsAfter(ReadOnlySpan<byte> piece)
    {
        foreach (var letter in piece)
        {
            if (_isEscaped) _isEscaped = false;
            else if (_isString) (_isEscaped, _isString) = (letter == '\\', letter != '"');
            else if (letter == '"') _isString = true;
            else if (letter is (byte)'{' or (byte)'[') _depth++;
            else if (letter is (byte)'}' or (byte)']') _depth--;
        }

        return _depth <= 0 && !_isString;
    }
}
