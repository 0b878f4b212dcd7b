using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Tests.Conversations;

/// <summary>Which summaries a conversation takes, and how they count.</summary>
public sealed class SummaryTests : IntakeTest
{
    [Fact]
    public async Task The_final_summary_is_taken_although_all_of_it_was_summarised_before()
    {
        await OpenAsync();
        await SayAsync("the ferry leaves at nine");
        await _directory.PostAsync(Stream, new CloseLane("ana", "silence"), Cancel);
        var to = await _directory.ReadAsync(Stream, state => state.EventId, Cancel);
        Assert.False(await IsRepeatAsync(new SummaryPayload("so far", 1, to, "incremental")));
        Assert.True(await IsRepeatAsync(new SummaryPayload("so far, again", 1, to, "incremental")));
        Assert.False(await IsRepeatAsync(new SummaryPayload("all of it", 1, to, "final")));
        Assert.Equal("all of it", await _directory.ReadAsync(Stream, state => state.Summary!.Text, Cancel));
    }

    [Fact]
    public async Task A_models_final_summary_replaces_one_without_it_once_and_nothing_replaces_it()
    {
        var to = await EndedAsync();
        Assert.False(await IsRepeatAsync(Chosen(to, SummaryReasons.Late)));
        // The end does not wait for the model's, but it is still to come: it counts as open.
        await ExpectAsync(state => (state.DueSummary is null, state.AwaitedSummary is not null, state.OpenWork), (true, true, 1));
        await ExpectAsync(Ledger, (1, 0, 0, 0, 0));
        await _directory.PostAsync(Stream, new Settle(), Cancel);
        Assert.True(await IsRepeatAsync(Chosen(to, SummaryReasons.Late)));

        Assert.False(await IsRepeatAsync(Written(to)));
        Assert.True(await IsRepeatAsync(Written(to)));
        Assert.True(await IsRepeatAsync(Chosen(to, SummaryReasons.Late)));
        Assert.True(await IsRepeatAsync(Failed(to, "timeout")));
        await ExpectAsync(state => (state.Summary!.Author, state.AwaitedSummary, state.OpenWork), ("model", null, 0));
        await ExpectAsync(Ledger, (1, 1, 0, 0, 0));
        Assert.True((await ConversationReplay.VerifyAsync(_log, Stream, cancellationToken: Cancel)).IsVerified);
    }

    [Fact]
    public async Task What_failed_counts_once_says_why_it_failed_last_and_is_done_once_it_is_written()
    {
        var to = await EndedAsync();
        Assert.False(await IsRepeatAsync(Failed(to, "timeout")));
        await ExpectAsync(state => (state.AwaitedSummary, state.DueSummary!.Kind), (null, "final"));
        Assert.True(await IsRepeatAsync(Failed(to, "timeout")));
        Assert.False(await IsRepeatAsync(Failed(to, "rate_limited")));
        Assert.False(await IsRepeatAsync(Chosen(to, SummaryReasons.Failed)));
        await ExpectAsync(state => state.UnwrittenSummary!.Why.Reason, "rate_limited");
        await ExpectAsync(Ledger, (1, 0, 1, 0, 0));
        Assert.False(await IsRepeatAsync(Written(to)));
        await ExpectAsync(state => state.UnwrittenSummary, null);
        await ExpectAsync(Ledger, (1, 1, 0, 0, 0));
    }

    [Fact]
    public async Task What_was_given_up_is_joined_once_a_later_one_covers_it()
    {
        var (first, to) = (await DueAsync(), 0L);
        Assert.False(await IsRepeatAsync(Failed(first, "queue_full", attempts: 0) with { Kind = SummaryKinds.Incremental }));
        await ExpectAsync(Ledger, (1, 0, 0, 1, 0));
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        to = await _directory.ReadAsync(Stream, state => state.AwaitedSummary!.ToEventId, Cancel);
        await ExpectAsync(state => state.AwaitedSummary!.FromEventId, 1L);
        Assert.False(await IsRepeatAsync(Written(to)));
        await ExpectAsync(Ledger, (2, 1, 0, 0, 1));
        Assert.True(await IsRepeatAsync(Failed(first, "queue_full", attempts: 0) with { Kind = SummaryKinds.Incremental }));
    }

    [Fact]
    public async Task A_failure_for_the_same_reason_with_other_calls_is_another_and_is_counted()
    {
        var to = await EndedAsync();
        var first = Failed(to, "timeout") with { Used = new TokenUsage(1, 20, 3, TokenCounts.Server) };
        var second = first with { Used = new TokenUsage(1, 20, 5, TokenCounts.Server) };
        Assert.False(await IsRepeatAsync(first));
        Assert.True(await IsRepeatAsync(first));
        Assert.False(await IsRepeatAsync(second));
        Assert.True(await IsRepeatAsync(second));
        await ExpectAsync(state => (state.TotalUsage!.Calls, state.TotalUsage.OutputTokens), (2L, 8L));
        await ExpectAsync(Ledger, (1, 0, 1, 0, 0));
    }

    [Fact]
    public async Task A_model_writes_over_what_a_model_wrote_and_not_over_what_was_chosen_without_it()
    {
        var to = await DueAsync();
        Assert.False(await IsRepeatAsync(Failed(to, "timeout") with { Kind = SummaryKinds.Incremental }));
        Assert.False(await IsRepeatAsync(Chosen(to, SummaryReasons.Failed) with { Kind = SummaryKinds.Incremental }));
        var next = await DueAsync();
        await ExpectAsync(state => (state.AwaitedSummary!.FromEventId, state.DueSummary!.FromEventId), (1, to + 1));
        Assert.False(await IsRepeatAsync(Written(next) with { Kind = SummaryKinds.Incremental }));
        // An older one does not take its place.
        Assert.True(await IsRepeatAsync(Written(to) with { Kind = SummaryKinds.Incremental }));
        var last = await DueAsync();
        await ExpectAsync(state => state.AwaitedSummary!, new DueSummary(SummaryKinds.Incremental, next + 1, last));
    }

    [Fact]
    public async Task Where_the_budget_is_used_up_no_models_summary_is_waited_for()
    {
        var to = await EndedAsync();
        await IsRepeatAsync(Chosen(to, SummaryReasons.Late));
        Assert.False(await IsRepeatAsync(Chosen(to, SummaryReasons.Budget)));
        await ExpectAsync(state => state.AwaitedSummary, null);
        await ExpectAsync(Ledger, (1, 1, 0, 0, 0));
    }

    [Fact]
    public async Task Without_a_model_there_is_no_work()
    {
        var to = await EndedAsync();
        Assert.False(await IsRepeatAsync(Chosen(to, SummaryReasons.NoModel)));
        await ExpectAsync(state => (state.AwaitedSummary, state.OpenWork), (null, 0));
        await ExpectAsync(Ledger, (0, 0, 0, 0, 0));
    }

    private static SummaryPayload Written(long to) => new("written", 1, to, SummaryKinds.Final) { Author = SummaryAuthors.Model };

    private static SummaryPayload Chosen(long to, string reason) =>
        new("chosen", 1, to, SummaryKinds.Final) { Author = SummaryAuthors.Extractive, Reason = reason };

    private static SummaryFailedPayload Failed(long to, string reason, int attempts = 4) =>
        new(SummaryKinds.Final, 1, to, reason, attempts);

    private static (long Routed, long Done, long Failed, long Dropped, long Joined) Ledger(ConversationState state) =>
        (state.WorkRouted, state.WorkDone, state.WorkFailed, state.WorkDropped, state.WorkJoined);

    private async Task<long> EndedAsync()
    {
        await OpenAsync();
        await SayAsync("the ferry leaves at nine");
        await _directory.PostAsync(Stream, new End("requested"), Cancel);
        return await _directory.ReadAsync(Stream, state => state.DueSummary!.ToEventId, Cancel);
    }

    /// <summary>Says so much that another summary is due, and returns the last event that it is to cover.</summary>
    private async Task<long> DueAsync()
    {
        await OpenAsync();
        var before = await _directory.ReadAsync(Stream, state => state.AwaitedSummary?.ToEventId, Cancel);
        while (await _directory.ReadAsync(Stream, state => state.AwaitedSummary, Cancel) is not { } due || due.ToEventId == before)
        {
            await SayAsync("the ferry leaves at nine");
            await _directory.PostAsync(Stream, new CloseLane("ana", "silence"), Cancel);
        }

        return await _directory.ReadAsync(Stream, state => state.AwaitedSummary!.ToEventId, Cancel);
    }

    private async Task ExpectAsync<T>(Func<ConversationState, T> read, T expected) =>
        Assert.Equal(expected, await _directory.ReadAsync(Stream, read, Cancel));

    private async Task<bool> IsRepeatAsync(SummaryPayload summary) =>
        (await _directory.PostAsync(Stream, new AddSummary(summary), Cancel))!.Value.IsRepeat;

    private async Task<bool> IsRepeatAsync(SummaryFailedPayload failure) =>
        (await _directory.PostAsync(Stream, new ReportSummary(failure), Cancel))!.Value.IsRepeat;
}
