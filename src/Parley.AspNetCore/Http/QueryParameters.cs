using System.Globalization;
using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Reads what stands behind the question mark, strictly: a filter that is misspelt must not show everything.</summary>
internal static class QueryParameters
{
    private static readonly string[] Times =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <exception cref="RequestProblem">There are others than these, or one is given twice.</exception>
    public static void Check(IQueryCollection query, params ReadOnlySpan<string> known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
            {
                var given = name.Length <= 64 ? name : name[..64];
                throw new RequestProblem(ErrorCodes.InvalidMessage, $"{given} is not a parameter. Known are {string.Join(", ", known)}.");
            }

            if (values.Count > 1) throw new RequestProblem(ErrorCodes.InvalidMessage, $"{name} is given more than once.");
        }
    }

    /// <exception cref="RequestProblem">It is no such number.</exception>
    public static int Limit(string? text, int byDefault, int most) => text is null ? byDefault
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most ? limit
        : throw new RequestProblem(ErrorCodes.InvalidMessage, $"limit is not a whole number from 1 to {most}.");

    /// <exception cref="RequestProblem">It is neither.</exception>
    public static StreamState? State(string? text) => text switch
    {
        null => null,
        StreamStates.Live => StreamState.Open,
        StreamStates.Ended => StreamState.Ended,
        _ => throw new RequestProblem(ErrorCodes.InvalidMessage, $"state is not {StreamStates.Live} or {StreamStates.Ended}."),
    };

    /// <exception cref="RequestProblem">It is longer than labels are, or empty.</exception>
    public static string? Label(string? text) => text is null or { Length: > 0 and <= StreamMetadata.MaxLabelLength } ? text
        : throw new RequestProblem(ErrorCodes.InvalidMessage, "label is not a key, or a key, a colon and a value.");

    /// <summary>A time, in UTC where it says no zone. A plus sign that was not encoded comes as a space.</summary>
    /// <exception cref="RequestProblem">It is none.</exception>
    public static DateTimeOffset? Time(string name, string? text)
    {
        if (text is null) return null;
        var written = text.Replace(' ', '+');
        return DateTimeOffset.TryParseExact(written, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new RequestProblem(ErrorCodes.InvalidMessage, $"{name} is not a date or a time such as 2026-01-31T09:00:00Z.");
    }

    /// <exception cref="RequestProblem">It is neither.</exception>
    public static bool Flag(string name, string? text) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new RequestProblem(ErrorCodes.InvalidMessage, $"{name} is not true or false."),
    };
}
