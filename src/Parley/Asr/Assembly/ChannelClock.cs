namespace Parley.Asr;

/// <summary>
/// Judges the times of one channel, in its connection's clock. One bad time moves nothing but itself: a clock that was set back, or that
/// jumped, is believed when two messages in a row say so.
/// </summary>
internal sealed class ChannelClock
{
    private const double ToleranceSec = 0.25;

    // A final is not later than this, and a pause between two may be longer.
    private const double LatestSec = 10;

    // Longer silences are believed from the second message on.
    private const double LongestSilenceSec = 3600;

    // A new connection says its first text within this.
    private const double FirstTextSec = 2;

    private readonly record struct Stray(double Start, double PlacedAt);

    private Stray? _stray;
    private double _newest = double.NegativeInfinity;
    private double? _jump;
    private double _lastStart = double.NegativeInfinity;
    private string? _lastSpeaker;

    /// <summary>What is covered by what was said.</summary>
    public Coverage Covered { get; } = new();

    /// <summary>
    /// Where the clock that was set back begins in the stream: where the stream stood, if it began with the first time that fitted nothing;
    /// otherwise so that it goes on from there. Null where no time did not fit.
    /// </summary>
    public double? StartOfNext => _stray is { } stray ? stray.PlacedAt - (stray.Start <= FirstTextSec ? 0 : stray.Start) : null;

    /// <summary>
    /// Returns where text stands in the stream that goes on from the last time that fitted nothing: behind it by the same pause, if that is
    /// no longer than pauses are.
    /// </summary>
    public double PlaceAfterStray(double start) =>
        _stray is { } stray && start - stray.Start <= LatestSec ? stray.PlacedAt + start - stray.Start : double.NegativeInfinity;

    /// <summary>Whether the clock may have been set back, so that a time is another than it was before.</summary>
    public bool IsDoubtful(double start) => _stray is { } stray && stray.Start < _newest && start >= stray.Start - ToleranceSec && IsBack(start);

    /// <summary>Whether a time is of what was heard before.</summary>
    public bool IsBack(double start) => start < _newest;

    /// <summary>Whether a time is long after what was heard before.</summary>
    public bool IsJump(double start) => !Covered.IsEmpty && start > _newest + LatestSec;

    public ClockVerdict Judge(double start, double end, string? speaker)
    {
        if (Covered.IsEmpty) return ClockVerdict.InPlace;
        if (start >= _newest - ToleranceSec)
        {
            if (start <= _newest + LongestSilenceSec || start >= _stray?.Start - ToleranceSec) return ClockVerdict.InPlace;
            return ClockVerdict.OutOfPlace;
        }

        if (_stray is { } stray && stray.Start < _newest && start >= stray.Start - ToleranceSec) return ClockVerdict.Restarted;
        if (IsBesideLast(start, speaker)) return ClockVerdict.InPlace;
        return _newest - start > LatestSec || Covered.Share(start, end) > 0.5 ? ClockVerdict.OutOfPlace : ClockVerdict.InPlace;
    }

    /// <summary>Text was said at a time that is believed.</summary>
    public void Cover(double start, double end, string? speaker)
    {
        end = Math.Max(start, end);
        Covered.Add(start, end);
        (_lastStart, _lastSpeaker) = (start, speaker);
        if (start < _newest - ToleranceSec)
        {
            _newest = Math.Max(_newest, end);
            return;
        }

        _stray = null;
        // A long pause, or one bad time: what was heard before counts until another message says the same.
        if (double.IsFinite(_newest) && start > _newest + LatestSec && !(start >= _jump - ToleranceSec)) _jump = start;
        else (_newest, _jump) = (Math.Max(_newest, end), start >= _jump - ToleranceSec ? null : _jump);
    }

    /// <summary>Text was said at a time that fits nothing, and put at <paramref name="placedAt"/> in the stream.</summary>
    public void Doubt(double start, double placedAt) => _stray = new(start, placedAt);

    // Two people who talk at once come in two messages.
    private bool IsBesideLast(double start, string? speaker) =>
        start >= _lastStart && speaker is not null && _lastSpeaker is not null && !OpenTexts.SameName(speaker, _lastSpeaker);
}
