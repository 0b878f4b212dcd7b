using System.Globalization;
using System.Text.Unicode;

/// <summary>What is said in one stream: chunks of a few words, a quarter of a second each, the other speaker's turn after every eighth.</summary>
/// <param name="number">Which stream. They do not all change speakers at the same time.</param>
internal sealed class Talk(int number)
{
    public const int ChunksPerTurn = 8;
    private const double ChunkSec = 0.25;

    // Eight turns of eight chunks: one is a question, one says what somebody will do, the others are talk.
    private static readonly string[] Script =
    [
        "so the numbers from", "the spring are in", "and they look a", "little better than what", "we had in the", "year before that one", "mostly because of the", "two large orders there",
        "yes and the smaller", "ones came in late", "as they always do", "around that time of", "year so the picture", "for the summer is", "a bit too dark", "the way it stands",
        "it was the same", "story with the boats", "where half of them", "stood in the yard", "until the middle of", "june and then they", "all went out in", "a single long week",
        "how many of those", "did we have in", "the yard back then", "and how many were", "out on the water", "by the time the", "school holidays had begun", "do you remember that",
        "about thirty of them", "i think and maybe", "twelve or so were", "out by then the", "rest had to wait", "for the engine people", "who were busy with", "the ferry that week",
        "right that was the", "week with the storm", "and the broken crane", "which nobody had seen", "coming although it was", "old and rusty and", "had made that noise", "for months before it",
        "okay i will send", "the list of the", "boats to the yard", "by friday and i", "will call them about", "the crane so that", "it does not happen", "again in this year",
        "good and apart from", "that there is not", "much to say about", "the yard it runs", "well and the people", "there seem to be", "happy with how the", "new sheds turned out",
    ];

    public string StreamId { get; } = string.Create(CultureInfo.InvariantCulture, $"str-{number:x8}-0000-4000-8000-000000000000");

    /// <summary>The last chunk that ends at a time.</summary>
    public static long LastAt(double end) => (long)Math.Round(end / ChunkSec);

    /// <summary>Whether a chunk is its speaker's last before the other's turn, so that the next one makes what was said final.</summary>
    public bool EndsTurn(long sequence) => (sequence + number) % ChunksPerTurn == 0;

    /// <summary>The text of a segment of these chunks.</summary>
    public string Text(long first, long last) => string.Join(' ', Enumerable.Range(0, (int)(last - first + 1)).Select(i => Said(first + i)));

    /// <summary>A chunk as its message.</summary>
    public ReadOnlySpan<byte> Write(Span<byte> buffer, long sequence)
    {
        var (start, end) = ((sequence - 1) * ChunkSec, sequence * ChunkSec);
        var speaker = (sequence - 1 + number) / ChunksPerTurn % 2;
        return Utf8.TryWrite(
            buffer, CultureInfo.InvariantCulture,
            $$"""{"type":"TEXT_CHUNK","sequence":{{sequence}},"start":{{start}},"end":{{end}},"text":"{{Said(sequence)}}","speaker_id":"spk_{{speaker}}"}""",
            out var written)
            ? buffer[..written] : throw new ArgumentException("Too small for a chunk.", nameof(buffer));
    }

    private string Said(long sequence) => Script[(sequence - 1 + number) % Script.Length];
}
