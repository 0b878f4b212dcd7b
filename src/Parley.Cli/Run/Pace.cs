namespace Parley.Cli.Run;

/// <summary>Holds a recording back to the speed it was said at, or a multiple of it.</summary>
internal sealed class Pace(double? speed, TimeProvider clock)
{
    private (double Audio, long Timestamp)? _start;

    /// <summary>Waits until this moment of the audio has come.</summary>
    public async ValueTask WaitForAsync(double audioSec, CancellationToken cancellationToken)
    {
        if (speed is not { } times) return;
        _start ??= (audioSec, clock.GetTimestamp());
        var due = TimeSpan.FromSeconds(Math.Clamp((audioSec - _start.Value.Audio) / times, 0, 86_400));
        var wait = due - clock.GetElapsedTime(_start.Value.Timestamp);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken);
    }
}
