namespace Parley.Conversations.Rules;

/// <summary>Which rules read a conversation: the version of the code, and a fingerprint of what an application may replace.</summary>
/// <param name="Number">The version of the rules in the code, from 1.</param>
/// <param name="Hash">
/// A fingerprint of the lexicon, the intent table, the routing table, the token counter, the redaction settings and the languages, in
/// hexadecimal digits; null in conversations from before there was one.
/// </param>
public readonly record struct RulesVersion(int Number, string? Hash = null)
{
    /// <summary>Returns the version as one word, such as <c>2-0123456789abcdef</c>.</summary>
    public override string ToString() => Hash is null ? $"{Number}" : $"{Number}-{Hash}";
}
