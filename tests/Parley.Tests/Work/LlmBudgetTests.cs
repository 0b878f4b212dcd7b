using Parley.Protocol;
using Parley.Work;

namespace Parley.Tests.Work;

public class LlmBudgetTests
{
    private const string Stream = "str-1";

    private static readonly LlmUsage Most = new(1, 500, 500, 0);

    [Fact]
    public void What_is_set_aside_counts_for_the_limit_and_is_not_stored()
    {
        var budget = new LlmBudget(new LlmLimits { MaxCalls = 2 });
        Assert.True(budget.TryReserve(Stream, Most));
        Assert.Null(budget.ToStore(Stream));

        budget.Settle(Stream, Most, new LlmUsage(1, 300, 20, 0));
        Assert.True(budget.TryReserve(Stream, Most));
        Assert.Equal(new ModelUsage(1, 300, 20, 0), budget.ToStore(Stream));
        Assert.Equal(new LlmUsage(2, 800, 520, 0), budget.UsageOf(Stream));
        Assert.False(budget.TryReserve(Stream, Most));
    }
}
