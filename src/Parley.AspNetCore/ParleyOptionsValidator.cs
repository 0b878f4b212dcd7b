using Microsoft.Extensions.Options;

namespace Parley.AspNetCore;

/// <summary>Stops a server whose settings are out of their ranges, and says which.</summary>
internal sealed class ParleyOptionsValidator : IValidateOptions<ParleyOptions>
{
    public ValidateOptionsResult Validate(string? name, ParleyOptions options)
    {
        var ranges = new SettingRanges("Parley");
        ranges.Require(options.Data is null || !string.IsNullOrWhiteSpace(options.Data), "must be a folder; leave it out to keep nothing.", nameof(options.Data));
        ranges.Require(Enum.IsDefined(options.Durability), "must be Disk or Process.", nameof(options.Durability));
        ranges.CheckIfSet(options.RetentionDays, 0.001, 36_500);
        ranges.CheckIfSet(options.ContextTokens, 50, 1_000_000);
        ranges.Check(options.MaxMessageBytes, 1_024, 16 * 1_048_576);
        ranges.Check(options.MaxBodyBytes, 1_024L, 1_073_741_824L);
        ranges.Check(options.InputCapacity, 1, 65_536);
        ranges.Check(options.ViewerCapacity, 1, 65_536);
        ranges.Check(options.SendTimeoutSec, 0.1, 3_600);
        ranges.Check(options.KeepAliveSec, 0.1, 3_600);
        ranges.Check(options.PassivateAfterSec, 0.1, 86_400);
        ranges.Check(options.AbandonAfterSec, 1, 31_536_000);
        ranges.Check(options.ResumeGraceSec, 0.1, 3_600);
        ranges.Check(options.EndDrainSec, 0, 3_600);
        ranges.Check(options.ShutdownSec, 0, 3_600);
        return ranges.Result;
    }
}
