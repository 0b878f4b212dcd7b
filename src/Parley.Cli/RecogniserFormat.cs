using System.Text.Json;
using Parley.Asr;
using Parley.Cli.Display;

namespace Parley.Cli;

/// <summary>The format of a recogniser's messages, named or told by their shape.</summary>
/// <param name="format">A format's name, or <c>auto</c>.</param>
/// <param name="told">Told what was detected, and why.</param>
internal sealed class RecogniserFormat(string format, Action<AsrDetection> told)
{
    public const string Auto = "auto";

    private const int MessagesToTellBy = 50;

    // Kept until the format is known: they may say something in it.
    private readonly List<ReadOnlyMemory<byte>> _untold = [];

    /// <summary>The format, once it is known.</summary>
    public string? Name { get; private set; } = format == Auto ? null : format;

    public static IEnumerable<string> Names => AsrFormats.Default.All.Select(known => known.Name);

    /// <summary>Takes one message. Gives those that can be read: it, and what came before it; none while the format is not known.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Take(ReadOnlyMemory<byte> message)
    {
        if (Name is not null) return [message];
        if (AsrFormats.Default.Detect(message) is not { } detection)
        {
            _untold.Add(message.ToArray());
            return _untold.Count < MessagesToTellBy ? [] : throw Unknown();
        }

        Name = detection.Format.Name;
        told(detection);
        ReadOnlyMemory<byte>[] all = [.. _untold, message];
        _untold.Clear();
        return all;
    }

    /// <summary>There are no more messages.</summary>
    public void End()
    {
        if (_untold.Count > 0) throw Unknown();
    }

    private CommandException Unknown() => new(
        $"cannot tell which recogniser this is: {Seen(_untold[0])}, and no one format alone is known by that; "
        + $"name one with --format: {string.Join(", ", Names)}.");

    // Names of fields, and nothing that was said.
    private static string Seen(ReadOnlyMemory<byte> message)
    {
        const int Some = 12;
        try
        {
            using var json = JsonDocument.Parse(message);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return "its first line is no JSON object";
            var fields = json.RootElement.EnumerateObject().Take(Some).Select(field => SafeText.Of(field.Name));
            return $"its first line has {string.Join(", ", fields)}";
        }
        catch (JsonException)
        {
            return "its first line is no JSON";
        }
    }
}
