namespace Parley.Conversations.Replay;

/// <summary>Neighbouring segments of one speaker in the order of the document, by their places.</summary>
/// <param name="SpeakerId">Who speaks.</param>
/// <param name="From">The place of the first.</param>
/// <param name="To">The place of the last. Segments between them whose speaker is not known are not part of the turn.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Start">Where the first starts.</param>
/// <param name="End">Where the last ends.</param>
internal readonly record struct StreamedTurn(string SpeakerId, int From, int To, int Count, double Start, double End)
{
    /// <summary>The turns of a conversation, grouped as <see cref="Turns.OfflineTurns"/> does without a threshold for pauses.</summary>
    public static IEnumerable<StreamedTurn> Group(ConversationIndex index)
    {
        var turn = default(StreamedTurn);
        for (var i = 0; i < index.Finals.Count; i++)
        {
            var place = index.Finals[i];
            if (index.SpeakerOf(place) is not { } speaker) continue;
            if (speaker == turn.SpeakerId)
            {
                turn = turn with { To = i, Count = turn.Count + 1, End = place.End };
                continue;
            }

            if (turn.Count > 0) yield return turn;
            turn = new(speaker, i, i, 1, place.Start, place.End);
        }

        if (turn.Count > 0) yield return turn;
    }

    public IEnumerable<int> SegmentIds(ConversationIndex index)
    {
        for (var i = From; i <= To; i++)
        {
            if (index.SpeakerOf(index.Finals[i]) is not null) yield return index.Finals[i].Number;
        }
    }
}
