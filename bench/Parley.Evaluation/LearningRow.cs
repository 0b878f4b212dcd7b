using Parley.Semantics;

namespace Parley.Evaluation;

/// <summary>A labelled text as the training reads it.</summary>
/// <param name="Label">The text.</param>
/// <param name="IsAlone">Whether it was read without what is known around it.</param>
/// <param name="Fold">The part of the cross-validation that its meeting belongs to.</param>
/// <param name="Features">The numbers of its features.</param>
internal sealed record LearningRow(Labelled Label, bool IsAlone, int Fold, int[] Features)
{
    /// <summary>
    /// The number of features: each row of a table twice, for all texts and for segments alone; then a bias for all and one for segments.
    /// </summary>
    public const int FeatureCount = (2 * IntentTable.Rows) + 2;

    /// <summary>The number of the bias.</summary>
    public const int Bias = 2 * IntentTable.Rows;

    // A feature of fewer texts says nothing, and would only share the row of another.
    private const int MinTexts = 3;

    /// <summary>Reads texts with what is known around them, file by file.</summary>
    /// <param name="files">The texts in the order of their files.</param>
    /// <param name="folds">The number of parts of the cross-validation. All texts of a meeting are in the same.</param>
    public static LearningRow[] Read(IReadOnlyList<IReadOnlyList<Labelled>> files, int folds)
    {
        var texts = new Dictionary<ulong, int>();
        ForEach(files, (_, _, features) =>
        {
            foreach (var feature in features) texts[feature] = texts.GetValueOrDefault(feature) + 1;
        });

        var rows = new List<LearningRow>();
        var meetings = new Dictionary<string, int>(StringComparer.Ordinal);
        ForEach(files, (label, isAlone, features) =>
        {
            if (!meetings.TryGetValue(label.Meeting, out var meeting)) meetings.Add(label.Meeting, meeting = meetings.Count);
            var frequent = features.Where(feature => texts[feature] >= MinTexts);
            rows.Add(new LearningRow(label, isAlone, meeting % folds, Number(label, frequent)));
        });
        return [.. rows];
    }

    private static int[] Number(Labelled label, IEnumerable<ulong> features)
    {
        var shared = features.Select(IntentTable.RowOf).Append(Bias);
        return label.IsSegment ? [.. shared.SelectMany(row => new[] { row, OfSegments(row) })] : [.. shared];
    }

    /// <summary>Returns the number of what segments add to a feature.</summary>
    public static int OfSegments(int feature) => feature == Bias ? Bias + 1 : feature + IntentTable.Rows;

    // An utterance is read twice: in its conversation, and alone.
    private static void ForEach(IReadOnlyList<IReadOnlyList<Labelled>> files, Action<Labelled, bool, HashSet<ulong>> read)
    {
        var features = new HashSet<ulong>();
        foreach (var file in files)
        {
            var history = new MeetingHistory(label => label.Plain);
            foreach (var label in file)
            {
                Add(label, history.Next(label), isAlone: false);
                if (!label.IsSegment) Add(label, default, isAlone: true);
            }
        }

        void Add(Labelled label, IntentContext context, bool isAlone)
        {
            features.Clear();
            Find(label.Plain, context, new Sink(features));
            read(label, isAlone, features);
        }
    }

    private static void Find(string text, IntentContext context, Sink sink)
    {
        var reading = new IntentReading(stackalloc IntentWord[IntentReading.BufferSize]);
        reading.ReadAround(context);
        reading.Text.Read(text, 0);
        IntentFeatures.Read(reading, ref sink);
    }

    private readonly struct Sink(HashSet<ulong> found) : IFeatureSink
    {
        public void Add(ulong feature, int start, int end) => found.Add(feature);
    }
}
