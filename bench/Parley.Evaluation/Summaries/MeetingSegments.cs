using System.Text;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Evaluation.Summaries;

/// <summary>Reads a meeting as a conversation, from its first chunk to its end.</summary>
internal static class MeetingSegments
{
    /// <summary>Returns the final segments with what they mean, in the order they closed.</summary>
    /// <param name="path">The chunks, as JSON Lines.</param>
    /// <param name="meeting">The name of the meeting.</param>
    public static List<AnnotatedSegment> Read(string path, string meeting)
    {
        var (state, reader, segments) = (new ConversationState(meeting), new ChunkJsonReader(), new List<AnnotatedSegment>());
        var chunks = File.ReadLines(path).Select(line => reader.Read(Encoding.UTF8.GetBytes(line)));
        var heard = chunks.Select((chunk, i) => new HearChunk(i + 1, chunk));
        foreach (var input in (IEnumerable<ConversationInput>)[new Open(new ConversationSettings()), .. heard, new End("end_of_input")])
        {
            var decision = Conversation.Decide(state, input);
            if (decision.Refusal is { } refusal) throw new InvalidDataException($"{path}: {refusal.Message}");
            foreach (var fact in decision.Facts)
            {
                Conversation.Apply(state, fact);
                if (fact is VisibleFact { Payload: FinalizedPayload final }) segments.Add(final.ToAnnotatedSegment());
            }
        }

        return segments;
    }
}
