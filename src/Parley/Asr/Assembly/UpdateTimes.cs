using System.Globalization;
using Parley.Protocol;

namespace Parley.Asr;

/// <summary>
/// Brings the times of an update to the connection's clock: text takes those of its words, and dates are counted from the first.
/// </summary>
internal sealed class UpdateTimes(StreamConnections connections, AssemblyOutputs outputs)
{
    // Ten years. No recording is longer.
    private const double FirstDate = 315_576_000;

    public void Settle(ref AsrUpdate update, Span<AsrWord> words, bool isTimed)
    {
        if (isTimed) update = update with { Start = update.Start ?? words[0].Start, End = update.End ?? words[^1].End };
        if ((update.Start ?? update.End) is not { } start) return;
        if (start >= FirstDate && !connections.HasTimes)
        {
            connections.Epoch = start;
            outputs.Report(AsrAnomaly.AbsoluteTimes, string.Create(CultureInfo.InvariantCulture, $"times are counted from {start}"));
        }

        connections.HasTimes = true;
        if (connections.Epoch is not { } epoch || start < FirstDate) return;
        update = update with
        {
            Start = Counted(update.Start, epoch),
            End = Counted(update.End, epoch),
            Words = update.Words is { } told ? [.. told.Select(word => Counted(word, epoch))] : null,
        };
        foreach (ref var word in words) word = word with { Start = word.Start - epoch, End = word.End - epoch };
    }

    // Dates in doubles have microseconds, and no more.
    private static double? Counted(double? time, double epoch) => time is { } known ? Counted(known, epoch) : null;

    private static TimedWord Counted(in TimedWord word, double epoch) =>
        word with { Start = Counted(word.Start, epoch), End = Counted(word.End, epoch) };

    private static double Counted(double time, double epoch) => Math.Round(time - epoch, 6);
}
