using System.Globalization;
using Parley.Streaming;

namespace Parley.ConversationFeeder;

/// <summary>What is said in every conversation: the same each time, so that what is in the log can be held against it.</summary>
public static class Script
{
    /// <summary>How many chunks each source sends.</summary>
    public const long Chunks = 30;

    /// <summary>Who feeds a conversation.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["", "second", "third"];

    /// <summary>A conversation's name: the place it is held at, and the how-manieth there.</summary>
    public static string Stream(int place, int number) => string.Create(CultureInfo.InvariantCulture, $"place-{place}-{number}");

    /// <summary>Whether a conversation is redacted, and fed by recognisers besides: see <see cref="Recogniser"/>.</summary>
    public static bool IsRedacted(string stream) => stream[^1] % 2 == 1;

    /// <summary>Whether a conversation is erased instead of ended.</summary>
    public static bool IsErased(string stream) => stream.EndsWith('4');

    /// <summary>
    /// One chunk. The sources talk over each other, each has two speakers who take turns, and every now and then there is a pause.
    /// </summary>
    public static StreamChunk Chunk(string source, long sequence)
    {
        var start = (sequence * 0.8) + (sequence / 7 * 2.5) + (source.Length * 0.05);
        var text = string.Create(CultureInfo.InvariantCulture, $"could {source}{sequence} cost");
        return new StreamChunk(start, start + 0.7, text, $"{source}{sequence / 4 % 2}");
    }
}
