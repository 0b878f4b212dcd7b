using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>Files that are damaged: each is refused with a reason, or says all that it still has, or says that it does not.</summary>
public sealed partial class ImportMutationTests
{
    private const int Files = 1_000;

    public static TheoryData<string> Samples => new(Imported.Samples);

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_damaged_file_is_refused_or_read_and_loses_nothing_silently(string name)
    {
        var file = File.ReadAllBytes(Repository.At("samples", "imports", name));
        var format = (await Imported.SampleAsync(name)).Import.Format.Name;
        var read = 0;
        for (var seed = 0; seed < Files; seed++)
        {
            var mutated = Mutations.Of(file, seed);
            try
            {
                var imported = await Imported.OfAsync(mutated, seed % 2 == 0 ? format : null);
                Check(imported, TextOf(mutated), string.Create(CultureInfo.InvariantCulture, $"{name}, seed {seed}"));
                read++;
            }
            catch (TranscriptImportException refused)
            {
                Assert.NotEqual("", refused.Message);
            }
        }

        // Most of the damage is to a part of the file.
        Assert.InRange(read, Files / 5, Files);
    }

    private static void Check(Imported imported, string text, string which)
    {
        // The contract takes every chunk.
        Assert.Equal(imported.Words, imported.Segments().Sum(segment => (long)Parley.Streaming.Words.Count(segment.Text)));
        Assert.All(imported.Chunks, chunk => Assert.True(chunk.Chunk is { Start: >= 0 and < 1e10, Text.Length: > 0 }, which));
        Assert.All(imported.Chunks, chunk => Assert.True(chunk.Chunk.SpeakerId is not { Length: > 256 or 0 }, which));
        if (imported.Problems.Total == 0)
        {
            foreach (var said in Imported.Conversation.Where(said => text.Contains(said.Text, StringComparison.Ordinal)))
                Assert.True(Letters(imported.Text).Contains(Letters(said.Text), StringComparison.Ordinal), $"{which}: lost '{said.Text}'");
        }

        foreach (var chunk in imported.Chunks)
        {
            foreach (Match word in Word().Matches(chunk.Chunk.Text))
                Assert.True(text.Contains(word.Value, StringComparison.Ordinal), $"{which}: invented '{word.Value}'");
        }
    }

    // Punctuation may be lost where a text is put together of its words, and tags stay where a damaged head makes WebVTT SubRip.
    private static string Letters(string text) => string.Concat(Tag().Replace(text, "").Where(char.IsLetterOrDigit));

    // The file as it stands, and all strings of a JSON file; of another one what is between its tags.
    private static string TextOf(byte[] file)
    {
        var text = file is [0xFF, 0xFE, ..] ? Encoding.Unicode.GetString(file) : Encoding.UTF8.GetString(file);
        var strings = new StringBuilder(text).Append('\n');
        var isJson = text.TrimStart('\uFEFF').TrimStart() is ['{' or '[', ..];
        foreach (var piece in isJson ? Pieces(text) : [Tag().Replace(text, "")]) strings.Append(piece).Append('\n');
        return strings.ToString();
    }

    private static IEnumerable<string> Pieces(string text)
    {
        foreach (Match quoted in Quoted().Matches(text))
        {
            var piece = quoted.Value;
            try
            {
                piece = JsonSerializer.Deserialize<string>(piece) ?? "";
            }
            catch (JsonException)
            {
                // As it is written.
            }

            yield return piece;
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
