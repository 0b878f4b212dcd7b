namespace Parley.Semantics;

/// <summary>
/// Says what a text does. Each sentence is weighed by itself and the one that stands out most decides; a question mark
/// settles it, and where a recogniser sets punctuation its full stop counts against a question.
/// </summary>
internal static class IntentClassifier
{
    // Of the sentences that end in a question mark in the meetings, this share asks.
    private const double QuestionMarkConfidence = 0.97;

    // Above any sum of weights that speech reaches.
    private const double Certain = 20;

    // A recogniser that punctuates has heard the end of the sentence: only overwhelming words outweigh that.
    private const double OutweighsFullStop = 4;

    public static IntentResult Classify(string text, IntentContext context, bool? punctuated)
    {
        if (context.Continued is { Length: > 0 } before) text = $"{before} {text}";
        var marks = punctuated ?? (text.AsSpan().ContainsAny(Sentences.Marks)
            || context.Preceding.AsSpan().TrimEnd() is [.., var last] && Sentences.Marks.Contains(last));

        if (context.Preceding is { Length: > 0 } preceding && Backchannel.Is(text) && !text.AsSpan().ContainsAny(Sentences.QuestionMarks))
            return Backchannel.Classify(text, context.SameSpeaker && !marks, Classify(preceding, default, punctuated).Intent);

        var best = Verdict.None;
        foreach (var range in new Sentences(text))
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            var sentence = text.AsSpan(start, length);
            if (marks) best = best.Or(Weigh(sentence, marks), start);
            else
            {
                foreach (var clause in new Clauses(sentence))
                    best = best.Or(Weigh(sentence[clause], marks), start + clause.Start.Value);
            }
        }

        return best.Intent is null
            ? new IntentResult(Intents.Statement, Round(1 - Logistic(best.Doubt)), "")
            : new IntentResult(best.Intent, Round(best.Confidence), Words(text.AsSpan(best.Evidence)));
    }

    private static Verdict Weigh(ReadOnlySpan<char> sentence, bool punctuated)
    {
        var model = IntentModel.Default;
        var score = new IntentScore(model);
        IntentFeatures.Read(sentence, ref score);
        var (sum, threshold) = (score.Sum, model.Threshold);

        var asks = sentence.ContainsAny(Sentences.QuestionMarks);
        var question = asks ? Certain : sum.Question - (punctuated ? OutweighsFullStop : threshold.Question);
        var verdict = new Verdict(null, 0, 0, default, Math.Max(sum.Action, sum.Agreement));
        if (!punctuated || asks) verdict = verdict with { Doubt = Math.Max(verdict.Doubt, sum.Question) };

        if (question > 0)
        {
            // The kinds were learned from English.
            var kind = sum.Clarification > threshold.Clarification && sentence.ContainsAnyInRange('A', 'z') ? Intents.Clarification : Intents.Question;
            verdict = verdict with
            {
                Intent = kind,
                Margin = question,
                Evidence = score.Question,
                Confidence = asks ? QuestionMarkConfidence : Logistic(sum.Question),
            };
        }

        if (sum.Decision > 0 && sum.Decision > question)
            return verdict with { Intent = Intents.Decision, Margin = Certain, Evidence = score.Decision, Confidence = Logistic(sum.Decision) };
        if (sum.Action - threshold.Action is > 0 and var action && action > verdict.Margin)
        {
            var kind = sum.Commitment > threshold.Commitment ? Intents.Commitment : Intents.ActionItem;
            verdict = verdict with { Intent = kind, Margin = action, Evidence = score.Action, Confidence = Logistic(sum.Action) };
        }

        if (sum.Agreement - threshold.Agreement is > 0 and var agreement && agreement > verdict.Margin)
            verdict = verdict with { Intent = Intents.Agreement, Margin = agreement, Evidence = score.Agreement, Confidence = Logistic(sum.Agreement) };
        return verdict;
    }

    private static string Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var reader = new WordReader(text);
        while (reader.MoveNext()) words.Add(text[reader.Start..reader.End].ToString().ToLowerInvariant());
        return string.Join(' ', words);
    }

    private static double Round(double confidence) => Math.Round(confidence, 3);

    // Exp is the platform's and may differ in its last digit; this is the same everywhere.
    private static double Logistic(double logOdds)
    {
        var power = 1 - Math.Clamp(logOdds, -20, 20) / (1 << 20);
        for (var i = 0; i < 20; i++) power *= power;
        return 1 / (1 + power);
    }

    private readonly record struct Verdict(string? Intent, double Margin, double Confidence, Range Evidence, double Doubt)
    {
        public static Verdict None => new(null, 0, 0, default, -Certain);

        /// <summary>The one that stands out more; the other's place in the text starts at <paramref name="offset"/>.</summary>
        public Verdict Or(Verdict other, int offset)
        {
            var doubt = Math.Max(Doubt, other.Doubt);
            return other.Margin > Margin
                ? other with { Evidence = (other.Evidence.Start.Value + offset)..(other.Evidence.End.Value + offset), Doubt = doubt }
                : this with { Doubt = doubt };
        }
    }
}
