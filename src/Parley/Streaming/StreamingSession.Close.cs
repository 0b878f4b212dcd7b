namespace Parley.Streaming;

public sealed partial class StreamingSession
{
    /// <summary>
    /// Closes every lane that the chunk closes, keeping the rest in order of opening, and moves the chunk behind its own lane's end if it starts
    /// before. Returns where its own lane stands, or -1 if it has to open one.
    /// </summary>
    private int CloseLanes(ref StreamChunk chunk)
    {
        var own = -1;
        var kept = 0;
        var start = chunk.Start;
        for (var i = 0; i < _openCount; i++)
        {
            var lane = _open[i];
            var isOwn = SameSpeaker(lane.SpeakerId, chunk.SpeakerId);
            if (isOwn ? EndsOwn(lane, ref chunk) : start >= lane.End)
            {
                Recent.Add(lane, start);
                Closing(lane);
                continue;
            }

            if (isOwn) own = kept;
            _open[kept++] = lane;
        }

        Array.Clear(_open, kept, _openCount - kept);
        _openCount = kept;
        return own;
    }

    private bool EndsOwn(StreamSegment lane, ref StreamChunk chunk)
    {
        if (chunk.Start - lane.End > _config.MaxGapSec) return true;
        if (chunk.Start < lane.End)
        {
            chunk = chunk with { Start = lane.End, End = Math.Max(chunk.End, lane.End) };
            ClampedChunks++;
        }

        return chunk.End - lane.Start > _config.MaxSegmentSec;
    }

    /// <summary>Too many lanes: the one that ended first closes too, its final in its place by order of opening.</summary>
    private void GiveWay(double at)
    {
        var first = 0;
        for (var i = 1; i < _openCount; i++)
        {
            if (_open[i].End < _open[first].End) first = i;
        }

        var lane = TakeLane(first);
        Recent.Add(lane, at);
        Closing(lane);
        for (var i = _closingCount - 1; i > 0 && _closing[i - 1].Number > _closing[i].Number; i--)
            (_closing[i - 1], _closing[i]) = (_closing[i], _closing[i - 1]);
    }

    private StreamSegment TakeLane(int index)
    {
        var lane = _open[index];
        _openCount--;
        Array.Copy(_open, index + 1, _open, index, _openCount - index);
        _open[_openCount] = null!;
        return lane;
    }

    private void Closing(StreamSegment lane)
    {
        if (_closingCount == _closing.Length) Array.Resize(ref _closing, Math.Max(1, _closingCount * 2));
        _closing[_closingCount++] = lane;
    }
}
