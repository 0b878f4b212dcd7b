namespace Parley.Tests.Asr.Simulation;

/// <summary>An interim is two results, one of them stable. A final lists the words since the start of the connection, as diarization does.</summary>
internal sealed class GoogleDialect : Dialect
{
    private readonly bool _isFirstVersion;

    public GoogleDialect(bool isFirstVersion = false)
    {
        _isFirstVersion = isFirstVersion;
        HasSpeakers = HasWordSpeakers = true;
    }

    public override string Format => "google";

    public override string Name => _isFirstVersion ? "google v1" : "google v2";

    protected override IEnumerable<string> Speak(Connection connection)
    {
        var said = new List<SpokenWord>();
        foreach (var utterance in connection.Utterances)
        {
            if (said.Count == 0) yield return """{"results":[],"speechEventType":"SPEECH_ACTIVITY_BEGIN"}""";
            foreach (var heard in utterance.Interims()) yield return Interim(connection, heard);
            said.AddRange(utterance.Words);
            yield return $$"""{"results":[{"alternatives":[{"transcript":{{Json(utterance.Text)}},"confidence":0.92,"words":[{{Each(said, word => Word(connection, word))}}]}],"isFinal":true,{{End(connection, utterance.End)}},"languageCode":"en-us"}]}""";
        }
    }

    private string Interim(Connection connection, IReadOnlyList<SpokenWord> heard)
    {
        var end = End(connection, heard[^1].End);
        var last = $$"""{"alternatives":[{"transcript":{{Json((heard.Count > 1 ? " " : "") + heard[^1].Text)}}}],"stability":0.01,{{end}}}""";
        return heard.Count == 1
            ? $$"""{"results":[{{last}}]}"""
            : $$"""{"results":[{"alternatives":[{"transcript":{{Json(Text(heard.SkipLast(1)))}}}],"stability":0.9,{{end}}},{{last}}]}""";
    }

    private string End(Connection connection, double time) => $"\"{(_isFirstVersion ? "resultEndTime" : "resultEndOffset")}\":\"{Sec(connection, time)}0s\"";

    private string Word(Connection connection, SpokenWord word)
    {
        var (start, end) = (Sec(connection, word.Start) + "0s", Sec(connection, word.End) + "0s");
        return _isFirstVersion
            ? $$"""{"word":{{Json(word.Text)}},"startTime":"{{start}}","endTime":"{{end}}","speakerTag":{{Number(word.Speaker) + 1}}}"""
            : $$"""{"word":{{Json(word.Text)}},"startOffset":"{{start}}","endOffset":"{{end}}","speakerLabel":"{{Number(word.Speaker) + 1}}"}""";
    }
}
