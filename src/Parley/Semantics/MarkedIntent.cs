namespace Parley.Semantics;

/// <summary>What a text does as far as that can be known in a language whose words are not known: a question mark asks.</summary>
internal static class MarkedIntent
{
    // Of the sentences that end in a question mark in the meetings, this share asks.
    private const double QuestionMarkConfidence = 0.97;

    public static IntentResult Of(string text) => text.AsSpan().ContainsAny(Sentences.QuestionMarks)
        ? new IntentResult(Intents.Question, QuestionMarkConfidence, "")
        : new IntentResult(Intents.Statement, 0, "");
}
