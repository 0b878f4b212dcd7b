using System.Text;
using System.Text.Json.Nodes;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Cli;

public class HostileInputTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Thousands_of_hostile_lines_never_crash_and_every_valid_one_is_in_the_result(int seed)
    {
        var random = new Random(seed);
        using var input = new MemoryStream();
        for (var i = 0; i < 2_500; i++)
        {
            input.Write(Line(random, i));
            input.WriteByte((byte)'\n');
        }

        using var folder = new TemporaryFolder();
        var run = await CommandRun.WithInput(input.ToArray(), "run", "-", "--out", folder.Path);
        var (accepted, words) = Judge(input.ToArray());
        Assert.Equal(1, run.ExitCode);
        var report = JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!;
        Assert.Equal(accepted, report["chunks"]!.GetValue<int>());
        Assert.Equal(report["lines"]!.GetValue<int>(), accepted + report["refused"]!.GetValue<int>());
        Assert.Equal(report["refused"]!.GetValue<int>(), run.Error.Split('\n').Count(line => line.StartsWith("line ", StringComparison.Ordinal)));
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal(words, transcript.Segments.SelectMany(segment => Split(segment.Text)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_is_taken_and_one_beyond_the_bound_is_refused()
    {
        using var folder = new TemporaryFolder();
        var long10 = $$"""{"start":0,"end":1,"text":"{{new string('a', 10_000_000)}}"}""";
        var tooLong = $$"""{"start":1,"end":2,"text":"{{new string('b', 17_000_000)}}"}""";
        var run = await CommandRun.WithInput($"{long10}\n{tooLong}\n{{\"start\":2,\"end\":3,\"text\":\"after\"}}", "run", "-", "--out", folder.Path);
        Assert.Equal((1, "line 2 refused: longer than 16777216 bytes"), (run.ExitCode, run.Error.Split('\n')[0]));
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal(10_000_000 + " after".Length, Assert.Single(transcript.Segments).Text.Length);
    }

    /// <summary>What is valid, judged without the code under test: by the general JSON reader and the rules as written.</summary>
    private static (int Accepted, List<string> Words) Judge(byte[] input)
    {
        var (accepted, words) = (0, new List<string>());
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var at = 0;
        while (at < input.Length)
        {
            var end = Array.IndexOf(input, (byte)'\n', at);
            var line = input[at..end];
            at = end + 1;
            try
            {
                var json = JsonNode.Parse(strict.GetString(line))!;
                var (start, stop, text) = (json["start"]!.GetValue<double>(), json["end"]!.GetValue<double>(), json["text"]!.GetValue<string>());
                _ = json["speaker_id"]?.GetValue<string>();
                if (!double.IsFinite(start) || !double.IsFinite(stop) || stop < start) continue;
                accepted++;
                words.AddRange(Split(text));
            }
            catch (Exception refused) when (refused is ArgumentException or System.Text.Json.JsonException or InvalidOperationException or NullReferenceException or FormatException)
            {
                // Not a chunk: it must not be in the result.
            }
        }

        return (accepted, [.. words.Order(StringComparer.Ordinal)]);
    }

    private static byte[] Line(Random random, int number)
    {
        var speaker = random.Next(4) switch { 0 => "null", var who => $"\"s{who}\"" };
        var good = $$"""{"start":{{number}},"end":{{number + random.Next(5)}},"text":"w{{number}}","speaker_id":{{speaker}}}""";
        switch (random.Next(14))
        {
            case 0: return [.. "{\"start\":0,\"end\":1,\"text\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8];
            case 1: return Encoding.UTF8.GetBytes(new string('[', random.Next(1, 2_000)));
            case 2: return Encoding.UTF8.GetBytes(good.Replace($"\"start\":{number}", "\"start\":\"NaN\"", StringComparison.Ordinal));
            case 3: return Encoding.UTF8.GetBytes(good.Replace($"\"start\":{number}", "\"start\":1e400", StringComparison.Ordinal));
            case 4: return Encoding.UTF8.GetBytes(good.Replace($"\"w{number}\"", "null", StringComparison.Ordinal));
            case 5: return Encoding.UTF8.GetBytes($"{{\"start\":{number},\"end\":{number},\"text\":\"x\\u0000y\\ud83d\",\"speaker_id\":null}}");
            case 6: return Encoding.UTF8.GetBytes($"{{\"start\":{number},\"end\":{number},\"text\":\"\\u0000\\u001b[31m{number}\",\"deep\":{new string('[', 40)}{new string(']', 40)}}}");
            case 7: return Encoding.UTF8.GetBytes(good[..random.Next(good.Length)]);
            case 8:
                var bytes = Encoding.UTF8.GetBytes(good);
                do bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                while (bytes.Contains((byte)'\n'));
                return bytes;
            case 9:
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return [.. noise.Where(b => b is not ((byte)'\n'))];
            default: return Encoding.UTF8.GetBytes(good);
        }
    }

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
