namespace Parley.Tests.Asr.Simulation;

/// <summary>
/// Every third item is completed before the one in front of it; one item of noise fails. In a session that is answered, one of the two is
/// the model, and its text is whole before that of what it answers.
/// </summary>
internal sealed class OpenAiRealtimeDialect : Dialect
{
    private readonly bool _isAnswered;

    public OpenAiRealtimeDialect(bool isAnswered = false) => (_isAnswered, HasSpeakers) = (isAnswered, isAnswered);

    public override string Format => "openai-realtime";

    public override string Name => _isAnswered ? "openai-realtime, answered" : Format;

    protected override IEnumerable<string> Speak(Connection connection) => _isAnswered ? SpeakAndAnswer(connection) : Listen(connection);

    private static IEnumerable<string> Listen(Connection connection)
    {
        var events = 0;
        var item = 0;
        string? overtaken = null;
        yield return Event("session.created", "\"session\":{}");
        foreach (var utterance in connection.Utterances)
        {
            item++;
            var id = $"\"item_id\":\"it_{connection.Number}_{item}\"";
            yield return Event("input_audio_buffer.speech_started", $"{id},\"audio_start_ms\":{Millis(connection, utterance.Start)}");
            yield return Event("input_audio_buffer.speech_stopped", $"{id},\"audio_end_ms\":{Millis(connection, utterance.End)}");
            yield return Event("input_audio_buffer.committed", $"{id},\"previous_item_id\":{(item == 1 ? "null" : $"\"it_{connection.Number}_{item - 1}\"")}");
            for (var i = 0; i < utterance.Words.Count; i += 3)
            {
                var delta = (i == 0 ? "" : " ") + Text(utterance.Words.Skip(i).Take(3));
                yield return Event("conversation.item.input_audio_transcription.delta", $"{id},\"content_index\":0,\"delta\":{Json(delta)}");
            }

            var completed = Event("conversation.item.input_audio_transcription.completed", $"{id},\"content_index\":0,\"transcript\":{Json(utterance.Text)}");
            if (item % 3 == 1 && utterance != connection.Utterances[^1])
            {
                overtaken = completed;
                continue;
            }

            yield return completed;
            if (overtaken is not null) yield return overtaken;
            overtaken = null;
            if (item != 5) continue;
            item++;
            id = $"\"item_id\":\"it_{connection.Number}_{item}\"";
            yield return Event("input_audio_buffer.committed", $"{id},\"previous_item_id\":\"it_{connection.Number}_{item - 1}\"");
            yield return Event("conversation.item.input_audio_transcription.failed", $"{id},\"error\":{{\"code\":\"audio_unintelligible\",\"message\":\"\"}}");
        }

        string Event(string type, string fields) => $$"""{"type":"{{type}}","event_id":"e_{{connection.Number}}_{{events++}}",{{fields}}}""";
    }

    private static IEnumerable<string> SpeakAndAnswer(Connection connection)
    {
        var (events, number, late) = (0, 0, (string?)null);
        yield return Event("session.created", "\"session\":{\"audio\":{\"input\":{\"transcription\":{\"model\":\"gpt-4o-transcribe\"}}}}");
        foreach (var piece in connection.Utterances.SelectMany(utterance => utterance.BySpeaker()))
        {
            number++;
            var id = $"\"item_id\":\"it_{connection.Number}_{number}\"";
            var previous = $"\"previous_item_id\":{(number == 1 ? "null" : $"\"it_{connection.Number}_{number - 1}\"")}";
            if (piece.Speaker == "ben")
            {
                if (late is not null) yield return late;
                yield return Event("input_audio_buffer.speech_started", $"{id},\"audio_start_ms\":{Millis(connection, piece.Start)}");
                yield return Event("input_audio_buffer.speech_stopped", $"{id},\"audio_end_ms\":{Millis(connection, piece.End)}");
                yield return Event("input_audio_buffer.committed", $"{id},{previous}");
                late = Event("conversation.item.input_audio_transcription.completed", $"{id},\"content_index\":0,\"transcript\":{Json(piece.Text)}");
                continue;
            }

            yield return Event("conversation.item.added", $"{previous},\"item\":{{\"id\":\"it_{connection.Number}_{number}\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}}");
            for (var i = 0; i < piece.Words.Count; i += 3)
            {
                var delta = (i == 0 ? "" : " ") + Text(piece.Words.Skip(i).Take(3));
                yield return Event("response.output_audio_transcript.delta", $"{id},\"content_index\":0,\"delta\":{Json(delta)}");
            }

            yield return Event("response.output_audio_transcript.done", $"{id},\"content_index\":0,\"transcript\":{Json(piece.Text)}");
            yield return Event("response.done", "\"response\":{\"status\":\"completed\"}");
            if (late is not null) yield return late;
            late = null;
        }

        if (late is not null) yield return late;

        string Event(string type, string fields) => $$"""{"type":"{{type}}","event_id":"e_{{connection.Number}}_{{events++}}",{{fields}}}""";
    }
}
