using System.Text;
using System.Text.Json;

/// <summary>A stream in which two people take turns with every chunk, so that each is a segment and a turn of its own.</summary>
internal static class LongStream
{
    private const int AtOnce = 5_000;

    /// <summary>Writes a stream, ends it, and returns its id once all of it is in the log.</summary>
    public static async Task<string> WriteAsync(HttpClient http, int chunks)
    {
        using var opened = await PostAsync(http, "/v1/streams", null);
        using var answer = JsonDocument.Parse(await opened.Content.ReadAsStringAsync());
        var id = answer.RootElement.GetProperty("stream_id").GetString()!;
        foreach (var numbers in Enumerable.Range(1, chunks).Chunk(AtOnce))
        {
            using var body = new StringContent(string.Join('\n', numbers.Select(Chunk)), Encoding.UTF8, "application/jsonl");
            using var taken = await PostAsync(http, $"/v1/streams/{id}/chunks", body);
        }

        using var ended = await PostAsync(http, $"/v1/streams/{id}/end", null);
        // The events of a stream come to their end when it has.
        await using var events = await http.GetStreamAsync($"/v1/streams/{id}/events");
        await events.CopyToAsync(Stream.Null);
        return id;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, HttpContent? body)
    {
        var answer = await http.PostAsync(path, body);
        return answer.IsSuccessStatusCode ? answer : throw new IOException($"{path}: {await answer.Content.ReadAsStringAsync()}");
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
