namespace Parley.Asr;

/// <summary>Stragglers of connections that have ended, and what their clock said before it was known that they had.</summary>
internal sealed class EarlierConnections(StreamConnections connections)
{
    /// <summary>
    /// The connection that a final is of: an earlier one where it has the key and the very start of what was committed of it early.
    /// </summary>
    public AsrConnection Of(in FinalText text)
    {
        var current = connections.Current;
        var update = text.Update;
        if (connections.Earlier.Count == 0 || text.IsEmpty) return current;
        for (var i = connections.Earlier.Count - 1; i >= 0; i--)
        {
            var earlier = connections.Earlier[i];
            if (earlier.Texts != current.Texts && IsOf(text, earlier)) return earlier;
        }

        return current;
    }

    private static bool IsOf(in FinalText text, AsrConnection earlier)
    {
        var update = text.Update;
        if (earlier.Texts.Find(update.Key) is not { } said) return false;
        return said.IsProvisional && Math.Abs((said.Start - update.Start) ?? double.NaN) <= AlignmentRules.Copy.MaxShiftSec;
    }

    /// <summary>What came at the first times of a clock that was set back belongs to the connection that then began.</summary>
    public static void TakeStrays(AsrConnection before, AsrConnection after)
    {
        foreach (var channel in before.Channels)
        {
            if (channel.Strays.Count > 0) TakeStrays(channel, after.Channel(channel.Name));
        }
    }

    private static void TakeStrays(AsrChannel channel, AsrChannel next)
    {
        next.Newest = channel.Newest;
        next.Finals.CopyFrom(channel.Finals);
        for (var i = 0; i < channel.Strays.Count; i++)
        {
            ref readonly var stray = ref channel.Strays[i];
            next.Words.Add(stray);
            // Others may have been wrong for themselves.
            if (stray.Text == channel.LastStray && channel.Clock.StartOfNext is not null)
                next.Clock.Cover(stray.Heard.Start, stray.Heard.End, speaker: null);
        }
    }
}
