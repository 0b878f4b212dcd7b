using System.Globalization;
using System.Text.Json;

namespace Parley.Protocol;

internal static class SessionSettingsReader
{
    private const string AnyNumber = "a finite number";

    public static SessionSettings Apply(SessionSettings settings, string name, JsonElement value) => name switch
    {
        "max_gap_sec" => settings with { MaxGapSec = Number(name, value) },
        "turn_gap_sec" => settings with { TurnGapSec = Number(name, value, "a number from 0", number => number >= 0) },
        "max_segment_sec" => settings with { MaxSegmentSec = Number(name, value, "a number above 0", number => number > 0) },
        "idle_final_sec" => settings with
        {
            IdleFinalSec = Number(name, value, "a number above 0 and at most 86400", number => number is > 0 and <= 86_400),
        },
        "redact" => settings with { Redact = Flag(name, value) },
        "commit_withdrawn" => settings with { CommitWithdrawn = Flag(name, value) },
        "smooth_speaker_words" => settings with
        {
            SmoothSpeakerWords = (int)Number(name, value, "a whole number from 0 to 5", number => number is 0 or 1 or 2 or 3 or 4 or 5),
        },
        "model" => settings with
        {
            Model = value.ValueKind == JsonValueKind.String && value.GetString() is { Length: >= 1 and <= 256 } model
                ? model
                : throw Wrong(name, "a name of 1 to 256 characters"),
        },
        "model_temperature" => settings with
        {
            ModelTemperature = Number(name, value, "a number from 0 to 2", number => number is >= 0 and <= 2),
        },
        "model_output_tokens" => settings with
        {
            ModelOutputTokens = (int)Number(
                name, value, "a whole number from 1 to 1000000", number => number is >= 1 and <= 1_000_000 && double.IsInteger(number)),
        },
        "close_on_end_of_turn" => settings with
        {
            CloseOnEndOfTurn = Number(name, value, "0 or a number from 0.5 to 0.99", number => number is 0 or (>= 0.5 and <= 0.99)),
        },
        "end_of_turn_pause_sec" => settings with
        {
            EndOfTurnPauseSec = Number(name, value, "a number from 0.2 to 5", number => number is >= 0.2 and <= 5),
        },
        "prompts" => settings with
        {
            Prompts = value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= Names.MaxLength } set
                ? set
                : throw Wrong(name, "the name of a set of prompts"),
        },
        _ => Ignore(settings, name, value),
    };

    // What the reference's clients send and has no bearing on text is checked and left alone.
    private static SessionSettings Ignore(SessionSettings settings, string name, JsonElement value)
    {
        switch (name)
        {
            case "sample_rate":
                Number(name, value, "a number above 0", number => number > 0);
                return settings;
            case "replay_buffer_size" or "backpressure_threshold" or "diarization_interval_sec"
                or "audio_health_interval_chunks" or "correction_similarity_threshold":
                Number(name, value);
                return settings;
            case "audio_format":
                return value.ValueKind == JsonValueKind.String ? settings : throw Wrong(name, "a string");
            case "enable_prosody" or "enable_emotion" or "enable_categorical_emotion" or "enable_diarization"
                or "enable_conversation_physics" or "enable_audio_health" or "enable_reflex_events" or "enable_tts_style"
                or "enable_correction_detection" or "enable_commitment_tracking":
                return !Flag(name, value) ? settings : throw new ProtocolException(ErrorCodes.NotSupported, $"config: {name} is not supported; leave it off.");
            default:
                throw new ProtocolException(ErrorCodes.NotSupported, $"config: {(name.Length <= 64 ? name : name[..64])} is not a setting.");
        }
    }

    private static double Number(string name, JsonElement value, string wanted = AnyNumber, Func<double, bool>? inRange = null)
    {
        var number = value.ValueKind == JsonValueKind.String
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && double.IsFinite(parsed)
            ? parsed
            : JsonElements.AsNumber(value);
        return number is { } found && inRange?.Invoke(found) != false ? found : throw Wrong(name, wanted);
    }

    private static bool Flag(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false"),
    };

    private static ProtocolException Wrong(string name, string wanted) =>
        new(ErrorCodes.InvalidConfig, $"config: {name} is not {wanted}.");
}
