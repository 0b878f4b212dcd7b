using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Parley.Semantics;
using Parley.Transcripts;
using Parley.Turns;

namespace Parley.Conversations.Replay;

/// <summary>Writes the document as JSON: what is short from a document without segments, the long lists of it from the log.</summary>
internal sealed class StreamedDocument(ConversationIndex index, SegmentReading segments, PiecewiseText output)
{
    private readonly JsonText _json = new(output.Text, isIndented: true);
    private readonly DocumentAnnotation _found = new(existing: null);
    private bool _hasMatches;

    public async Task WriteAsync(string fileName, CancellationToken cancellationToken)
    {
        var speakers = new SpeakerTable();
        foreach (var place in index.Finals)
        {
            if (index.SpeakerOf(place) is { } speaker) speakers.Add(speaker, place.Start, place.End, place.Words);
        }

        var document = new Transcript(fileName, index.Language)
        {
            Speakers = speakers.ToSpeakers(),
            SpeakerStats = speakers.ToStats(),
            Annotations = [],
            Turns = [],
        };
        await ObjectAsync(document.Json.AsObject(), 0, name => name switch
        {
            "segments" => ListAsync(SegmentsAsync(cancellationToken), 1, cancellationToken),
            "annotations" => AnnotationsAsync(cancellationToken),
            "turns" => TurnsAsync(cancellationToken),
            _ => null,
        });
    }

    private async IAsyncEnumerable<JsonNode> SegmentsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (segment, found) in segments.ReadAsync(index.Finals, cancellationToken))
        {
            _found.Keywords.UnionWith(found.Keywords);
            _found.RiskTags.UnionWith(found.RiskTags);
            _hasMatches |= found.Matches.Count > 0;
            yield return segment.Json;
        }
    }

    private Task AnnotationsAsync(CancellationToken cancellationToken)
    {
        var semantic = _found.ToJson();
        if (_hasMatches) semantic["matches"] = new JsonArray();
        var annotations = new JsonObject { [KeywordSemanticAnnotator.Name] = semantic };
        var actions = FoundAsync(index.Finals.Where(place => place.HasActions), found => found.Actions, cancellationToken);
        var matches = FoundAsync(index.Finals.Where(place => place.HasRisks), found => found.Matches, cancellationToken);
        return ObjectAsync(annotations, 1, _ => ObjectAsync(semantic, 2, name => name switch
        {
            "actions" => ListAsync(actions, 3, cancellationToken),
            "matches" => ListAsync(matches, 3, cancellationToken),
            _ => null,
        }));
    }

    private async IAsyncEnumerable<JsonNode> FoundAsync(
        IEnumerable<FinalPlace> places,
        Func<DocumentAnnotation, JsonArray> list,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, found) in segments.ReadAsync(places, cancellationToken))
        {
            foreach (var item in list(found)) yield return item!;
        }
    }

    private async Task TurnsAsync(CancellationToken cancellationToken)
    {
        var spoken = index.Finals.Where(place => index.SpeakerOf(place) is not null);
        await using var texts = segments.TextsAsync(spoken, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var (number, beforeEnd) = (0, double.NegativeInfinity);
        output.Text.Append('[');
        foreach (var turn in StreamedTurn.Group(index))
        {
            _json.BeginItem(number == 0, 2);
            var row = new TranscriptTurn($"turn_{number}", turn.SpeakerId, turn.Start, turn.End, [], "") { Metadata = [] };
            var interrupts = OfflineTurns.Interrupts(turn.Start, beforeEnd);
            var metadata = new TurnMetadata(0, interrupts);
            await ObjectAsync(row.Json.AsObject(), 2, name => name switch
            {
                "segment_ids" => IdsAsync(turn, cancellationToken),
                "text" => TextAsync(),
                "metadata" => MetadataAsync(),
                _ => null,
            });
            (number, beforeEnd) = (number + 1, turn.End);
            await output.PassOnAsync(cancellationToken);

            async Task TextAsync() => metadata = await TextOfAsync(turn, texts, metadata, cancellationToken);

            Task MetadataAsync()
            {
                _json.Write(metadata.ToJson(), 3);
                return Task.CompletedTask;
            }
        }

        if (number > 0) _json.EndLine(1);
        output.Text.Append(']');
    }

    private async Task IdsAsync(StreamedTurn turn, CancellationToken cancellationToken)
    {
        output.Text.Append('[');
        var isFirst = true;
        foreach (var id in turn.SegmentIds(index))
        {
            _json.BeginItem(isFirst, 4);
            output.Text.Append(id);
            isFirst = false;
            await output.PassOnAsync(cancellationToken);
        }

        _json.EndLine(3);
        output.Text.Append(']');
    }

    private async Task<TurnMetadata> TextOfAsync(
        StreamedTurn turn, IAsyncEnumerator<string> texts, TurnMetadata metadata, CancellationToken cancellationToken)
    {
        var (questions, fluency, isEmpty) = (0, default(TurnText.Fluency), true);
        output.Text.Append('"');
        for (var i = 0; i < turn.Count; i++)
        {
            await texts.MoveNextAsync();
            if (TurnText.IsQuestion(texts.Current)) questions++;
            var said = ReferenceText.Trim(texts.Current).ToString();
            if (said.Length == 0) continue;
            if (!isEmpty) output.Text.Append(' ');
            _json.WriteInside(said);
            fluency += TurnText.Fluency.Of(said);
            isEmpty = false;
            await output.PassOnAsync(cancellationToken);
        }

        output.Text.Append('"');
        return metadata with { QuestionCount = questions, DisfluencyRatio = fluency.DisfluencyRatio };
    }

    private async Task ListAsync(IAsyncEnumerable<JsonNode> items, int depth, CancellationToken cancellationToken)
    {
        output.Text.Append('[');
        var isFirst = true;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            _json.BeginItem(isFirst, depth + 1);
            _json.Write(item, depth + 1);
            isFirst = false;
            await output.PassOnAsync(cancellationToken);
        }

        if (!isFirst) _json.EndLine(depth);
        output.Text.Append(']');
    }

    /// <summary>Writes an object; the fields that <paramref name="writeLong"/> writes are not taken from it.</summary>
    private async Task ObjectAsync(JsonObject fields, int depth, Func<string, Task?> writeLong)
    {
        output.Text.Append('{');
        var isFirst = true;
        foreach (var (name, value) in fields)
        {
            _json.BeginItem(isFirst, depth + 1);
            _json.WriteName(name);
            isFirst = false;
            if (writeLong(name) is { } written) await written;
            else _json.Write(value, depth + 1);
        }

        if (!isFirst) _json.EndLine(depth);
        output.Text.Append('}');
    }
}
