using System.CommandLine;
using System.CommandLine.Parsing;
using Parley.Cli.Data;

namespace Parley.Cli.Commands;

/// <summary>Which conversations <c>parley erase --older-than</c> is about.</summary>
internal sealed class OlderThanOptions
{
    public Option<double> OlderThan { get; } = CommonArguments.Number(
        "--older-than", "DAYS", "Erase every conversation that ended at least so many days ago.",
        days => days is >= 0 and <= 36_500, "from 0 to 36500 days");

    public Option<string?> Tenant { get; } = new("--tenant")
    {
        Description = "With --older-than: only those of this tenant.",
        HelpName = "NAME",
    };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "With --older-than: list them, and erase nothing." };

    public Option<bool> TrustClock { get; } = new("--trust-clock")
    {
        Description = "With --older-than: erase even if the newest fact is more than 7 days old, so that the clock may be wrong.",
    };

    /// <summary>Refuses a command that names neither a conversation nor an age, or both.</summary>
    public void Check(CommandResult result, bool hasStream)
    {
        var isOld = result.GetResult(OlderThan) is { Implicit: false };
        if (hasStream == isOld) result.AddError("Name one conversation, or all that are old enough: --older-than DAYS.");
        if (!isOld && (result.GetValue(DryRun) || result.GetValue(TrustClock) || result.GetValue(Tenant) is not null))
            result.AddError("--tenant, --dry-run and --trust-clock go with --older-than.");
    }

    public OldErasure Of(ParseResult result, TimeProvider clock) => new(
        clock.GetUtcNow() - TimeSpan.FromDays(result.GetValue(OlderThan)),
        result.GetValue(Tenant),
        result.GetValue(DryRun),
        result.GetValue(TrustClock));
}
