namespace Parley.Tests.Asr;

/// <summary>The shortest messages of each recogniser that say something.</summary>
internal static class Messages
{
    public static string Chunk(double start, double end, string text, bool final, string key = "k") =>
        $$"""{"start":{{start}},"end":{{end}},"text":"{{text}}","is_final":{{Flag(final)}},"key":"{{key}}"}""";

    public static string Results(double start, double end, string text, bool final, string request = "r") =>
        $$$"""{"type":"Results","channel_index":[0,1],"start":{{{start}}},"duration":{{{end - start}}},"is_final":{{{Flag(final)}}},"channel":{"alternatives":[{"transcript":"{{{text}}}","words":[]}]},"metadata":{"request_id":"{{{request}}}"}}""";

    // A bar in front of a word gives it to the second speaker.
    public static string Words(double start, params (double At, string Text)[] words) =>
        $$$"""{"type":"Results","start":{{{start}}},"duration":{{{words[^1].At + 0.4 - start}}},"is_final":true,"channel":{"alternatives":[{"transcript":"","words":[{{{string.Join(',', words.Select(Word))}}}]}]}}""";

    public static string Word((double At, string Text) word) =>
        $$"""{"word":"{{word.Text.TrimStart('|')}}","start":{{word.At}},"end":{{word.At + 0.3}},"speaker":{{(word.Text[0] == '|' ? 1 : 0)}}}""";

    public static string Turn(string happened, int turn, string text, double start = 0, string request = "a") =>
        $$"""{"type":"TurnInfo","request_id":"{{request}}","event":"{{happened}}","turn_index":{{turn}},"audio_window_start":{{start}},"audio_window_end":{{start + 1}},"transcript":"{{text}}"}""";

    public static string AaiTurn(int turn, string transcript, string words, bool ends, bool formatted, double start = 0, string speaker = "A") =>
        $$"""{"type":"Turn","turn_order":{{turn}},"turn_is_formatted":{{Flag(formatted)}},"end_of_turn":{{Flag(ends)}},"transcript":"{{transcript}}","words":[{{string.Join(',', words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => $$"""{"start":{{((start + turn) * 1000) + (i * 100)}},"end":{{((start + turn) * 1000) + (i * 100) + 90}},"text":"{{word}}"}"""))}}],"speaker_label":"{{speaker}}"}""";

    public static string Hypothesis(double start, double end, string text) =>
        $$"""{"Text":"{{text}}","Offset":{{start * 1e7:0}},"Duration":{{(end - start) * 1e7:0}}}""";

    public static string Phrase(double start, double end, string text, string speaker = "") =>
        $$"""{"RecognitionStatus":"Success","Offset":{{start * 1e7:0}},"Duration":{{(end - start) * 1e7:0}},"DisplayText":"{{text}}","SpeakerId":"{{speaker}}"}""";

    public static string AwsResult(string id, bool partial, string text, double start = 0) =>
        $$$"""{"Transcript":{"Results":[{"ResultId":"{{{id}}}","StartTime":{{{start}}},"EndTime":{{{start + 1}}},"IsPartial":{{{Flag(partial)}}},"Alternatives":[{"Transcript":"{{{text}}}","Items":[]}]}]}}""";

    public static string GoogleInterim(double end, params string[] texts) =>
        $$"""{"results":[{{string.Join(',', texts.Select(text => $$"""{"alternatives":[{"transcript":"{{text}}"}],"resultEndOffset":"{{end}}s"}"""))}}]}""";

    public static string GoogleFinal(double end, string text) =>
        $$"""{"results":[{"alternatives":[{"transcript":"{{text}}"}],"isFinal":true,"resultEndOffset":"{{end}}s"}]}""";

    public static string VoskFinal(double start, string word) =>
        $$"""{"result":[{"start":{{start}},"end":{{start + 1}},"word":"{{word}}"}],"text":"{{word}}"}""";

    public static string Sherpa(int segment, string text, bool final, double start = 0) =>
        $$"""{"text":"{{text}}","tokens":["a"],"timestamps":[{{segment}}],"segment":{{segment}},"start_time":{{start}},"is_final":{{Flag(final)}}}""";

    public static string Window(params (string Start, string Text, bool Completed)[] segments) =>
        $$"""{"uid":"c","segments":[{{string.Join(',', segments.Select(segment => $$"""{"start":"{{segment.Start}}","end":"{{segment.Start[..^1]}}9","text":"{{segment.Text}}","completed":{{Flag(segment.Completed)}}}"""))}}]}""";

    public static string Segment(double start, double end, string text) =>
        $$"""{"id":1,"start":{{start}},"end":{{end}},"text":"{{text}}","avg_logprob":-0.2}""";

    public static string Piece(double start, double end, string text) =>
        $$"""{"start":{{start}},"end":{{end}},"text":"{{text}}","is_final":false,"emission_time":9}""";

    public static string Event(string name, string item, string fields) =>
        $$"""{"type":"conversation.item.input_audio_transcription.{{name}}","item_id":"{{item}}","content_index":0,{{fields}}}""";

    public static string Delta(string item, string text) => Event("delta", item, $"\"delta\":\"{text}\"");

    public static string Completed(string item, string text) => Event("completed", item, $"\"transcript\":\"{text}\"");

    public static string Committed(string item, string? previous) =>
        $$"""{"type":"input_audio_buffer.committed","item_id":"{{item}}","previous_item_id":{{(previous is null ? "null" : $"\"{previous}\"")}}}""";

    public static string Transcript(double start, string text, string name = "AddTranscript") =>
        $$$"""{"message":"{{{name}}}","metadata":{"start_time":{{{start}}},"end_time":{{{start + 1}}},"transcript":"{{{text}}} "},"results":[{"type":"word","start_time":{{{start}}},"end_time":{{{start + 1}}},"alternatives":[{"content":"{{{text}}}","confidence":0.9}]}]}""";

    public static string Token(double start, string text, bool isFinal = true) =>
        $$"""{"tokens":[{"text":"{{text}}","start_ms":{{start * 1000}},"end_ms":{{(start + 1) * 1000}},"is_final":{{Flag(isFinal)}}}],"total_audio_proc_ms":1}""";

    public static string GladiaUtterance(string session, int number, double start, string text, bool isFinal = true) =>
        $$$$"""{"session_id":"{{{{session}}}}","created_at":"","type":"transcript","data":{"id":"00_{{{{number}}}}","is_final":{{{{Flag(isFinal)}}}},"utterance":{"text":"{{{{text}}}}","start":{{{{start}}}},"end":{{{{start + 1}}}}}}}""";

    public static string Scribe(double start, string text) =>
        $$"""{"message_type":"committed_transcript_with_timestamps","text":"{{text}}","words":[{"text":"{{text}}","start":{{start}},"end":{{start + 1}},"type":"word"}]}""";

    public static string Lines(double start, string text) =>
        $$"""{"lines":[{"speaker":1,"text":" {{text}}","start":"0:00:{{start:00}}","end":"0:00:{{start + 1:00}}"},{"speaker":-2,"text":null,"start":"0:00:{{start + 1:00}}","end":"0:00:{{start + 1:00}}"}],"buffer_transcription":""}""";

    public static string Aligned(double start, string text) =>
        $$"""{"start":{{start}},"end":{{start + 1}},"text":" {{text}}","words":[{"word":"{{text}}","start":{{start}},"end":{{start + 1}},"score":0.9}]}""";

    public static string CallUtterance(string id, double start, string text, bool isPartial = false) =>
        $$$"""{"UtteranceEvent":{"UtteranceId":"{{{id}}}","IsPartial":{{{Flag(isPartial)}}},"ParticipantRole":"AGENT","BeginOffsetMillis":{{{start * 1000}}},"EndOffsetMillis":{{{(start + 1) * 1000}}},"Transcript":"{{{text}}}"}}""";

    public static string WatsonResult(int index, double start, string text) =>
        $$"""{"result_index":{{index}},"results":[{"final":true,"alternatives":[{"transcript":"{{text}} ","timestamps":[["{{text}}",{{start}},{{start + 1}}]]}]}]}""";

    public static string RivaResult(double start, string text) =>
        $$"""{"results":[{"alternatives":[{"transcript":"{{text}}","words":[{"word":"{{text}}","startTime":{{start * 1000}},"endTime":{{(start + 1) * 1000}}}]}],"isFinal":true,"audioProcessed":{{start + 1}}}]}""";

    public static string Sentence(double start, string text) =>
        $$"""{"mode":"2pass-offline","text":"{{text}}","timestamp":[[{{start * 1000}},{{(start + 1) * 1000}}]],"is_final":true}""";

    public static string MeaiUpdate(double start, string text, string kind = "textupdated") =>
        $$"""{"kind":"{{kind}}","startTime":"{{TimeSpan.FromSeconds(start):c}}","endTime":"{{TimeSpan.FromSeconds(start + 1):c}}","contents":[{"$type":"text","text":"{{text}}"}]}""";

    public static string RecallWords(string recording, double start, string text, string name = "transcript.data") =>
        $$$$"""{"event":"{{{{name}}}}","data":{"data":{"words":[{"text":"{{{{text}}}}","start_timestamp":{"relative":{{{{start}}}}},"end_timestamp":{"relative":{{{{start + 1}}}}}}],"participant":{"id":1,"name":"A"}},"recording":{"id":"{{{{recording}}}}"}}}""";

    public static string VexaSegment(string id, double start, string text) =>
        $$"""{"type":"transcription_segment","segment_id":"{{id}}","speaker":"A","text":"{{text}}","start_time":{{start}},"end_time":"{{start + 1}}","completed":true}""";

    public static string Flag(bool value) => value ? "true" : "false";
}
