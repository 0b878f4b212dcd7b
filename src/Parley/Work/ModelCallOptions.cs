using System.Runtime.CompilerServices;

namespace Parley.Work;

/// <summary>What the calls of a model ask for, and how long they may take.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range; thrown where it is set.</exception>
public sealed record ModelCallOptions
{
    /// <summary>Gets the name of the model. Default: null, the client's own.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the temperature, from 0 to 2; null leaves it to the server. Default: 0.</summary>
    public double? Temperature { get; init => field = In(value, 0, 2); } = 0;

    /// <summary>Gets the maximum number of tokens of an answer, from 1 to 1,000,000. Default: 500.</summary>
    public int MaxOutputTokens { get; init => field = In<int>(value, 1, 1_000_000)!.Value; } = 500;

    /// <summary>
    /// Gets the maximum number of tokens with which an answer that is cut or empty is asked for once more, from 0 to 1,000,000. If it is
    /// not above <see cref="MaxOutputTokens"/>, a cut answer is not asked for again. Default: 4,000.
    /// </summary>
    public int LargerOutputTokens { get; init => field = In<int>(value, 0, 1_000_000)!.Value; } = 4_000;

    /// <summary>Gets how long a call may take, from 10 ms to 1 hour. Default: null, as long as the attempt.</summary>
    public TimeSpan? Timeout { get; init => field = In(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)); }

    /// <summary>
    /// Gets how long a call may take until the first piece of the answer, or of reasoning, from 10 ms to 1 hour. Default: null, no limit
    /// of its own.
    /// </summary>
    public TimeSpan? FirstPieceTimeout { get; init => field = In(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)); }

    private static T? In<T>(T? value, T least, T most, [CallerMemberName] string name = "")
        where T : struct, IComparable<T> =>
        value is not { } given || (given.CompareTo(least) >= 0 && given.CompareTo(most) <= 0)
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} must be from {least} to {most}."));
}
