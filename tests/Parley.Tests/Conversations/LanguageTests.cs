using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>A conversation has one language: as it is set, as its recogniser names it, or as its first segments tell.</summary>
public class LanguageTests
{
    private static readonly string[] German =
    [
        "ja hallo", "wir müssen bis freitag das angebot an den kunden schicken", "also nehmen wir den zweiten vorschlag",
        "kannst du das machen?",
    ];

    private static readonly string[] English =
    [
        "good morning", "so what does it cost", "i will send you the report", "we decided to take the ferry", "yeah that's right",
        "what about the manager",
    ];

    [Fact]
    public void It_is_found_in_the_first_segments_and_said_once()
    {
        var state = Held(new(), German);
        Assert.Equal([null, "de", null, null], Finals(state).Select(final => final.StreamLanguage));
        Assert.Equal(("de", "de"), (state.State.Language, state.State.ToStats().Language));
    }

    [Fact]
    public void From_there_only_a_question_mark_tells()
    {
        Assert.Equal(["statement", "statement", "question"], Finals(Held(new(), German)).Skip(1).Select(final => final.Semantic!.Intent));
        var annotator = new KeywordSemanticAnnotator();
        var context = new IntentContext { IsForeign = true };
        Assert.All(German[1..3], text => Assert.Empty(annotator.Annotate(new(0, 1, text, "ana"), context).Evidence));
    }

    [Fact]
    public void A_lexicon_of_ones_own_is_read_in_every_language()
    {
        string[] said = ["wir haben das nicht mit dem manager besprochen aber wir müssen kündigen"];
        var rules = new ConversationRules
        {
            Semantics = new SemanticConfig { Lexicon = Lexicon.Parse("""{"risks": {"churn": ["kündigen"]}}""") },
        };
        Assert.Equal(["kündigen"], Finals(Held(new() { Language = "de" }, said, rules: rules))[0].Semantic!.Keywords);
    }

    [Fact]
    public void English_is_read_as_ever_before_and_after_it_is_known()
    {
        var finals = Finals(Held(new(), English));
        Assert.Contains("en", finals.Select(final => final.StreamLanguage));
        var segments = English.Select((text, i) => new StreamSegment(3 * i, (3 * i) + 1, text, i % 2 == 0 ? "ana" : "ben"));
        var read = new KeywordSemanticAnnotator().AnnotateBatch(segments);
        Assert.Equal(read.Select(segment => segment.Intent), finals.Select(final => final.Semantic!.Intent));
        Assert.Equal(read.Select(segment => segment.Confidence), finals.Select(final => final.Semantic!.Confidence!.Value));
        Assert.Equal(read.SelectMany(segment => segment.Keywords), finals.SelectMany(final => final.Semantic!.Keywords));
    }

    [Fact]
    public void What_is_set_holds_from_the_first_segment_whatever_is_said()
    {
        var held = Held(new() { Language = "de-AT" }, English);
        Assert.Equal("de", Finals(held)[0].StreamLanguage);
        Assert.All(Finals(held), final => Assert.Equal(Intents.Statement, final.Semantic!.Intent));
    }

    [Theory]
    [InlineData("fr-CA", "fr")]
    [InlineData("french", "fr")]
    [InlineData("sv", "sv")]
    [InlineData("und", "de")]
    public void A_recogniser_that_names_it_knows_better_than_the_words(string named, string expected) =>
        Assert.Equal(expected, Held(new(), German, named).State.Language);

    [Fact]
    public void What_the_first_segments_do_not_tell_stays_unknown_and_is_read_as_english()
    {
        var held = Held(new(), [.. Enumerable.Range(0, 25).Select(i => $"hm {i}"), .. German]);
        Assert.Null(held.State.Language);
        Assert.All(Finals(held), final => Assert.Null(final.StreamLanguage));
    }

    [Fact]
    public void Settings_name_a_tag()
    {
        var open = new Open(new ConversationSettings { Language = "deutsch!" });
        var refusal = Conversation.Decide(new ConversationState("str-1"), open).Refusal!;
        Assert.Equal(ErrorCodes.InvalidConfig, refusal.Code);
        Assert.Contains("Language must be a language tag", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, new string[0])]
    [InlineData(true, new[] { "seg-1", "seg-2" })]
    public void General_work_is_waited_for_where_a_model_extracts_in_another_language(bool extracts, string[] pending)
    {
        Assert.Equal(pending, Held(new() { ExtractsGeneral = extracts }, German[..3]).State.Pending.Keys);
        Assert.Empty(Held(new() { ExtractsGeneral = extracts }, English).State.Pending);
    }

    [Fact]
    public void Work_knows_the_language_and_the_prompts()
    {
        var settings = new ConversationSettings { Language = "fr", Prompts = "sales", ExtractsGeneral = true };
        var state = Held(settings, ["un", "deux", "trois", "quatre", "cinq", "six"]).State;
        Assert.All(state.Pending.Values, work => Assert.Equal(("fr", "sales"), (work.Language, work.Prompts)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void A_checkpoint_keeps_what_was_heard_so_far(int chunks)
    {
        var before = Held(new() { ExtractsGeneral = true }, German[..Math.Min(chunks, 4)], "de").State;
        var after = ConversationState.FromCheckpoint("str-1", before.ToCheckpoint(1))!;
        Assert.Equal(before.ToCheckpoint(1).State.ToArray(), after.ToCheckpoint(1).State.ToArray());
        Assert.Equal(before.Language, after.Language);
        Assert.Equal(before.Memory.Evidence.Text, after.Memory.Evidence.Text);
    }

    [Fact]
    public async Task A_replay_finds_the_same()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var log = new MemoryEventLog();
        await using var directory = new ConversationDirectory(log);
        await directory.OpenAsync("str-1", new ConversationSettings { ExtractsGeneral = true }, cancel);
        for (var i = 0; i < German.Length; i++)
        {
            var chunk = new StreamChunk(3 * i, (3 * i) + 1, German[i], i % 2 == 0 ? "ana" : "ben");
            await directory.SayAsync("str-1", new Parley.Conversations.Intake.ChunkDelivery(i + 1, chunk), cancel);
        }

        await directory.PostAsync("str-1", new End(EndReasons.Requested), cancel);
        await directory.PostAsync("str-1", new Settle(), cancel);
        Assert.True((await ConversationReplay.VerifyAsync(log, "str-1", cancellationToken: cancel)).IsVerified);
        var transcript = await ConversationTranscript.ReadAsync(log, "str-1", cancellationToken: cancel);
        using var json = new MemoryStream();
        await transcript.WriteAsync(Parley.Transcripts.TranscriptFormat.Json, json, cancel);
        Assert.Equal("de", Parley.Transcripts.TranscriptJson.Parse(System.Text.Encoding.UTF8.GetString(json.ToArray())).Language);
    }

    private static List<FinalizedPayload> Finals((ConversationState State, List<VisibleFact> Told) held) =>
        [.. held.Told.Select(fact => fact.Payload).OfType<FinalizedPayload>()];

    private static (ConversationState State, List<VisibleFact> Told) Held(
        ConversationSettings settings, string[] texts, string? named = null, ConversationRules? rules = null)
    {
        var state = new ConversationState("str-1");
        var told = new List<VisibleFact>();
        Take(new Open(settings));
        for (var i = 0; i < texts.Length; i++)
        {
            var speaker = i % 2 == 0 ? "ana" : "ben";
            var chunk = new StreamChunk(3 * i, (3 * i) + 1, texts[i], speaker) { Details = SpeechDetails.Of(null, null, named) };
            Take(new HearChunk(i + 1, chunk));
            Take(new CloseLane(speaker, CloseReasons.Silence));
        }

        return (state, told);

        void Take(ConversationInput input)
        {
            foreach (var fact in Conversation.Decide(state, input, rules).Facts)
            {
                Conversation.Apply(state, fact);
                if (fact is VisibleFact visible) told.Add(visible);
            }
        }
    }
}
