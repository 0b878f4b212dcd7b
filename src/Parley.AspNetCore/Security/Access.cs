namespace Parley.AspNetCore.Security;

/// <summary>What was found out about a request.</summary>
/// <param name="Caller">Who makes it; null where that is not known.</param>
/// <param name="Refusal">The error code, if it brings credentials that do not let it in; null otherwise.</param>
internal readonly record struct Access(Caller? Caller, string? Refusal)
{
    /// <summary>The request brings no credentials.</summary>
    public static Access Unknown => default;

    public static Access Of(Caller caller) => new(caller, null);

    public static Access Refused(string code) => new(null, code);
}
