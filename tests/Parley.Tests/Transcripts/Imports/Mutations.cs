using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>Damages files, each seed in one way of its own.</summary>
internal static partial class Mutations
{
    private static readonly string[] Odd =
    [
        "null", "true", "0", "-1", "\"\"", "\"x\"", "[]", "{}", "[[[]]]", "1e308", "1e999", "-0.5", "\"NaN\"", "\"1.5s\"",
        "\"\\ud800\"", "123456789012345678901234567890",
        "1785835933.2", $"\"{new string('n', 1000)}\"", Nested(20), Nested(200),
    ];

    public static byte[] Of(byte[] file, int seed)
    {
        var random = new Random(seed);
        var text = Encoding.UTF8.GetString(file);
        return random.Next(12) switch
        {
            0 => file[..random.Next(file.Length)],
            1 => Flipped(file, random, 1),
            2 => Flipped(file, random, 20),
            3 => [.. file[..random.Next(file.Length)], .. file[random.Next(file.Length)..]],
            4 => [.. Encoding.UTF8.GetPreamble(), .. file],
            5 => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
            6 => Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)),
            7 => Encoding.UTF8.GetBytes(Number().Replace(text, number => random.Next(4) == 0 ? Times(number.Value, random) : number.Value)),
            _ => Encoding.UTF8.GetBytes(text[0] is '{' or '[' ? Structural(text, random) : Lines(text, random)),
        };
    }

    private static byte[] Flipped(byte[] file, Random random, int count)
    {
        var flipped = file.ToArray();
        for (var i = 0; i < count; i++) flipped[random.Next(file.Length)] = (byte)random.Next(256);
        return flipped;
    }

    // Milliseconds for seconds, overlaps, backward, before zero.
    private static string Times(string number, Random random) => random.Next(4) switch
    {
        0 => number + "000",
        1 => "0" + number,
        2 => "-" + number,
        _ => number.Length > 1 ? number[1..] : "9",
    };

    private static string Lines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        for (var i = 0; i < 3; i++)
        {
            var at = random.Next(lines.Count);
            switch (random.Next(4))
            {
                case 0: lines.RemoveAt(at); break;
                case 1: lines.Insert(at, ""); break;
                case 2: lines.Insert(at, lines[random.Next(lines.Count)]); break;
                default: lines[at] = lines[at].Replace(":", random.Next(2) == 0 ? "" : "x", StringComparison.Ordinal); break;
            }

            if (lines.Count == 0) lines.Add("");
        }

        return string.Join('\n', lines);
    }

    // One value is removed or becomes another, wherever it stands.
    private static string Structural(string text, Random random)
    {
        var isLines = text.TrimEnd().Contains("\n{", StringComparison.Ordinal) && text[0] == '{';
        if (isLines)
        {
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var at = random.Next(lines.Length);
            lines[at] = Changed(JsonNode.Parse(lines[at])!, random);
            return string.Join('\n', lines);
        }

        return Changed(JsonNode.Parse(text)!, random);
    }

    private static string Changed(JsonNode root, Random random)
    {
        const string Mark = "\"changed-here\"";
        var node = root;
        while (true)
        {
            switch (node)
            {
                case JsonObject { Count: > 0 } fields:
                    var name = fields.ElementAt(random.Next(fields.Count)).Key;
                    if (fields[name] is JsonObject or JsonArray && random.Next(4) > 0)
                    {
                        node = fields[name]!;
                        continue;
                    }

                    if (random.Next(3) == 0) fields.Remove(name);
                    else fields[name] = JsonNode.Parse(Mark);
                    break;
                case JsonArray { Count: > 0 } items:
                    var at = random.Next(items.Count);
                    if (items[at] is JsonObject or JsonArray && random.Next(4) > 0)
                    {
                        node = items[at]!;
                        continue;
                    }

                    if (random.Next(4) == 0) Reverse(items);
                    else if (random.Next(3) == 0) items.RemoveAt(at);
                    else items[at] = JsonNode.Parse(Mark);
                    break;
            }

            return root.ToJsonString().Replace(Mark, Odd[random.Next(Odd.Length)], StringComparison.Ordinal);
        }
    }

    private static void Reverse(JsonArray items)
    {
        var all = items.ToList();
        items.Clear();
        all.Reverse();
        foreach (var item in all) items.Add(item);
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
