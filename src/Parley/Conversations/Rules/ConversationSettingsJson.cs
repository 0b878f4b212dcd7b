using System.Text.Json;
using Parley.Languages;
using Parley.Routing;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

/// <summary>Settings as people write them: one JSON object, names in snake case, such as <c>{"max_gap_sec": 0.5, "overlap": "lanes"}</c>.</summary>
public static class ConversationSettingsJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads settings strictly: a name that is not known is refused, and so is a value out of its range.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="others">What is not named in it; null for the defaults.</param>
    /// <exception cref="SettingsFormatException">It is not an object of settings; the message names the one that is wrong.</exception>
    public static ConversationSettings Read(ReadOnlyMemory<byte> utf8, ConversationSettings? others = null)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new SettingsFormatException("It is not a JSON object.");
            return document.RootElement.EnumerateObject().Aggregate(others ?? new ConversationSettings(), Set);
        }
        catch (JsonException malformed)
        {
            throw new SettingsFormatException(malformed.LineNumber is { } line ? $"It is not valid JSON, at line {line + 1}." : "It names a setting twice.", malformed);
        }
    }

    private static ConversationSettings Set(ConversationSettings settings, JsonProperty named)
    {
        var (name, value) = (named.Name, named.Value);
        return name switch
        {
            "max_gap_sec" => settings with { MaxGapSec = Number(name, value, "a finite number", _ => true) },
            "overlap" => settings with { Overlap = Overlap(name, value) },
            "max_segment_sec" => settings with { MaxSegmentSec = Positive(name, value) },
            "turn_gap_sec" => settings with { TurnGapSec = NotNegative(name, value) },
            "idle_final_sec" => settings with { IdleFinalSec = Positive(name, value) },
            "context_segments" => settings with { ContextSegments = Whole(name, value, 1) },
            "context_sec" => settings with { ContextSec = NotNegative(name, value) },
            "context_tokens" => settings with { ContextTokens = Whole(name, value, 1) },
            "summary_every_segments" => settings with { SummaryEverySegments = Whole(name, value, 2) },
            "summary_every_sec" => settings with { SummaryEverySec = Positive(name, value) },
            "redact" => settings with { Redact = Flag(name, value) },
            "commit_withdrawn" => settings with { CommitWithdrawn = Flag(name, value) },
            "smooth_speaker_words" => settings with { SmoothSpeakerWords = Whole(name, value, 0, 5) },
            "model" => settings with { Model = Text(value) is { Length: > 0 } model ? model : throw Wrong(name, "the name of a model") },
            "model_temperature" => settings with
            {
                ModelTemperature = Number(name, value, "a number from 0 to 2", number => number is >= 0 and <= 2),
            },
            "model_output_tokens" => settings with { ModelOutputTokens = Whole(name, value, 1) },
            "close_on_end_of_turn" => settings with { CloseOnEndOfTurn = EndOfTurn(name, value) },
            "end_of_turn_pause_sec" => settings with
            {
                EndOfTurnPauseSec = Number(name, value, "a number from 0.2 to 5", number => number is >= 0.2 and <= 5),
            },
            "language" => settings with { Language = Language(name, value) },
            "prompts" => settings with { Prompts = Text(value) ?? throw Wrong(name, "the name of a set of prompts") },
            "extracts_general" => settings with { ExtractsGeneral = Flag(name, value) },
            "workflows" => settings with { Workflows = Workflows(name, value) },
            _ => throw new SettingsFormatException($"{(name.Length <= 64 ? name : name[..64])} is not a setting."),
        };
    }

    private static double Positive(string name, JsonElement value) => Number(name, value, "a number above 0", number => number > 0);

    private static double NotNegative(string name, JsonElement value) => Number(name, value, "a number from 0", number => number >= 0);

    private static double Number(string name, JsonElement value, string wanted, Func<double, bool> isInRange) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && isInRange(number)
            ? number
            : throw Wrong(name, wanted);

    private static double? EndOfTurn(string name, JsonElement value) =>
        Number(name, value, "0 or a number from 0.5 to 0.99", number => number is 0 or (>= 0.5 and <= 0.99)) is > 0 and var probability ? probability : null;

    private static int Whole(string name, JsonElement value, int least, int most) =>
        Whole(name, value, least) is var number && number <= most ? number : throw Wrong(name, $"a whole number from {least} to {most}");

    private static int Whole(string name, JsonElement value, int least) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least ? number : throw Wrong(name, $"a whole number from {least}");

    private static bool Flag(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false"),
    };

    private static string Language(string name, JsonElement value) =>
        Text(value) is { } tag && LanguageTag.IsTag(tag) ? tag : throw Wrong(name, "a language tag such as de or pt-BR");

    private static OverlapMode Overlap(string name, JsonElement value) => Text(value) switch
    {
        "lanes" => OverlapMode.Lanes,
        "reject" => OverlapMode.Reject,
        _ => throw Wrong(name, "lanes or reject"),
    };

    private static Workflow[] Workflows(string name, JsonElement value)
    {
        const string wanted = "a list of question, action_item, decision and general";
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, wanted);
        return [.. value.EnumerateArray().Select(item => WorkflowNames.TryParse(Text(item), out var workflow) ? workflow : throw Wrong(name, wanted)).Distinct()];
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static SettingsFormatException Wrong(string name, string wanted) => new($"{name} must be {wanted}.");
}
