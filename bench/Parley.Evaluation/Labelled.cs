using System.Text.Json;
using Parley.Semantics;

namespace Parley.Evaluation;

/// <summary>A labelled text of a recorded meeting: an utterance, or a segment as Parley cuts it.</summary>
/// <param name="Meeting">The meeting; empty where the file does not say.</param>
/// <param name="SpeakerId">Who said it.</param>
/// <param name="Start">Where it starts, in seconds; 0 where the file does not say.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Plain">The text as a recogniser without punctuation gives it.</param>
/// <param name="Text">The text as transcribed.</param>
/// <param name="Intents">What it does: of a segment question, action_item and agreement; of an utterance one intent, or none.</param>
/// <param name="IsSegment">Whether it is a segment.</param>
internal sealed record Labelled(
    string Meeting, string SpeakerId, double Start, double End, string Plain, string Text, IReadOnlyList<string> Intents, bool IsSegment)
{
    /// <summary>Reads the utterances of a file.</summary>
    public static IReadOnlyList<Labelled> Utterances(string name) => Read(name, json => Of(json) with
    {
        Plain = json.GetProperty("plain").GetString()!,
        Intents = json.GetProperty("intent").GetString() is { } intent and not "general" ? [intent] : [],
    });

    /// <summary>Reads the segments of a file.</summary>
    public static IReadOnlyList<Labelled> Segments(string name) => Read(name, json => Of(json) with
    {
        Intents =
        [
            .. new[] { ("question", Semantics.Intents.Question), ("action", Semantics.Intents.ActionItem), ("agreement", Semantics.Intents.Agreement) }
                .Where(label => json.GetProperty(label.Item1).GetBoolean()).Select(label => label.Item2),
        ],
        IsSegment = true,
    });

    /// <summary>Whether it has an intent of the group that a column weighs; a kind is one of its group.</summary>
    public bool Is(IntentColumn column) => column switch
    {
        IntentColumn.Question => Has(Semantics.Intents.Question) || Has(Semantics.Intents.Clarification),
        IntentColumn.Action => Has(Semantics.Intents.ActionItem) || Has(Semantics.Intents.Commitment),
        IntentColumn.Agreement => Has(Semantics.Intents.Agreement),
        IntentColumn.Clarification => Has(Semantics.Intents.Clarification),
        _ => Has(Semantics.Intents.Commitment),
    };

    private bool Has(string intent) => Intents.Contains(intent);

    private static Labelled Of(JsonElement json)
    {
        var text = json.GetProperty("text").GetString()!;
        return new Labelled(
            json.TryGetProperty("meeting", out var meeting) ? meeting.GetString()! : "",
            json.GetProperty("speaker_id").GetString()!,
            json.TryGetProperty("start", out var start) ? start.GetDouble() : 0,
            json.TryGetProperty("end", out var end) ? end.GetDouble() : 0,
            text, text, [], IsSegment: false);
    }

    private static Labelled[] Read(string name, Func<JsonElement, Labelled> read) =>
        [.. File.ReadLines(Path.Combine(Repository.Meetings!, name)).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return read(json.RootElement);
        })];
}
