namespace Parley.Work;

/// <summary>What a model is asked for.</summary>
/// <param name="StreamId">The conversation.</param>
/// <param name="Name">The use: question, action_item, decision, general, summary_incremental or summary_final.</param>
/// <param name="Meter">Adds up what the calls take; null for none.</param>
internal readonly record struct ModelUse(string StreamId, string Name, ModelMeter? Meter);

/// <summary>The name of a model as it may stand in figures, spans and facts.</summary>
internal static class ModelNames
{
    private const int Longest = 128;

    /// <summary>Returns a name that a server reported; null where it is something else than a name.</summary>
    public static string? Clean(string? reported) =>
        reported is { Length: > 0 and <= Longest } && reported.All(c => char.IsAsciiLetterOrDigit(c) || "._:/@+-".Contains(c, StringComparison.Ordinal))
            ? reported
            : null;
}
