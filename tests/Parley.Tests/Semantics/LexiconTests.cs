using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Tests.Semantics;

/// <summary>What the default lexicon does better than the reference's, and what a user's own may hold.</summary>
public sealed class LexiconTests
{
    private static readonly KeywordSemanticAnnotator Annotator = new();

    [Theory]
    [InlineData("the match was cancelled", "cancel")]
    [InlineData("both managers were away", "manager")]
    [InlineData("costs keep rising", "cost")]
    [InlineData("the night bus is cheaper", "cheap")]
    [InlineData("i want to switch providers", "switch")]
    [InlineData("we are thinking about leaving", "leaving")]
    [InlineData("too expensive we are leaving for a competitor", "competitor expensive leaving")]
    [InlineData("the manager’s office", "manager")]
    [InlineData("cost価格", "cost")]
    [InlineData("cancel❌price💰", "cancel price")]
    public void Inflections_and_neighbours_are_understood(string text, string keywords) =>
        Assert.Equal(keywords, string.Join(' ', Annotator.ExtractKeywords(text)));

    [Theory]
    [InlineData("please leave the parcel at the door")]
    [InlineData("she is leaving on tuesday")]
    [InlineData("he is on sick leave")]
    [InlineData("can you switch off the light")]
    [InlineData("they switched seats")]
    [InlineData("the sea churned all night")]
    [InlineData("the dialogue manager asks next")]
    [InlineData("her costume glittered")]
    [InlineData("cost\u0301 of living")]
    public void What_only_looks_like_a_risk_is_none(string text) => Assert.Empty(Annotator.ExtractKeywords(text));

    [Theory]
    [InlineData("I’ll bring the spare key.", true)]
    [InlineData("Iʼll nap.", true)]
    [InlineData("I  will water the ferns.", true)]
    [InlineData("let\u00a0me check", true)]
    [InlineData("okay ill send the map", true)]
    [InlineData("we should oil the gate", true)]
    [InlineData("Grandad is ill today.", false)]
    [InlineData("she feels ill again", false)]
    [InlineData("Well done, the soup is perfect.", false)]
    [InlineData("i can hear you now", false)]
    [InlineData("let me see", false)]
    [InlineData("i will not do that", false)]
    [InlineData("I will.", false)]
    public void An_action_is_something_to_do(string text, bool expected) =>
        Assert.Equal(expected, Annotator.Annotate(new StreamSegment(0, 1, text)).Actions.Count == 1);

    [Fact]
    public void An_action_says_what_who_and_why()
    {
        var action = Assert.Single(Annotator.Annotate(new StreamSegment(0, 1, " I'll cancel it. ", "ana")).Actions);
        Assert.Equal(new SemanticAction("I'll cancel it.", "\\b(i['’]?ll|i will)\\s+", "ana"), action);
    }

    [Fact]
    public void A_lexicon_of_ones_own_holds_phrases_of_any_script()
    {
        var lexicon = Lexicon.Parse("""
            {
              // Comments and trailing commas are fine.
              "risks": {
                "legal": ["lawyer", { "keyword": "sue", "phrases": ["sue you", "take you to court"] }, "解約"],
                "billing": [{ "keyword": "charge", "not_before": ["station"], "not_after": ["in"] }],
              },
              "actions": [{ "pattern": "tell", "phrases": ["tell"] }],
            }
            """);
        var annotated = new KeywordSemanticAnnotator(new SemanticConfig { Lexicon = lexicon })
            .Annotate(new StreamSegment(0, 1, "Tell my lawyer: I take\u00a0you to  court. 今日解約したい。 Who is in charge of the charge station? A charge!"));
        Assert.Equal(["charge", "lawyer", "sue", "解約"], annotated.Keywords);
        Assert.Equal(["billing", "legal"], annotated.RiskTags);
        Assert.Equal("tell", Assert.Single(annotated.Actions).Pattern);
        Assert.Equal(["legal", "billing"], lexicon.Risks);
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("[]", "$")]
    [InlineData("""{"risk":{}}""", "$")]
    [InlineData("""{"matching":"fuzzy"}""", "matching")]
    [InlineData("""{"risks":["a"]}""", "risks")]
    [InlineData("""{"risks":{"":["a"]}}""", "risks")]
    [InlineData("""{"risks":{"pricing":"cost"}}""", "risks.pricing")]
    [InlineData("""{"risks":{"pricing":["cost",7]}}""", "risks.pricing[1]")]
    [InlineData("""{"risks":{"pricing":["cost"," "]}}""", "risks.pricing[1]")]
    [InlineData("""{"risks":{"pricing":[" cost"]}}""", "risks.pricing[0]")]
    [InlineData("""{"risks":{"pricing":[{"phrases":["a"]}]}}""", "risks.pricing[0]")]
    [InlineData("""{"risks":{"pricing":[{"keyword":"a","forms":[]}]}}""", "risks.pricing[0]")]
    [InlineData("""{"risks":{"pricing":[{"keyword":"a","phrases":[]}]}}""", "risks.pricing[0].phrases")]
    [InlineData("""{"risks":{"pricing":[{"keyword":"a","phrases":["a",null]}]}}""", "risks.pricing[0].phrases[1]")]
    [InlineData("""{"risks":{"pricing":[{"keyword":"a","not_before":["b c"]}]}}""", "risks.pricing[0].not_before[0]")]
    [InlineData("""{"actions":[{"pattern":"p"}]}""", "actions[0]")]
    [InlineData("""{"actions":[{"pattern":"","phrases":["a"]}]}""", "actions[0].pattern")]
    public void A_wrong_entry_is_named(string json, string path)
    {
        var refusal = Assert.Throws<LexiconFormatException>(() => Lexicon.Parse(json));
        Assert.Equal(path, refusal.Path);
        Assert.StartsWith(path + ": ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lexicon_of_ones_own_is_found_in_any_case()
    {
        var annotator = new KeywordSemanticAnnotator(new SemanticConfig { Lexicon = Lexicon.Parse("""{"risks":{"legal":["Anwältin"]}}""") });
        Assert.Equal(["Anwältin"], annotator.ExtractKeywords("meine ANWÄLTIN ruft an"));
    }
}
