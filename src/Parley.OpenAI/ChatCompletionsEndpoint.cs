using System.Net;
using System.Net.Http.Headers;

namespace Parley.OpenAI;

/// <summary>
/// Posts requests to the address of a chat completions API. It hands the body of the response on as it comes, unbuffered and unread, and
/// does not retry.
/// </summary>
/// <param name="endpoint">The address of the API.</param>
/// <param name="apiKey">The API key; null for none.</param>
/// <param name="maxConnections">The maximum number of connections; null for no limit.</param>
internal sealed class ChatCompletionsEndpoint(Uri endpoint, string? apiKey, int? maxConnections) : IDisposable
{
    private const int MostRedirects = 5;

    private readonly Uri _address = AddressOf(endpoint);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // Redirects are followed here: a key in a header of its own must not reach another server.
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = maxConnections ?? int.MaxValue,
    })
    {
        // The caller says how long to wait.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Posts a request, and returns the response as soon as its headers have come.</summary>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">There is no response.</exception>
    public async Task<HttpResponseMessage> PostAsync(RequestBody body, CancellationToken cancellationToken)
    {
        var address = _address;
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendAsync(address, body, cancellationToken);
            if (redirects == MostRedirects || Redirected(response, address) is not { } next) return response;
            response.Dispose();
            address = next;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, RequestBody body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body.Json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", body.IsStreamed ? "text/event-stream, application/json" : "application/json");
        Authorize(request.Headers);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private void Authorize(HttpRequestHeaders headers)
    {
        if (string.IsNullOrEmpty(apiKey)) return;
        headers.TryAddWithoutValidation("Authorization", $"Bearer {apiKey}");

        // Addresses of Azure with an api-version take a key in a header of their own.
        if (endpoint.Query.Contains("api-version=", StringComparison.OrdinalIgnoreCase))
            headers.TryAddWithoutValidation("api-key", apiKey);
    }

    // Only these two redirects keep the method and the body.
    private static Uri? Redirected(HttpResponseMessage response, Uri from) =>
        response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
        && Uri.TryCreate(from, location, out var to)
        && Uri.Compare(from, to, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? to
            : null;

    private static Uri AddressOf(Uri endpoint)
    {
        const string Path = "/chat/completions";
        var address = new UriBuilder(endpoint);
        var path = address.Path.TrimEnd('/');
        address.Path = path.EndsWith(Path, StringComparison.OrdinalIgnoreCase) ? path : path + Path;
        return address.Uri;
    }
}
