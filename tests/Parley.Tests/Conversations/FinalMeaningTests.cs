using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Work;

namespace Parley.Tests.Conversations;

/// <summary>A final has all that its segment does and the decisions and action items in it, and so has what is made of it.</summary>
public sealed class FinalMeaningTests : IntakeTest
{
    [Fact]
    public async Task A_final_has_intents_and_outcomes_and_a_checkpoint_keeps_both()
    {
        await PromiseAsync();
        var meaning = (await FactsAsync()).OfType<VisibleFact>().Select(told => told.Payload).OfType<FinalizedPayload>().Single().Semantic!;
        Assert.Equal([Intents.Question, Intents.Commitment], meaning.Intents);
        Assert.Equal((OutcomeKinds.ActionItem, "ana", "tonight"), Assert.Single(meaning.Outcomes!) is var found ? (found.Kind, found.Who, found.Due) : default);

        var (state, seq, _) = await ConversationLoader.LoadAsync(_log, Stream, cancellationToken: Cancel);
        var last = ConversationState.FromCheckpoint(Stream, state.ToCheckpoint(seq))!.Memory.Last!;
        Assert.Equal(meaning.Intents, last.Intents);
        Assert.Equal(meaning.Outcomes, last.Outcomes);
    }

    [Theory]
    [InlineData("ana")]
    [InlineData(null)]
    public async Task Who_is_to_act_goes_with_the_speaker_of_the_segment_in_every_view(string? speaker)
    {
        await PromiseAsync(speaker);
        await _directory.PostAsync(Stream, new NameSpeaker(new SpeakerRevisionPayload(["seg-0"], "ben", speaker)), Cancel);
        await EndAsync();

        var view = new TranscriptProjection();
        await foreach (var record in _log.ReadEventsAsync(Stream, 0, Cancel)) view.Apply(FactRecords.ToEnvelope(record));
        Assert.Equal("ben", Assert.Single(view.Outcomes).Who);
        Assert.Equal("ben", Assert.Single(await ConversationOutcomes.ReadAsync(_log, Stream, Cancel).ToListAsync(Cancel)).Outcome.Who);

        var due = await _directory.ReadAsync(Stream, state => state.DueSummary, Cancel);
        var summary = await new Summaries(_log).ChooseAsync(Stream, due!, SummaryReasons.NoModel, language: null, said: null, Cancel);
        Assert.Contains("ben: Send the notes tonight", summary.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I'll send the notes tonight.", true)]
    [InlineData("Somebody has to send the notes tonight.", false)]
    public async Task What_a_speaker_without_a_name_will_do_is_told_from_what_is_still_to_be_taken(string text, bool bySpeaker)
    {
        await PromiseAsync(speaker: null, text);
        var final = (await FactsAsync()).OfType<VisibleFact>().Select(told => told.Payload).OfType<FinalizedPayload>().Single();
        var outcome = Assert.Single(final.Semantic!.Outcomes!);
        Assert.Equal((null, bySpeaker), (outcome.Who, outcome.BySpeaker));
    }

    private async Task PromiseAsync(string? speaker = "ana", string text = "I'll send the notes tonight. Who else needs them?")
    {
        await OpenAsync();
        await SayAsync(text, speaker: speaker);
        await _directory.PostAsync(Stream, new CloseLane(speaker, CloseReasons.Silence), Cancel);
    }
}
