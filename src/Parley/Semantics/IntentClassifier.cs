namespace Parley.Semantics;

/// <summary>
/// Says what a text does. An unpunctuated text is read as a whole, a punctuated one sentence by sentence: a question mark makes a
/// question, and a full stop
/// speaks against one.
/// </summary>
internal static class IntentClassifier
{
    // Of the sentences that end in a question mark in the meetings, this share asks.
    private const double QuestionMarkProbability = 0.97;

    // A recogniser that punctuates has heard the end of the sentence: only overwhelming words outweigh its full stop.
    private const double FullStopThreshold = 0.982;

    /// <summary>Returns what a text does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="context">What is known around it.</param>
    /// <param name="punctuated">Whether its recogniser sets punctuation; null where that is not known.</param>
    /// <param name="isSegment">Whether the text is a segment, which pauses and other speakers cut anywhere, and no whole utterance.</param>
    /// <param name="model">The weights.</param>
    public static IntentResult Classify(string text, IntentContext context, bool? punctuated, bool isSegment, IntentModel model)
    {
        var marks = punctuated ?? (text.AsSpan().ContainsAny(Sentences.Marks)
            || context.Preceding.AsSpan().TrimEnd() is [.., var last] && Sentences.Marks.Contains(last));
        var table = isSegment && !marks ? model.Segments : model.Utterances;

        var reading = new IntentReading(stackalloc IntentWord[IntentReading.BufferSize]);
        reading.ReadAround(context);
        var findings = new IntentFindings();
        foreach (var range in new Sentences(text))
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            var upToEnd = text.AsSpan(0, start + length);
            var asks = upToEnd[start..].ContainsAny(Sentences.QuestionMarks);
            var sentence = new Sentence(asks, IsPunctuated: marks, IsLatin: upToEnd[start..].ContainsAnyInRange('A', 'z'));
            for (var next = start; next < upToEnd.Length; reading.MoveOn())
            {
                next = reading.Text.Read(upToEnd, next);
                if (reading.Text.Count == 0 && !sentence.Asks) break;
                Weigh(reading, table, sentence, ref findings);
            }
        }

        return findings.ToResult(text);
    }

    private static void Weigh(in IntentReading reading, IntentTable table, Sentence sentence, ref IntentFindings findings)
    {
        var score = new IntentScore(table, stackalloc ulong[IntentScore.SeenSize]);
        IntentFeatures.Read(reading, ref score);

        var question = Find(score, table, IntentColumn.Question, Intents.Question);
        var asks = question.Probability;
        if (sentence.IsPunctuated) question = question with { Ratio = asks / FullStopThreshold };
        if (sentence.Asks) question = question with { Probability = QuestionMarkProbability, Ratio = double.PositiveInfinity };
        if (Is(IntentColumn.Clarification, score, table, sentence)) question = question with { Intent = Intents.Clarification };

        var action = Find(score, table, IntentColumn.Action, Intents.ActionItem);
        if (Is(IntentColumn.Commitment, score, table, sentence)) action = action with { Intent = Intents.Commitment };
        if (!action.IsGiven) action = action.Or(Task(reading.Text, asks));
        findings.Add(question, action, Decision(reading.Text, asks), Find(score, table, IntentColumn.Agreement, Intents.Agreement));
    }

    // Words tell the kinds, and the words are English.
    private static bool Is(IntentColumn kind, in IntentScore score, IntentTable table, Sentence sentence) =>
        sentence.IsLatin && Probability(score, kind) > table.Threshold(kind);

    private static IntentFinding Find(in IntentScore score, IntentTable table, IntentColumn column, string intent)
    {
        var probability = Probability(score, column);
        return new IntentFinding(intent, probability, probability / table.Threshold(column), score.Evidence(column));
    }

    // What asks does not decide.
    private static IntentFinding Decision(IntentWords text, double question)
    {
        var phrase = DecisionPhrases.Find(text);
        var probability = phrase.Equals(default) || question > 0.5 ? 0 : DecisionPhrases.Probability;
        return new IntentFinding(Intents.Decision, probability, probability / DecisionPhrases.Threshold, phrase);
    }

    // What asks promises nothing. What is learned stands out more.
    private static IntentFinding Task(IntentWords text, double question)
    {
        var phrase = TaskPhrases.Find(text);
        if (phrase.Equals(default) || question > 0.5) return default;
        return new IntentFinding(Intents.Commitment, TaskPhrases.Probability, 1, phrase);
    }

    private static double Probability(in IntentScore score, IntentColumn column) => Logistic(score.LogOdds(column));

    // Exp is the platform's and may differ in its last digit; this is the same everywhere.
    private static double Logistic(double logOdds)
    {
        var power = 1 - Math.Clamp(logOdds, -20, 20) / (1 << 20);
        for (var i = 0; i < 20; i++) power *= power;
        return 1 / (1 + power);
    }

    private readonly record struct Sentence(bool Asks, bool IsPunctuated, bool IsLatin);
}
