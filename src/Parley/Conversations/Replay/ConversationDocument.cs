using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Transcripts;
using Parley.Turns;
using Action = Parley.Semantics.SemanticAction;

namespace Parley.Conversations.Replay;

/// <summary>The offline document of a conversation, made of what its viewers were told.</summary>
public static class ConversationDocument
{
    /// <summary>Makes the document: final segments with what they were found to mean when they became final, and their turns.</summary>
    /// <param name="fileName">Where the conversation comes from; may be empty.</param>
    /// <param name="finals">The final segments by their ids, under the names that their speakers have by now.</param>
    /// <param name="rules">Has the lexicon that names the patterns of actions and the risks of keywords. Default: the built-in one.</param>
    public static Transcript Build(
        string fileName, IEnumerable<KeyValuePair<string, FinalizedPayload>> finals, ConversationRules? rules = null)
    {
        var builder = new TranscriptBuilder(fileName);
        string? language = null;
        var meanings = new Dictionary<int, Semantics.AnnotatedSegment>();
        foreach (var (id, final) in finals)
        {
            language ??= final.StreamLanguage;
            var (said, number) = (final.Segment, checked((int)SegmentId.Parse(id)));
            builder.Add(said.Start, said.End, said.Text, said.SpeakerId, number, said.Details);
            if (MeaningOf(final) is { } meaning) meanings.Add(number, meaning);
        }

        var transcript = (rules ?? ConversationRules.Default).Annotator.Annotate(builder.Build(), meanings);
        // What recognisers say of their texts is more exact, such as en-US.
        if (transcript.Language.Length == 0) transcript.Language = language ?? "";
        transcript.Turns = [.. OfflineTurns.Build(transcript).Select(turn => turn.ToTranscriptTurn())];
        return transcript;
    }

    /// <summary>What a segment was found to mean; null where it was not annotated.</summary>
    internal static Semantics.AnnotatedSegment? MeaningOf(FinalizedPayload final) => final.Semantic is not { } meaning
        ? null
        : final.ToAnnotatedSegment() with { Actions = [.. meaning.Actions.Select(action => new Action(action.Text, "", action.SpeakerId))] };
}
