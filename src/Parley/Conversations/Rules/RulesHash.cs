using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Languages;
using Parley.Redaction;
using Parley.Routing;
using Parley.Semantics;

namespace Parley.Conversations.Rules;

/// <summary>A fingerprint of the rules' replaceable parts: two that read conversations alike have the same.</summary>
internal sealed class RulesHash
{
    private const int Bytes = 8;

    private readonly StringBuilder _parts = new();

    /// <summary>Returns the fingerprint as 16 hexadecimal digits.</summary>
    public static string Of(ConversationRules rules)
    {
        var hash = new RulesHash();
        hash.Add(rules.Semantics);
        hash.Add(rules.Routing);
        hash.Add(rules.Redaction);
        hash.Add(rules.Languages);
        hash.Add("tokens", rules.TokenCounter?.GetType().FullName);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hash._parts.ToString())).AsSpan(0, Bytes));
    }

    private void Add(SemanticConfig semantics)
    {
        Add("intents", IntentModel.Fingerprint);
        Add(semantics.EnableKeywords, semantics.EnableIntent, semantics.EnableRisks, semantics.EnableActions, semantics.Punctuated);
        Add("lexicon", semantics.Lexicon.IsLiteral);
        foreach (var entry in semantics.Lexicon.Entries)
        {
            Add(entry.Name, entry.Risk, string.Join('\n', entry.Phrases), string.Join(' ', entry.NotBefore.Order()), string.Join(' ', entry.NotAfter.Order()));
        }
    }

    private void Add(RoutingTable routing)
    {
        foreach (var (intent, workflow) in routing.Workflows.OrderBy(entry => entry.Key, StringComparer.Ordinal)) Add("route", intent, workflow);
    }

    private void Add(RedactionConfig redaction)
    {
        Add("redaction", redaction.Cards, redaction.Emails, redaction.Phones, redaction.Ibans, redaction.Borders);
        Add(string.Join(' ', redaction.PhoneRegions));
        foreach (var pattern in redaction.Patterns) Add(pattern.Name, pattern.Regex, pattern.MaxLength);
    }

    private void Add(LanguageTable languages)
    {
        foreach (var language in languages.All)
        {
            Add("language", language.Code, string.Join(' ', language.Also), string.Join(' ', language.Words.Order(StringComparer.Ordinal)));
            if (language.Letters is { } letters) Add(letters.From, letters.To, letters.Share);
        }
    }

    // A NUL ends each value, so that no two lists of values read the same.
    private void Add(params ReadOnlySpan<object?> values)
    {
        foreach (var value in values) _parts.Append(CultureInfo.InvariantCulture, $"{value}\0");
    }
}
