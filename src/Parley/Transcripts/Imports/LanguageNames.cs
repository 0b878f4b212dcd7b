using Parley.Protocol;

namespace Parley.Transcripts;

/// <summary>The codes of languages that OpenAI's API names in English.</summary>
internal static class LanguageNames
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["english"] = "en", ["chinese"] = "zh", ["german"] = "de", ["spanish"] = "es", ["russian"] = "ru", ["korean"] = "ko",
        ["french"] = "fr", ["japanese"] = "ja", ["portuguese"] = "pt", ["turkish"] = "tr", ["polish"] = "pl", ["catalan"] = "ca",
        ["dutch"] = "nl", ["arabic"] = "ar", ["swedish"] = "sv", ["italian"] = "it", ["indonesian"] = "id", ["hindi"] = "hi",
        ["finnish"] = "fi", ["vietnamese"] = "vi", ["hebrew"] = "he", ["ukrainian"] = "uk", ["greek"] = "el", ["malay"] = "ms",
        ["czech"] = "cs", ["romanian"] = "ro", ["danish"] = "da", ["hungarian"] = "hu", ["tamil"] = "ta", ["norwegian"] = "no",
        ["thai"] = "th", ["urdu"] = "ur", ["croatian"] = "hr", ["bulgarian"] = "bg", ["lithuanian"] = "lt", ["slovak"] = "sk",
        ["slovenian"] = "sl", ["latvian"] = "lv", ["estonian"] = "et", ["serbian"] = "sr", ["persian"] = "fa", ["welsh"] = "cy",
    };

    /// <summary>Returns the tag of a language as a file names it; null where it is none.</summary>
    public static string? TagOf(string? language)
    {
        if (language is null) return null;
        if (Codes.TryGetValue(language, out var code)) return code;
        return language.Replace('_', '-') is var tag && StreamDescriptionRules.IsLanguage(tag) ? tag : null;
    }
}
