using System.Globalization;
using System.Text.Json;
using System.Xml;
using Parley.Asr;
using Recogniser = Parley.Asr.SpeakerNames;

namespace Parley.Transcripts;

/// <summary>Reads fields that the JSON of recordings has in several spellings and units.</summary>
internal static class ImportFields
{
    /// <summary>
    /// Reads the words in a list; null where there are none. One that cannot be read is counted: the text has it all the same.
    /// </summary>
    public static List<ImportedWord>? Words(
        this JsonElement parent, string name, ImportProblems problems, long line, Func<JsonElement, ImportedWord> read)
    {
        if (!parent.Has(name)) return null;
        var words = new List<ImportedWord>();
        if (parent.GetProperty(name).ValueKind != JsonValueKind.Array)
        {
            problems.Add(ImportAnomaly.WordTimesMissing, line, $"{name}: expected an array");
            return null;
        }

        foreach (var item in parent.Items(name))
        {
            try
            {
                words.Add(read(item));
            }
            catch (Exception unreadable) when (unreadable is FormatException or InvalidOperationException)
            {
                var why = unreadable is AsrMessageException ? unreadable.Message : "not valid Unicode";
                problems.Add(ImportAnomaly.WordTimesMissing, line, $"{name}: {why}");
            }
        }

        return words.Count == 0 ? null : words;
    }

    /// <summary>Reads a word with its times in seconds, as most of the field writes it.</summary>
    public static ImportedWord Word(JsonElement word) => new(
        word.RequireText(word.NameOf("punctuated_word", "word", "text")),
        word.LenientSeconds("start"),
        word.LenientSeconds("end"),
        word.Certainty("probability") ?? word.Certainty("score") ?? word.Certainty("confidence"),
        Recogniser.In(word, word.NameOf("speaker", "speaker_id")));

    /// <summary>Reads seconds; null where they are missing or no time.</summary>
    public static double? LenientSeconds(this JsonElement parent, string name)
    {
        try
        {
            return parent.Seconds(name);
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException)
        {
            return double.NaN;
        }
    }

    /// <summary>Reads a time that is written in parts of a second; null where it is missing.</summary>
    public static double? Parts(this JsonElement parent, string name, double perSecond) => parent.LenientSeconds(name) / perSecond;

    /// <summary>Reads an ISO 8601 duration, such as <c>PT1.5S</c>; null where it is missing.</summary>
    public static double? Duration(this JsonElement parent, string name)
    {
        if (!parent.IsText(name)) return parent.Has(name) ? double.NaN : null;
        try
        {
            return XmlConvert.ToTimeSpan(parent.Text(name)!).TotalSeconds;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return double.NaN;
        }
    }

    /// <summary>Reads a number from 0 to 1 that may be written as text; null for anything else.</summary>
    public static double? Certainty(this JsonElement parent, string name)
    {
        if (!parent.IsText(name)) return parent.Confidence(name);
        return double.TryParse(parent.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : null;
    }

    /// <summary>Reads a value that is worth nothing where it is no text.</summary>
    public static string? StringOrNull(this JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Reads text that is worth nothing where it is something else.</summary>
    public static string? TextOrNull(this JsonElement parent, string name) => parent.IsText(name) ? parent.Text(name) : null;

    /// <summary>Reads a speaker who may be a number; null where that is missing or anything else.</summary>
    public static string? Speaker(this JsonElement parent, string name)
    {
        if (!parent.Has(name)) return null;
        var field = parent.GetProperty(name);
        return field.ValueKind switch
        {
            JsonValueKind.Number when field.TryGetInt64(out var number) => Recogniser.Numbered(number),
            JsonValueKind.String => Recogniser.Labelled(field.GetString()),
            _ => Recogniser.In(parent, name),
        };
    }
}
