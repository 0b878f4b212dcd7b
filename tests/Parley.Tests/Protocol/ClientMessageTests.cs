using System.Text;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Tests.Protocol;

public class ClientMessageTests
{
    private const string Stream = "str-00000000-0000-4000-8000-000000000000";

    public static TheoryData<ClientMessage> EveryMessage =>
    [
        new StartSession(new SessionSettings { MaxGapSec = 2, Redact = true, CommitWithdrawn = true, SmoothSpeakerWords = 1 }, Stream),
        new StartSession(new SessionSettings())
        {
            Description = new()
            {
                ExternalId = "crm/4711",
                Title = "Ferry bookings — Ž",
                Participants = [new("Ana Lima", "ana", "agent"), new("Ben")],
                Labels = new Dictionary<string, string> { ["team"] = "sales" },
                Language = "en-GB",
                Metadata = JsonDocument.Parse("""{"ticket":{"n":[1,null]}}""").RootElement,
            },
        },
        new TextChunk(1, 0, 1.5, "so it \"is\"", "ana", "phone", false, "k1"),
        new TextChunk(2, 0, 1, ""),
        new TextChunk(3, 0, 1, "so") { Details = new([new("so", 0, 1, 0.5)], 0.5, "en-GB") },
        new AsrMessage(1, "deepgram", JsonDocument.Parse("""{"is_final":true}""").RootElement, "phone"),
        new EndSession(),
        new Ping(5),
        new ResumeSession(Stream, 12),
        new Authenticate("secret"),
    ];

    [Theory]
    [MemberData(nameof(EveryMessage))]
    public void Every_message_survives_a_round_trip(ClientMessage message)
    {
        var written = message.ToUtf8();
        Assert.StartsWith($$"""{"type":"{{message.Type}}""", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        Assert.Equal(written, ClientMessage.Parse(written).ToUtf8());
    }

    [Fact]
    public void Messages_of_the_reference_are_taken_or_refused_as_there()
    {
        var seen = 0;
        foreach (var golden in GoldenLines.Read("ws_messages.jsonl", "parse"))
        {
            var input = golden.GetProperty("input");
            var type = input.GetProperty("type");
            // Sound is the reference's, text chunks are ours.
            if (type.ToString() is "AUDIO_CHUNK" or "TTS_STATE")
                Assert.Equal(ErrorCodes.NotSupported, Refused(input.GetRawText()).Code);
            else if (GoldenLines.IsError(golden.GetProperty("expect")))
                Assert.Equal(ErrorCodes.InvalidMessage, Refused(input.GetRawText()).Code);
            else
                Assert.Equal(golden.GetProperty("expect").GetProperty("type").GetString(), Parse(input.GetRawText()).Type);
            seen++;
        }
        Assert.Equal(9, seen);
    }

    [Fact]
    public void A_session_id_is_taken_for_a_stream_id()
    {
        Assert.Equal(Stream, Assert.IsType<StartSession>(Parse($$"""{"type":"START_SESSION","session_id":"{{Stream}}"}""")).StreamId);
        Assert.Equal(Stream, Assert.IsType<ResumeSession>(Parse($$"""{"type":"RESUME_SESSION","session_id":"{{Stream}}","last_event_id":3}""")).StreamId);
    }

    [Theory]
    [InlineData("""{"type":"TEXT_CHUNK","start":0,"end":1,"text":"secret"}""", "sequence")]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":0,"start":0,"end":1,"text":"secret"}""", "sequence")]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":"secret","end":1,"text":"a"}""", "start")]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1e999,"text":"secret"}""", "end")]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":null}""", "text")]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":"secret","is_final":"true"}""", "is_final")]
    [InlineData("""{"type":"RESUME_SESSION","stream_id":"str-secret","last_event_id":0}""", "stream_id")]
    [InlineData("""{"type":"RESUME_SESSION","last_event_id":0}""", "stream_id")]
    [InlineData("""{"text":"secret"}""", "type")]
    [InlineData("""["secret"]""", "object")]
    public void What_is_wrong_is_named_and_nobody_is_quoted(string json, string named)
    {
        var error = Refused(json);
        Assert.Equal(ErrorCodes.InvalidMessage, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":"a","speaker_id":"NAME"}""", "TEXT_CHUNK: speaker_id")]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":"a","source":"NAME"}""", "TEXT_CHUNK: source")]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":"a","key":"NAME"}""", "TEXT_CHUNK: key")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"deepgram","message":{},"source":"NAME"}""", "ASR_MESSAGE: source")]
    public void A_name_has_at_most_256_characters(string json, string named)
    {
        Parse(json.Replace("NAME", new string('n', 256), StringComparison.Ordinal));
        var error = Refused(json.Replace("NAME", new string('n', 257), StringComparison.Ordinal));
        Assert.Equal((ErrorCodes.InvalidMessage, $"{named} is longer than 256 characters."), (error.Code, error.Message));
    }

    [Fact]
    public void Settings_of_the_reference_are_taken_or_refused_as_there()
    {
        var seen = 0;
        foreach (var golden in GoldenLines.Read("ws_messages.jsonl", "session_config"))
        {
            var (input, expect) = (golden.GetProperty("input"), golden.GetProperty("expect"));
            // 0 for false is more than a strict reader takes.
            if (GoldenLines.IsError(expect) || golden.GetProperty("name").ValueEquals("config/09"))
                Assert.Equal(ErrorCodes.InvalidConfig, Assert.Throws<ProtocolException>(() => SessionSettings.Parse(input)).Code);
            else
                Assert.Equal(expect.GetProperty("max_gap_sec").GetDouble(), SessionSettings.Parse(input).MaxGapSec ?? 1.0);
            seen++;
        }
        Assert.Equal(11, seen);
    }

    [Theory]
    [InlineData("""{"enable_diarization":true}""", ErrorCodes.NotSupported, "enable_diarization")]
    [InlineData("""{"max_gap":1}""", ErrorCodes.NotSupported, "max_gap")]
    [InlineData("""{"idle_final_sec":0}""", ErrorCodes.InvalidConfig, "idle_final_sec")]
    [InlineData("""{"turn_gap_sec":-1}""", ErrorCodes.InvalidConfig, "turn_gap_sec")]
    [InlineData("""{"redact":"false"}""", ErrorCodes.InvalidConfig, "redact")]
    [InlineData("""{"commit_withdrawn":1}""", ErrorCodes.InvalidConfig, "commit_withdrawn")]
    [InlineData("""{"smooth_speaker_words":1.5}""", ErrorCodes.InvalidConfig, "smooth_speaker_words")]
    [InlineData("""{"smooth_speaker_words":6}""", ErrorCodes.InvalidConfig, "smooth_speaker_words")]
    [InlineData("""{"model":""}""", ErrorCodes.InvalidConfig, "model")]
    [InlineData("""{"model":7}""", ErrorCodes.InvalidConfig, "model")]
    [InlineData("""{"model_temperature":2.1}""", ErrorCodes.InvalidConfig, "model_temperature")]
    [InlineData("""{"model_output_tokens":0}""", ErrorCodes.InvalidConfig, "model_output_tokens")]
    [InlineData("""{"model_output_tokens":1.5}""", ErrorCodes.InvalidConfig, "model_output_tokens")]
    [InlineData("""{"max_gap_sec":"NaN"}""", ErrorCodes.InvalidConfig, "max_gap_sec")]
    public void A_setting_that_cannot_be_is_named(string config, string code, string named)
    {
        var error = Refused($$"""{"type":"START_SESSION","config":{{config}}}""");
        Assert.Equal(code, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private static ClientMessage Parse(string json) => ClientMessage.Parse(Encoding.UTF8.GetBytes(json));

    private static ProtocolException Refused(string json) => Assert.Throws<ProtocolException>(() => Parse(json));
}
