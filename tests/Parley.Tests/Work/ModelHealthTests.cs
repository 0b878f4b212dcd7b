using Parley.Work;

namespace Parley.Tests.Work;

public class ModelHealthTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ModelHealth _health = new();
    private readonly List<string> _told = [];

    public ModelHealthTests()
    {
        _health.Failed += problem => _told.Add($"fails: {problem}");
        _health.Recovered += problem => _told.Add($"works: {problem.Calls} since {problem.Since:HH:mm}");
    }

    [Fact]
    public void It_is_told_once_when_it_begins_to_fail_and_once_when_it_works_again()
    {
        _health.Answered(Start);
        for (var minute = 0; minute < 5; minute++) _health.Note(Problem("not_authorized", 401, "no key", minute));
        Assert.Equal(5, _health.Problem?.Calls);
        Assert.Equal(Start, _health.Problem?.Since);
        _health.Answered(Start);
        _health.Answered(Start);
        Assert.Null(_health.Problem);
        _health.Note(Problem("timeout"));
        Assert.Equal(["fails: not_authorized, HTTP 401: no key", "works: 5 since 12:00", "fails: timeout"], _told);
    }

    [Theory]
    [InlineData("rate_limited")]
    [InlineData("bad_request")]
    [InlineData("invalid_answer")]
    public void What_says_little_is_told_when_it_comes_three_times_in_a_row(string reason)
    {
        for (var i = 0; i < 2; i++) _health.Note(Problem(reason));
        _health.Answered(Start);
        for (var i = 0; i < 2; i++) _health.Note(Problem(reason));
        Assert.Empty(_told);
        _health.Note(Problem(reason));
        Assert.Equal([$"fails: {reason}"], _told);
    }

    [Fact]
    public void What_is_broken_off_at_the_end_is_not_told()
    {
        _health.Close();
        _health.Note(Problem("timeout"));
        Assert.Empty(_told);
        Assert.Null(_health.Problem);
    }

    private static ModelProblem Problem(string reason, int? status = null, string? words = null, int minute = 0) =>
        new(reason, status, words, Start.AddMinutes(minute), Calls: 1);
}
