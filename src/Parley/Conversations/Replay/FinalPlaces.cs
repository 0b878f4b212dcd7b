using System.Runtime.InteropServices;
using Parley.Log;
using Parley.Protocol;
using Parley.Transcripts;

namespace Parley.Conversations.Replay;

/// <summary>The final segments of a conversation by their numbers, and who said them by now. Their texts are not kept.</summary>
internal sealed class FinalPlaces
{
    private readonly List<FinalPlace> _places = [];
    private readonly SpeakerMerges _speakers = new();

    /// <summary>The segments: by number, until they are sorted.</summary>
    public IReadOnlyList<FinalPlace> All => _places;

    /// <summary>Who said a segment; null where nobody was named.</summary>
    public string? SpeakerOf(FinalPlace place) => _speakers.NameOf(place.Speaker);

    /// <summary>Takes a final segment.</summary>
    /// <exception cref="OverflowException">Its number is higher than a document can have.</exception>
    public FinalPlace Add(LogRecord record, string segmentId, FinalizedPayload final)
    {
        var said = final.Segment;
        var place = new FinalPlace(
            said.Start,
            said.End,
            new(record.EventId, record.Json.Length),
            checked((int)SegmentId.Parse(segmentId)),
            _speakers.Of(said.SpeakerId),
            SpeakerTable.WordsOf(said.Text),
            final.Semantic is { Actions.Count: > 0 },
            final.Semantic is { RiskTags.Count: > 0, Keywords.Count: > 0 });

        // Finals come almost in the order of their numbers: a few steps back at most, one for each segment that was open meanwhile.
        var at = _places.Count;
        while (at > 0 && _places[at - 1].Number >= place.Number) at--;
        if (at < _places.Count && _places[at].Number == place.Number) _places[at] = place;
        else Insert(at, place);
        return place;
    }

    /// <summary>Gives speakers another name.</summary>
    public void Revise(SpeakerRevisionPayload revision)
    {
        if (revision.SegmentIds.Count == 0) _speakers.Rename(revision.From, revision.To);
        foreach (var id in revision.SegmentIds)
        {
            if (SegmentId.TryParse(id, out var number) && Find(number) is >= 0 and var at)
                _places[at] = _places[at] with { Speaker = _speakers.Named(revision.To) };
        }
    }

    /// <summary>A segment by its number; null where it is not final. Not after they are sorted.</summary>
    public FinalPlace? Of(long number) => Find(number) is >= 0 and var at ? _places[at] : null;

    /// <summary>Puts the segments into the order of the document.</summary>
    public void Sort() => _places.Sort();

    private int Find(long number)
    {
        var places = CollectionsMarshal.AsSpan(_places);
        var (low, high) = (0, places.Length - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            if (places[middle].Number == number) return middle;
            if (places[middle].Number < number) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    private void Insert(int at, FinalPlace place)
    {
        // A list that doubles holds three times what it needs while it grows.
        if (_places.Count == _places.Capacity) _places.EnsureCapacity(_places.Count + 64 + (_places.Count / 4));
        _places.Insert(at, place);
    }
}
