using Parley.AspNetCore.Hosting;

namespace Parley.IntegrationTests.Server;

/// <summary>A notice holds for the conversations that it was given for, and for no others.</summary>
public sealed class RetentionMarkTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_tenant_that_has_lost_its_own_time_was_given_no_notice()
    {
        var before = Policy("acme");
        var mark = new RetentionMark(null, before.Kept.TotalDays, Now.AddDays(-2), Now.AddDays(-30), ["acme"]);
        Assert.True(mark.HoldsFor(before, Now));
        Assert.False(mark.HoldsFor(Policy(), Now));
        Assert.False(mark.HoldsFor(Policy("acme", "other"), Now));
    }

    private static RetentionPolicy Policy(params string[] except) => new(null, TimeSpan.FromDays(30), except.ToHashSet());
}
