namespace Parley.Protocol;

/// <summary>The values of <see cref="SessionStats.Reason"/>.</summary>
public static class EndReasons
{
    /// <summary>A client asked for the end.</summary>
    public const string Requested = "requested";

    /// <summary>The conversation had no input for too long, so that the server ended it.</summary>
    public const string Abandoned = "abandoned";
}
