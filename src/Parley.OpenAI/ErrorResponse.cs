using System.ClientModel.Primitives;

namespace Parley.OpenAI;

/// <summary>A response with an error, whose body is in memory. There is nothing to dispose of.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="reason">The reason phrase.</param>
/// <param name="headers">The headers of the real response.</param>
/// <param name="body">The body.</param>
internal class ErrorResponse(int status, string reason, PipelineResponseHeaders headers, BinaryData body) : PipelineResponse
{
    // An error is a few sentences; some proxies send a page.
    private const int MaxBodyBytes = 64 * 1024;

    public override int Status => status;

    public override string ReasonPhrase => reason;

    public override Stream? ContentStream { get; set; }

    public override BinaryData Content => body;

    public override bool IsError => true;

    protected override PipelineResponseHeaders HeadersCore => headers;

    /// <summary>Reads the beginning of the body of a response, up to 64 KiB, and disposes of the response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="cancellationToken">Ends the reading: a server may send the headers and then nothing.</param>
    public static async Task<ErrorResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var body = new byte[MaxBodyBytes];
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            var said = BinaryData.FromBytes(body.AsMemory(0, length));
            return new((int)response.StatusCode, response.ReasonPhrase ?? "", new ResponseHeaders(response), said);
        }
    }

    public override BinaryData BufferContent(CancellationToken cancellationToken = default) => body;

    public override ValueTask<BinaryData> BufferContentAsync(CancellationToken cancellationToken = default) => new(body);

    public override void Dispose()
    {
    }
}
