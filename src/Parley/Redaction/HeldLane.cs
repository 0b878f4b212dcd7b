namespace Parley.Redaction;

/// <summary>The chunks of one speaker that are not sure yet, as one text.</summary>
internal sealed class HeldLane
{
    /// <summary>More than is looked at in front of a number.</summary>
    private const int LongestBefore = 160;

    private readonly IReadOnlyList<HeldChunk> _chunks;
    private readonly string _before;
    private readonly int _from;
    private readonly int[] _offsets;
    private readonly string _text;
    private readonly List<Finding> _found;
    private readonly OpenEnd _open;

    /// <summary>Looks at the chunks.</summary>
    /// <param name="chunks">The chunks.</param>
    /// <param name="redactor">What to look for.</param>
    /// <param name="before">The text of the speaker's chunks in front of them: it tells what numbers are.</param>
    public HeldLane(IReadOnlyList<HeldChunk> chunks, Redactor redactor, string before)
    {
        _chunks = chunks;
        _before = before;
        _offsets = new int[chunks.Count];
        var end = before.Length;
        for (var i = 0; i < chunks.Count; i++)
        {
            // A chunk without text makes no border.
            var length = chunks[i].Chunk.Text.Length;
            _offsets[i] = end > 0 && length > 0 ? end + 1 : end;
            end = _offsets[i] + length;
        }

        _text = redactor.Join(chunks.Select(held => held.Chunk.Text).Prepend(before).Where(text => text.Length > 0));
        _from = before.Length == 0 || before.Length == _text.Length ? before.Length : before.Length + 1;
        (_found, _open) = redactor.Look(_text, _from);
    }

    /// <summary>Gets the last text that is settled, for the chunks that follow.</summary>
    public string Before
    {
        get
        {
            var settled = _chunks.TakeWhile(held => held.Clean is not null).Count();
            if (settled == 0) return _before;
            var end = _offsets[settled - 1] + _chunks[settled - 1].Chunk.Text.Length;
            if (end <= LongestBefore) return _text[..end];
            var start = end - LongestBefore;
            while (start < end && !char.IsWhiteSpace(_text[start]) && _text[start] != Spoken.Border) start++;
            return _text[start..end];
        }
    }

    /// <summary>Settles the chunks that no finding can reach any more.</summary>
    public void SettleWhatIsSure()
    {
        var sure = CountBefore(_open.Start);

        // What was found must stay whole: of half a number nobody can tell that it was one.
        while (sure < _chunks.Count && _found.Find(finding => finding.Start < _offsets[sure] && finding.End > _offsets[sure]) is { Name: not null } across
            && CountBefore(across.Start) < sure)
        {
            sure = CountBefore(across.Start);
        }

        for (var i = 0; i < _chunks.Count; i++)
        {
            if (i < sure) Settle(i, _found);
            else _chunks[i].IsTelling = _open.IsTelling;
        }
    }

    /// <summary>Settles all: nothing more comes.</summary>
    public void SettleAll()
    {
        for (var i = 0; i < _chunks.Count; i++) Settle(i, _found);
    }

    /// <summary>Settles all although more may come: what may be the beginning of a finding goes as one.</summary>
    public void GiveUp()
    {
        var found = _found;
        if (_open.IsTelling)
        {
            var start = _found.Where(finding => finding.End > _open.Start).Select(finding => finding.Start).Append(_open.Start).Min();
            found = [.. _found.Where(finding => finding.Start < start), new Finding(start, _text.Length, "redacted")];
        }

        for (var i = 0; i < _chunks.Count; i++) Settle(i, found);
    }

    /// <summary>The text as far as nothing that comes can make a finding of it, without what was found.</summary>
    public string Preview()
    {
        var start = _found.Where(finding => finding.End > _open.Start).Select(finding => finding.Start).Append(_open.Start).Min();
        return Redactor.Apply(_text[_from..start], _from, _found).Replace(Spoken.Border, ' ').Trim();
    }

    private void Settle(int index, List<Finding> found)
    {
        var chunk = _chunks[index].Chunk;
        _chunks[index].Clean = Redactor.Apply(chunk.Text, _offsets[index], found);
        _chunks[index].CleanDetails = DetailsRedaction.Apply(chunk.Details, chunk.Text, _offsets[index], found);
    }

    private int CountBefore(int at)
    {
        var count = 0;
        while (count < _chunks.Count && _offsets[count] + _chunks[count].Chunk.Text.Length <= at) count++;
        return count;
    }
}
