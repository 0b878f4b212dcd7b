using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Tests.Conversations;

/// <summary>Which summaries a conversation takes.</summary>
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

    private async Task<bool> IsRepeatAsync(SummaryPayload summary) =>
        (await _directory.PostAsync(Stream, new AddSummary(summary), Cancel))!.Value.IsRepeat;
}
