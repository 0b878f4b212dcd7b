using System.Text.Json.Serialization;

namespace Parley.Conversations.Rules;

/// <summary>What an input that closes a segment says about it, beside what viewers are told.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Turn">The open turn that it goes to, from 0 for the one that has the floor; as many as are open where it opens one.</param>
public sealed record ClosedSegment(string SegmentId, int Turn)
{
    /// <summary>Gets whether it is the first of the conversation to end a sentence with a mark: its recogniser sets punctuation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Punctuates { get; init; }
}
