using System.Globalization;
using System.Text.Unicode;

/// <summary>What is said in one stream: chunks of a few words, a quarter of a second each, the other speaker's turn after every eighth.</summary>
/// <param name="number">Which stream. They do not all change speakers at the same time.</param>
internal sealed class Talk(int number)
{
    public const int ChunksPerTurn = 8;
    private const double ChunkSec = 0.25;

    private static readonly string[] Texts =
        ["so what we could", "do is move the", "meeting to nine and", "i will send the", "price list to them", "could you check that", "before the end of", "this week please"];

    public string StreamId { get; } = string.Create(CultureInfo.InvariantCulture, $"str-{number:x8}-0000-4000-8000-000000000000");

    /// <summary>The last chunk that ends at a time.</summary>
    public static long LastAt(double end) => (long)Math.Round(end / ChunkSec);

    /// <summary>Whether a chunk is its speaker's last before the other's turn, so that the next one makes what was said final.</summary>
    public bool EndsTurn(long sequence) => (sequence + number) % ChunksPerTurn == 0;

    /// <summary>The text of a segment of these chunks.</summary>
    public static string Text(long first, long last) =>
        string.Join(' ', Enumerable.Range(0, (int)(last - first + 1)).Select(i => Texts[(first + i) % Texts.Length]));

    /// <summary>A chunk as its message.</summary>
    public ReadOnlySpan<byte> Write(Span<byte> buffer, long sequence)
    {
        var (start, end) = ((sequence - 1) * ChunkSec, sequence * ChunkSec);
        var speaker = (sequence - 1 + number) / ChunksPerTurn % 2;
        return Utf8.TryWrite(
            buffer, CultureInfo.InvariantCulture,
            $$"""{"type":"TEXT_CHUNK","sequence":{{sequence}},"start":{{start}},"end":{{end}},"text":"{{Texts[sequence % Texts.Length]}}","speaker_id":"spk_{{speaker}}"}""",
            out var written)
            ? buffer[..written] : throw new ArgumentException("Too small for a chunk.", nameof(buffer));
    }
}
