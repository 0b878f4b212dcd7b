using Parley.Context;

namespace Parley.Tests.Context;

public class SummaryScheduleTests
{
    [Fact]
    public void Due_on_every_fifth_segment() =>
        Assert.Equal([5, 10, 15], DueOn(new SummarySchedule(), 17, lengthSec: 1));

    [Fact]
    public void Due_after_thirty_seconds_of_audio() =>
        Assert.Equal([3, 6], DueOn(new SummarySchedule(), 7, lengthSec: 10));

    [Fact]
    public void Never_on_every_segment_however_long_they_are() =>
        Assert.Equal([2, 4, 6], DueOn(new SummarySchedule(), 7, lengthSec: 300));

    [Fact]
    public void The_same_schedule_may_be_asked_twice()
    {
        var schedule = new SummarySchedule(everySegments: 2);
        Assert.Equal(schedule.After(0, 1).After(1, 2), schedule.After(0, 1).After(1, 2));
        Assert.Equal(0, schedule.Waiting);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(5, 0)]
    [InlineData(5, double.NaN)]
    public void Settings_out_of_range_are_refused(int everySegments, double everySec) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SummarySchedule(everySegments, everySec));

    private static List<int> DueOn(SummarySchedule schedule, int segments, double lengthSec)
    {
        var due = new List<int>();
        for (var i = 0; i < segments; i++)
        {
            if (schedule.IsDue(i * lengthSec, (i + 1) * lengthSec)) due.Add(i + 1);
            schedule = schedule.After(i * lengthSec, (i + 1) * lengthSec);
        }

        return due;
    }
}
