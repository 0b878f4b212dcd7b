using System.Globalization;
using Parley.Semantics;

namespace Parley.Evaluation;

/// <summary>
/// Fits the weights of the intents to the training meetings alone. A feature has one weight for all texts, and one that segments add to
/// it: both kinds of text
/// teach what words do, and segments teach what being cut does. Thresholds are where F1 is best when the meetings are cross-validated.
/// </summary>
internal static class IntentTraining
{
    private const int Folds = 5;
    private const int Orders = 4;

    // Chosen by cross-validation over the training meetings.
    private static readonly FollowTheRegularizedLeader Group = new(lasso: 3, ridge: 20, rounds: 3);

    // Few examples: the kinds of question and of action are told apart within those alone.
    private static readonly FollowTheRegularizedLeader Kind = new(lasso: 0.5, ridge: 2, rounds: 10);

    // Of two kinds the likelier.
    private const float KindThreshold = 0.5f;

    private static readonly IntentColumn[] Groups = [IntentColumn.Question, IntentColumn.Action, IntentColumn.Agreement];

    // A kind is told within its group, and only utterances are labelled with it.
    private static readonly (IntentColumn Kind, IntentColumn Group)[] Kinds =
        [(IntentColumn.Clarification, IntentColumn.Question), (IntentColumn.Commitment, IntentColumn.Action)];

    /// <summary>Fits the weights, and says how good they were on meetings that they were not fitted to.</summary>
    public static IntentModel Run(IReadOnlyList<Labelled> segments, IReadOnlyList<Labelled> utterances, TextWriter report)
    {
        var rows = LearningRow.Read([segments, utterances], Folds);
        var (ofUtterances, ofSegments) = (new TableBuilder(), new TableBuilder());
        foreach (var group in Groups)
        {
            var scores = CrossValidate(rows, group);
            var fitted = Group.Fit(rows, label => label.Is(group), Orders);
            ofUtterances.Set(group, feature => fitted[feature], Threshold(rows, scores, group, areSegments: false, report));
            ofSegments.Set(
                group, feature => fitted[feature] + fitted[LearningRow.OfSegments(feature)],
                Threshold(rows, scores, group, areSegments: true, report));
        }

        foreach (var (kind, group) in Kinds)
        {
            var fitted = Kind.Fit(rows.Where(row => !row.Label.IsSegment && row.Label.Is(group)), label => label.Is(kind));
            foreach (var table in new[] { ofUtterances, ofSegments }) table.Set(kind, feature => fitted[feature], KindThreshold);
        }

        return new IntentModel(ofUtterances.Build(), ofSegments.Build());
    }

    // The scores of each text by weights that were fitted without its meeting.
    private static double[] CrossValidate(LearningRow[] rows, IntentColumn group)
    {
        var scores = new double[rows.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var fitted = Group.Fit(rows.Where(row => row.Fold != fold), label => label.Is(group));
            for (var i = 0; i < rows.Length; i++)
            {
                if (rows[i].Fold == fold) scores[i] = rows[i].Features.Sum(feature => fitted[feature]);
            }
        }

        return scores;
    }

    private static double Threshold(LearningRow[] rows, double[] scores, IntentColumn group, bool areSegments, TextWriter report)
    {
        var found = Enumerable.Range(0, rows.Length).Where(i => rows[i].Label.IsSegment == areSegments && !rows[i].IsAlone)
            .Select(i => (scores[i], rows[i].Label.Is(group)));
        var (threshold, f1) = ThresholdChoice.Best([.. found]);
        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{group} of {(areSegments ? "segments" : "utterances")}: cross-validated F1 {f1:F3} from a probability of {threshold:F3}"));
        return threshold;
    }
}
