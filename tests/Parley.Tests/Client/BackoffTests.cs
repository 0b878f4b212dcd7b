using Parley.Client;

namespace Parley.Tests.Client;

public class BackoffTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Waits_double_up_to_the_longest_and_never_are_the_same_for_all()
    {
        var backoff = New();
        for (var attempt = 1; attempt <= 60; attempt++)
        {
            Assert.Equal(attempt, backoff.Attempt);
            var full = Math.Min(250 * Math.Pow(2, attempt - 1), 15_000);
            Assert.InRange(backoff.Failed(null)!.Value.TotalMilliseconds, full / 2, full);
        }

        Assert.NotEqual(New(seed: 1).Failed(null), New(seed: 2).Failed(null));
    }

    [Fact]
    public void A_server_that_says_how_long_is_left_alone_for_so_long() => Assert.Equal(TimeSpan.FromMinutes(1), New().Failed(TimeSpan.FromMinutes(1)));

    [Fact]
    public void It_is_not_tried_for_ever_and_success_begins_anew()
    {
        var backoff = New();
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(backoff.Failed(null));
        backoff.Succeeded();
        Assert.Equal(1, backoff.Attempt);
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(backoff.Failed(null));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(backoff.Failed(null));
    }

    private Backoff New(int seed = 0) => new(new ParleyClientOptions { Clock = _clock }, new Random(seed));
}
