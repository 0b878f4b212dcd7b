namespace Parley.Asr;

/// <summary>Maps the clocks of a stream's connections, each from zero, to one that never runs back.</summary>
internal sealed class ConnectionClock
{
    /// <summary>The connection's number, from 0.</summary>
    public int Connection { get; private set; }

    /// <summary>Where the connection began, in seconds of the stream.</summary>
    public double Offset { get; private set; }

    /// <summary>The latest time heard of, in the stream's clock.</summary>
    public double Newest { get; private set; }

    /// <summary>The latest start heard of, in the connection's clock.</summary>
    public double NewestStart { get; private set; } = double.NegativeInfinity;

    public void Heard(double? start, double streamEnd)
    {
        if (start is { } s) NewestStart = Math.Max(NewestStart, s);
        Newest = Math.Max(Newest, streamEnd);
    }

    /// <summary>Goes on with a connection that began before.</summary>
    public void Resume(int connection, double offset) => (Connection, Offset, Newest) = (connection, offset, Math.Max(0, offset));

    public void Restart(double offset)
    {
        Connection++;
        Offset = Math.Max(offset, Newest);
        NewestStart = double.NegativeInfinity;
    }
}
