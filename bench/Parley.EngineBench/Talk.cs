using System.Globalization;
using Parley.Conversations.Intake;
using Parley.Conversations.Running;
using Parley.Streaming;

/// <summary>
/// What is said: chunks of a few words, a quarter of a second each, another speaker after every eighth, a pause after every fortieth. Each stream
/// begins at another place of it.
/// </summary>
internal static class Talk
{
    private const int Turn = 8;
    private const int Places = 40;

    private static readonly string[] Texts =
        ["so what we could", "do is move the", "meeting to nine and", "i will send the", "price list to them", "could you check that", "before the end of", "this week please"];

    public static string Stream(int number) => string.Create(CultureInfo.InvariantCulture, $"str-{number:x8}-0000-4000-8000-000000000000");

    public static ChunkDelivery Chunk(long sequence, int stream = 0)
    {
        var place = sequence + (stream % Places);
        var start = (place * 0.25) + (place / Places * 1.5);
        return new ChunkDelivery(sequence, new StreamChunk(start, start + 0.25, Texts[place % Turn], place / Turn % 2 == 0 ? "spk_0" : "spk_1"));
    }

    /// <summary>Says a chunk and waits until it cannot be lost any more.</summary>
    public static async Task SayAsync(this ConversationDirectory directory, string stream, ChunkDelivery chunk)
    {
        var queued = await directory.SendAsync(stream, chunk) ?? throw new InvalidOperationException($"{stream} is not there.");
        await queued.Receipt;
    }

    /// <summary>The next chunk after one that closes what was said before it: the first of a turn.</summary>
    public static long NextClosing(long after, int stream)
    {
        for (var sequence = Math.Max(after + 1, 2); ; sequence++)
        {
            if ((sequence + (stream % Places)) % Turn == 0) return sequence;
        }
    }
}
