using System.Globalization;
using Parley.Conversations;
using Parley.Streaming;

/// <summary>What is said: chunks of a few words, a quarter of a second each, and another speaker or a pause after every eighth.</summary>
internal static class Talk
{
    private static readonly string[] Texts =
        ["so what we could", "do is move the", "meeting to nine and", "i will send the", "price list to them", "could you check that", "before the end of", "this week please"];

    public static string Stream(int number) => string.Create(CultureInfo.InvariantCulture, $"str-{number:x8}-0000-4000-8000-000000000000");

    public static HearChunk Chunk(long sequence)
    {
        var start = (sequence * 0.25) + (sequence / 40 * 1.5);
        return new HearChunk(sequence, new StreamChunk(start, start + 0.25, Texts[sequence % 8], sequence / 8 % 2 == 0 ? "spk_0" : "spk_1"));
    }
}
