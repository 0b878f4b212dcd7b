using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore;

/// <summary>Stops a server whose settings are out of their ranges, and says which.</summary>
internal sealed class ParleyOptionsValidator : IValidateOptions<ParleyOptions>
{
    public ValidateOptionsResult Validate(string? name, ParleyOptions options)
    {
        string?[] problems =
        [
            options.Data is { } folder && string.IsNullOrWhiteSpace(folder) ? "Parley:Data must be a folder; leave it out to keep nothing." : null,
            Enum.IsDefined(options.Durability) ? null : "Parley:Durability must be Disk or Process.",
            options.RetentionDays is { } days ? Range("RetentionDays", days, 0.001, 36_500) : null,
            Range("MaxMessageBytes", options.MaxMessageBytes, 1_024, 16 * 1_048_576),
            Range("MaxBodyBytes", options.MaxBodyBytes, 1_024L, 1_073_741_824L),
            Range("InputCapacity", options.InputCapacity, 1, 65_536),
            Range("ViewerCapacity", options.ViewerCapacity, 1, 65_536),
            Range("SendTimeoutSec", options.SendTimeoutSec, 0.1, 3_600),
            Range("KeepAliveSec", options.KeepAliveSec, 0.1, 3_600),
            Range("PassivateAfterSec", options.PassivateAfterSec, 0.1, 86_400),
            Range("AbandonAfterSec", options.AbandonAfterSec, 1, 31_536_000),
            Range("ResumeGraceSec", options.ResumeGraceSec, 0.1, 3_600),
            Range("EndDrainSec", options.EndDrainSec, 0, 3_600),
            Range("ShutdownSec", options.ShutdownSec, 0, 3_600),
        ];
        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    // Written so that what is not a number is out of every range.
    private static string? Range<T>(string key, T value, T least, T most)
        where T : INumber<T> =>
        value >= least && value <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Parley:{key} must be from {least} to {most}; it is {value}.");
}
