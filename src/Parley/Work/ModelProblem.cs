using System.ClientModel;
using System.Globalization;

namespace Parley.Work;

/// <summary>Why a model does not work.</summary>
/// <param name="Reason">Why, in a word such as <c>not_authorized</c>: the reason that dead letters have.</param>
/// <param name="Status">The HTTP status of the answer; null where there was no answer.</param>
/// <param name="Words">
/// The server's own words, at most about 200 characters. Null where it said nothing, or where its words quote the conversation.
/// </param>
/// <param name="Since">When it began to fail.</param>
/// <param name="Calls">How many calls have failed since then.</param>
public sealed record ModelProblem(string Reason, int? Status, string? Words, DateTimeOffset Since, long Calls)
{
    /// <summary>
    /// Returns the problem in one line, such as <c>not_authorized, HTTP 401: invalid_api_key: Incorrect API key provided</c>.
    /// </summary>
    public override string ToString() => string.Concat(
        Reason,
        Status is { } status ? string.Create(CultureInfo.InvariantCulture, $", HTTP {status}") : "",
        Words is null ? "" : $": {Words}");

    /// <summary>Reads what an exception says of a model.</summary>
    /// <param name="exception">The exception of a call.</param>
    /// <param name="said">What was sent, and what has been answered so far: the words must not quote it.</param>
    /// <param name="now">The time.</param>
    internal static ModelProblem Of(Exception exception, string said, DateTimeOffset now)
    {
        var reason = ReasonOf(exception);
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is ClientResultException { Status: > 0 } refused)
            {
                var error = ServerError.Read(refused.GetRawResponse());
                // What is wrong with a request is said by quoting it.
                var message = refused.Status is 400 or 413 or 422 ? null : ServerWords.WithoutSpeech(error.Message, said);
                string?[] words = [error.Code, message];
                var line = string.Join(": ", words.Where(part => part is not null));
                return new(reason, refused.Status, line.Length == 0 ? null : line, now, Calls: 1);
            }

            if (cause is HttpRequestException http)
                return new(reason, (int?)http.StatusCode, ServerWords.WithoutSpeech(http.Message, said), now, Calls: 1);
        }

        return new(reason, Status: null, Words: null, now, Calls: 1);
    }

    /// <summary>
    /// Returns what a server said beside the reason, without a sentence: <c>HTTP 429 insufficient_quota</c>. Null for nothing.
    /// </summary>
    internal static string? DetailOf(Exception? exception) => exception switch
    {
        null => null,
        ClientResultException { Status: > 0 } refused => string.Create(
            CultureInfo.InvariantCulture, $"HTTP {refused.Status} {ServerError.Read(refused.GetRawResponse()).Code}").TrimEnd(),
        HttpRequestException { StatusCode: { } status } => string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}"),
        _ => DetailOf(exception.InnerException),
    };

    // Whoever asked has stopped waiting.
    private static string ReasonOf(Exception exception) =>
        exception is OperationCanceledException ? "timeout" : WorkPipeline.ReasonOf(exception);
}
