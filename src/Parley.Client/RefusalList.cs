namespace Parley.Client;

/// <summary>What the server refused since the user was last told. The first 100 are kept, all are counted.</summary>
internal sealed class RefusalList
{
    private const int Capacity = 100;

    private List<Refusal> _first = [];
    private long _count;

    public void Add(Refusal refusal)
    {
        _count++;
        if (_first.Count < Capacity) _first.Add(refusal);
    }

    /// <summary>The exception that tells of them, after which the list is empty; null where nothing was refused.</summary>
    public ParleyException? Take()
    {
        if (_count == 0) return null;
        var told = new ParleyException(_first, _count);
        (_first, _count) = ([], 0);
        return told;
    }
}
