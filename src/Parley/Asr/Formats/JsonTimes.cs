using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>Reads times that vendors do not write as seconds, and gives them in seconds.</summary>
internal static class JsonTimes
{
    // A fast speaker says so much a second.
    private const double CharactersPerSec = 20;

    /// <summary>Milliseconds, as a number or as text; null where they are missing.</summary>
    public static double? Millis(this JsonElement parent, string name) => parent.Seconds(name) / 1000;

    public static double RequireMillis(this JsonElement parent, string name) => parent.RequireSeconds(name) / 1000;

    /// <summary>
    /// Hours, minutes and seconds (<c>"0:01:12.50"</c>), with days in front where there are any (<c>"1.02:00:00"</c>); null where they are
    /// missing.
    /// </summary>
    public static double? Clock(this JsonElement parent, string name)
    {
        if (parent.Text(name) is not { } text) return null;
        var sec = 0.0;
        var parts = text.Split(':');
        for (var i = 0; i < parts.Length; i++)
        {
            // Days stand in front of the hours, with a dot between.
            var part = parts[i];
            var dot = i == 0 ? part.IndexOf('.', StringComparison.Ordinal) : -1;
            sec = (sec * 60) + (dot < 0 ? Number(part, name) : (Number(part[..dot], name) * 24) + Number(part[(dot + 1)..], name));
        }

        return parts.Length == 3 ? sec : throw Wrong(name);
    }

    /// <summary>A date and time, in seconds since 1970; null where it is missing.</summary>
    public static double? Date(this JsonElement parent, string name)
    {
        if (parent.Text(name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date.ToUnixTimeMilliseconds() / 1000.0
            : throw new AsrMessageException($"{name}: expected a date");
    }

    /// <summary>Where text starts whose sender tells only when it was ready.</summary>
    public static double StartOf(string text, double end) => end - (text.Length / CharactersPerSec);

    private static double Number(string text, string name) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(name);

    private static AsrMessageException Wrong(string name) => new($"{name}: expected a time");
}
