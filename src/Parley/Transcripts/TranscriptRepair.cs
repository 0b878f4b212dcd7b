using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>Makes a document usable whose segments are missing or have no whole number as their id, and says what it did.</summary>
internal sealed class TranscriptRepair
{
    private readonly List<TranscriptWarning> _warnings = [];
    private readonly Dictionary<JsonNode, int> _numbers = [];
    private readonly HashSet<int> _taken = [];
    private int _free;

    /// <summary>Completes a document that <see cref="TranscriptSchema"/> has checked.</summary>
    public static Transcript Complete(JsonObject document)
    {
        var repair = new TranscriptRepair();
        if (document["segments"] is JsonArray segments) repair.Number(segments);
        else repair.Warn("segments", "missing; the document is read as one without segments");
        return new Transcript(document, repair._numbers, repair._warnings);
    }

    private void Number(JsonArray segments)
    {
        foreach (var segment in segments)
        {
            if (JsonValues.Integer(segment!["id"]) is { } number) _taken.Add(number);
        }

        for (var i = 0; i < segments.Count; i++) Number(segments[i]!.AsObject(), i);
    }

    private void Number(JsonObject segment, int index)
    {
        var id = segment["id"];
        if (JsonValues.Integer(id) is not null)
        {
            if (id!.GetValueKind() == JsonValueKind.String) WarnOfId(index, "text; it is kept, and read as the number that it says");
            return;
        }

        while (!_taken.Add(_free)) _free++;
        _numbers.Add(segment, _free);
        if (id is not null)
        {
            WarnOfId(index, "not a whole number; it is kept, and the lowest free number stands for it");
            return;
        }

        new TranscriptSegment(segment, _free).Id = _free;
        WarnOfId(index, "missing; the lowest free number is added");
    }

    private void WarnOfId(int index, string problem) => Warn($"segments[{index}].id", problem);

    private void Warn(string path, string problem)
    {
        var known = _warnings.FindIndex(warning => warning.Problem == problem);
        if (known < 0) _warnings.Add(new(path, problem));
        else _warnings[known] = _warnings[known] with { Count = _warnings[known].Count + 1 };
    }
}
