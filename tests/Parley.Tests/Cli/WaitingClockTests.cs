using Parley.Cli.Run;

namespace Parley.Tests.Cli;

public sealed class WaitingClockTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_runs_only_while_input_is_waited_for()
    {
        var clock = new WaitingClock(_time);
        var start = clock.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));
        clock.Stop();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(1), clock.GetElapsedTime(start));
        clock.Start();
        clock.Start();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(3), clock.GetElapsedTime(start));
        clock.Stop();
        clock.Stop();
        Assert.Equal(TimeSpan.FromSeconds(3), clock.GetElapsedTime(start));
    }

    [Fact]
    public void The_time_of_day_goes_on()
    {
        var clock = new WaitingClock(_time);
        clock.Stop();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(_time.GetUtcNow(), clock.GetUtcNow());
    }
}
