namespace Parley.Redaction;

/// <summary>The chunks of one speaker that are not sure yet, as one text.</summary>
internal sealed class HeldLane
{
    private readonly IReadOnlyList<HeldChunk> _chunks;
    private readonly int[] _offsets;
    private readonly string _text;
    private readonly List<Finding> _found;
    private readonly OpenEnd _open;

    public HeldLane(IReadOnlyList<HeldChunk> chunks, Redactor redactor)
    {
        _chunks = chunks;
        _offsets = new int[chunks.Count];
        var end = 0;
        for (var i = 0; i < chunks.Count; i++)
        {
            // A chunk without text makes no border.
            var length = chunks[i].Chunk.Text.Length;
            _offsets[i] = end > 0 && length > 0 ? end + 1 : end;
            end = _offsets[i] + length;
        }

        _text = redactor.Join(chunks.Select(held => held.Chunk.Text).Where(text => text.Length > 0));
        _found = redactor.Find(_text);
        _open = redactor.OpenEndOf(_text);
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
        return Redactor.Apply(_text[..start], 0, _found).Replace(Spoken.Border, ' ').Trim();
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
