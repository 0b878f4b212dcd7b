namespace Parley.Transcripts;

/// <summary>
/// Takes text apart as Python's <c>str</c> does, which the document's figures were first made with: its white space has four control
/// characters more than that of .NET, U+001C to U+001F.
/// </summary>
internal static class ReferenceText
{
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    /// <summary>Returns the text without the white space at its ends, as <c>str.strip()</c> does.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsSpace(text[start])) start++;
        while (end > start && IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    /// <summary>Returns the words between white space, as <c>str.split()</c> does.</summary>
    public static List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !IsSpace(text[end])) end++;
            if (end > start) words.Add(text[start..end].ToString());
            start = end + 1;
        }

        return words;
    }
}
