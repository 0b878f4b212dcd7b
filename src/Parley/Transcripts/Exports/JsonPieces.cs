using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>JSON, a piece at a time: the document's top-level lists are the only long things in it.</summary>
internal static class JsonPieces
{
    public static IEnumerable<string> OfDocument(Transcript transcript)
    {
        var piece = new StringBuilder();
        var json = new JsonText(piece, isIndented: true);
        var isFirst = true;
        piece.Append('{');
        foreach (var (name, value) in transcript.Json.AsObject())
        {
            json.BeginItem(isFirst, 1);
            json.WriteName(name);
            isFirst = false;
            if (value is not JsonArray { Count: > 0 } list)
            {
                json.Write(value, 1);
                continue;
            }

            piece.Append('[');
            for (var i = 0; i < list.Count; i++)
            {
                json.BeginItem(i == 0, 2);
                json.Write(list[i], 2);
                yield return Take(piece);
            }

            json.EndLine(1);
            piece.Append(']');
        }

        if (!isFirst) json.EndLine(0);
        piece.Append('}');
        yield return Take(piece);
    }

    public static string OfLine(TranscriptSegment segment)
    {
        var piece = new StringBuilder();
        new JsonText(piece, isIndented: false).Write(segment.Json, 0);
        return piece.Append('\n').ToString();
    }

    private static string Take(StringBuilder piece)
    {
        var text = piece.ToString();
        piece.Clear();
        return text;
    }
}
