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

    public static string Flag(bool value) => value ? "true" : "false";
}
