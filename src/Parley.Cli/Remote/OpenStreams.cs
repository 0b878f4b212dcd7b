using System.Net.Http.Headers;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Cli.Remote;

/// <summary>The streams that a server has.</summary>
internal static class OpenStreams
{
    /// <summary>The newest that has not ended; null where there is none.</summary>
    /// <exception cref="CommandException">The server cannot be asked, or answers what makes no sense.</exception>
    public static async Task<string?> NewestAsync(Uri server, string? key, CancellationToken cancellationToken)
    {
        var call = new Uri(server.AbsoluteUri.TrimEnd('/') + "/v1/streams");
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
            if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await http.GetAsync($"{call}?state={StreamStates.Live}", cancellationToken);
            if (!answer.IsSuccessStatusCode) throw new CommandException($"{call} answers with status {(int)answer.StatusCode}{(answer.StatusCode is System.Net.HttpStatusCode.Unauthorized ? ": a valid key is needed (PARLEY_KEY)" : "")}.");
            using var list = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return list.RootElement.GetProperty("streams").EnumerateArray()
                .Where(stream => stream.GetProperty("state").GetString() != StreamStates.Ended)
                .Select(stream => stream.GetProperty("stream_id").GetString())
                .FirstOrDefault(StreamId.IsValid);
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException($"Cannot ask {call}: {problem.GetBaseException().Message.TrimEnd('.')}. Does parley serve run there?", problem);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandException($"{call} does not answer as a Parley server does.", problem);
        }
    }
}
