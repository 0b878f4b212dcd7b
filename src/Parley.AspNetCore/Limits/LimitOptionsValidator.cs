using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Limits;

/// <summary>Stops a server whose limits are out of range, and says which.</summary>
internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var problems = new List<string>();
        Check(options.StreamsPerClient, 1, 1_000_000);
        Check(options.Streams, 1, 1_000_000);
        Check(options.ChunksPerSec, 1, 100_000);
        Check(options.ChunkBurst, 1, 1_000_000);
        Check(options.ConnectionsPerClient, 1, 1_000_000);
        Check(options.Connections, 1, 1_000_000);
        Check(options.AuthenticateWithinSec, 1, 60);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check(double value, double least, double most, [CallerArgumentExpression(nameof(value))] string option = "")
        {
            if (!(value >= least && value <= most))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"Parley:Limits:{option["options.".Length..]} must be from {least:N0} to {most:N0}."));
        }
    }
}
