/// <summary>What was sent of one stream, and when it was due.</summary>
internal sealed class Spoken
{
    private readonly long[] _due = new long[4096];
    private long _last;

    public long Last => Volatile.Read(ref _last);

    public void Add(long sequence, long due)
    {
        _due[sequence % _due.Length] = due;
        Volatile.Write(ref _last, sequence);
    }

    /// <summary>When a chunk was due; null where it was not sent, or too long ago to tell.</summary>
    public long? Due(long sequence) => sequence >= 1 && sequence <= Last && Last - sequence < _due.Length - 64 ? _due[sequence % _due.Length] : null;
}
