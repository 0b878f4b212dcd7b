using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// What a model of an OpenAI Realtime session says. Read from https://platform.openai.com/docs/api-reference/realtime-server-events.
/// </summary>
internal static class OpenAiAnswers
{
    /// <summary>Who says it.</summary>
    public const string Speaker = "assistant";

    /// <summary>Returns whether an event has the whole text of an answer, as it was said until it ended or was interrupted.</summary>
    public static bool IsWhole(string type) =>
        type is "response.output_audio_transcript.done" or "response.audio_transcript.done"
            or "response.output_text.done" or "response.text.done";

    /// <summary>Returns the text that an event adds to an answer, or the whole of it; null where it is another event.</summary>
    public static string? TextOf(string type, JsonElement json) => type switch
    {
        "response.output_audio_transcript.delta" or "response.audio_transcript.delta" => json.RequireText("delta"),
        "response.output_text.delta" or "response.text.delta" => json.RequireText("delta"),
        "response.output_audio_transcript.done" or "response.audio_transcript.done" => json.RequireText("transcript"),
        "response.output_text.done" or "response.text.done" => json.RequireText("text"),
        _ => null,
    };

    /// <summary>Returns the id of the model's message in an event about an item; null where the item is another.</summary>
    public static string? ItemOf(JsonElement json) =>
        json.Object("item") is { } item && item.Is("role", "assistant") && !item.Is("type", "function_call") ? item.Text("id") : null;

    /// <summary>Returns the id of a message that has ended without a word; null where it is another.</summary>
    public static string? EmptyItemOf(JsonElement json) =>
        ItemOf(json) is { } id && json.Object("item")?.FirstItem("content") is null ? id : null;

    /// <summary>Returns whether an event about a session says that what is said to the model is transcribed.</summary>
    public static bool TranscribesInput(JsonElement json) =>
        json.Object("session") is { } session
        && (session.Has("input_audio_transcription") || session.Object("audio")?.Object("input")?.Has("transcription") == true);
}
