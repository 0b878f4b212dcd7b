using Microsoft.Extensions.Options;
using Parley.Semantics;

namespace Parley.AspNetCore.Settings;

/// <summary>What the meaning of segments is read with, from the section <c>Parley:Semantics</c>.</summary>
internal sealed class SemanticSettings
{
    private static readonly SemanticConfig BuiltIn = new();

    /// <summary>A lexicon's JSON file; null for the built-in one.</summary>
    public string? Lexicon { get; set; }

    public bool Keywords { get; set; } = BuiltIn.EnableKeywords;

    public bool Intents { get; set; } = BuiltIn.EnableIntent;

    public bool Risks { get; set; } = BuiltIn.EnableRisks;

    public bool Actions { get; set; } = BuiltIn.EnableActions;

    public bool? Punctuated { get; set; }

    /// <exception cref="OptionsValidationException">The lexicon cannot be read.</exception>
    public SemanticConfig ToConfig() => new()
    {
        Lexicon = Lexicon is { } file ? Read(file) : BuiltIn.Lexicon,
        EnableKeywords = Keywords,
        EnableIntent = Intents,
        EnableRisks = Risks,
        EnableActions = Actions,
        Punctuated = Punctuated,
    };

    private static Lexicon Read(string file)
    {
        try
        {
            return Parley.Semantics.Lexicon.Parse(File.ReadAllText(file));
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException or ArgumentException or LexiconFormatException)
        {
            var message = $"Parley:Semantics:Lexicon: {problem.Message}";
            throw new OptionsValidationException(Options.DefaultName, typeof(SemanticSettings), [message]);
        }
    }
}
