using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Limits;

/// <summary>Stops a server whose limits are out of range, and says which.</summary>
internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var ranges = new SettingRanges("Parley:Limits");
        ranges.Check(options.StreamsPerClient, 1, 1_000_000);
        ranges.Check(options.Streams, 1, 1_000_000);
        ranges.Check(options.ChunksPerSec, 1, 100_000);
        ranges.Check(options.ChunkBurst, 1, 1_000_000);
        ranges.Check(options.ConnectionsPerClient, 1, 1_000_000);
        ranges.Check(options.Connections, 1, 1_000_000);
        ranges.Check(options.AuthenticateWithinSec, 1, 60);
        return ranges.Result;
    }
}
