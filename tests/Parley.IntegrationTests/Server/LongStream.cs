using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.IntegrationTests.Server;

/// <summary>A stream in which two people take turns with every chunk, so that each is a segment and a turn of its own.</summary>
internal static class LongStream
{
    private const int AtOnce = 5_000;

    /// <summary>Writes a stream and ends it.</summary>
    /// <returns>The stream's id.</returns>
    public static async Task<string> WriteAsync(HttpClient http, int chunks, CancellationToken cancellationToken)
    {
        using var opened = await http.PostAsJsonAsync("/v1/streams", new { }, cancellationToken);
        var id = (string)JsonNode.Parse(await opened.Content.ReadAsStringAsync(cancellationToken))!["stream_id"]!;
        foreach (var numbers in Enumerable.Range(1, chunks).Chunk(AtOnce))
        {
            using var body = new StringContent(string.Join('\n', numbers.Select(Chunk)), Encoding.UTF8, "application/jsonl");
            using var taken = await http.PostAsync($"/v1/streams/{id}/chunks", body, cancellationToken);
            Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(cancellationToken));
        }

        using var ended = await http.PostAsync($"/v1/streams/{id}/end", null, cancellationToken);
        ended.EnsureSuccessStatusCode();
        return id;
    }

    private static string Chunk(int number) =>
        $$"""{"sequence":{{number}},"start":{{number}},"end":{{number}}.9,"text":"{{Text(number)}}","speaker_id":"{{(number % 2 == 0 ? "ana" : "ben")}}"}""";

    // Most of what people say asks for nothing.
    private static string Text(int number) => (number % 100) switch
    {
        0 => "how much does it cost?",
        50 => "i will send you the new pricing tomorrow",
        _ => "the boats come back to the harbour at night",
    };
}
