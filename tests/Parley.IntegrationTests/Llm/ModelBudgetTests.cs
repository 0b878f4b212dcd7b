using Parley.Protocol;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

public class ModelBudgetTests
{
    public static TheoryData<LlmLimits> Limits => new(
        new LlmLimits { MaxCalls = 2 },
        new LlmLimits { MaxTokens = 1_450 },
        new LlmLimits { MaxCost = 0.025m, InputPricePerMillion = 10, OutputPricePerMillion = 30 });

    [Theory, MemberData(nameof(Limits))]
    public async Task What_the_budget_does_not_allow_is_quoted_and_costs_nothing(LlmLimits limits)
    {
        // Each call sets aside about 450 tokens in and 500 out, and uses 300 and 20: two of them fit, and a third would not.
        await using var server = await ModelServer.StartAsync(_ => Replies.Counted((300, 20), "Nine euros."));
        await using var engine = new ModelEngine(server, limits: limits);
        await engine.SayAsync("what does the ferry cost", "when does the train leave");
        await engine.UntilAsync(state => state.WorkDone == 1);
        await engine.SayAsync("where is the hotel");
        await engine.UntilAsync(state => state.WorkDone == 2);
        var told = await engine.HoldAsync("who has the tickets");

        Assert.Equal(
            ["seg-0 answer/1 Nine euros.", "seg-1 answer/1 Nine euros.", "seg-2 extractive/2 ", "seg-3 extractive/2 "],
            told.Where(fact => fact.Payload is WorkflowResultPayload).Select(fact => $"{fact.SegmentId} {((WorkflowResultPayload)fact.Payload).Handler} {((WorkflowResultPayload)fact.Payload).Text}").Order(StringComparer.Ordinal));
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(new LlmUsage(2, 600, 40, limits.MaxCost is null ? 0 : 0.0072m), engine.Model.Budget.UsageOf(ModelEngine.Stream));
        Assert.Empty(await engine.DeadLettersAsync());
    }

    [Fact]
    public async Task Without_any_budget_the_model_is_not_asked()
    {
        await using var server = await ModelServer.StartAsync(_ => throw new InvalidOperationException("It was asked."));
        await using var engine = new ModelEngine(server, limits: new LlmLimits { MaxTokens = 0 }, summarises: true);
        var told = await engine.HoldAsync("what does the ferry cost", "i'll go and book two cabins", "we decided to take the ferry");
        Assert.All(told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>(), result => Assert.Equal("extractive/2", result.Handler));
        Assert.Contains("Main topics discussed", told.Select(fact => fact.Payload).OfType<SummaryPayload>().Single(summary => summary.Kind == "final").Text, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Attempts_that_fail_count_too()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Status(500));
        await using var engine = new ModelEngine(server, ModelEngine.AtOnce with { MaxAttempts = 5 }, new LlmLimits { MaxCalls = 3 });
        var told = await engine.HoldAsync("what does the ferry cost");
        Assert.Equal("extractive/2", Assert.Single(told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>()).Handler);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_is_over_is_forgotten(bool fails)
    {
        await using var server = await ModelServer.StartAsync(_ => fails ? Replies.Status(500) : Replies.Counted((300, 20), "Nine euros."));
        await using var engine = new ModelEngine(server, forgets: true);
        await engine.SayAsync("what does the ferry cost", "the train is slow");
        await engine.UntilAsync(state => state.WorkDone + state.WorkFailed == 1);
        Assert.Equal(fails ? 2 : 1, engine.Model.Budget.UsageOf(ModelEngine.Stream).Calls);
        await engine.HoldAsync("that is all");
        Assert.Equal(default, engine.Model.Budget.UsageOf(ModelEngine.Stream));
        if (!fails) return;

        // Tried again it fails again: that changes nothing in the conversation, and is forgotten as well.
        engine.Work.Dispatcher.Redrive(Assert.Single(await engine.DeadLettersAsync()));
        await engine.Work.Dispatcher.IdleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(default, engine.Model.Budget.UsageOf(ModelEngine.Stream));
    }

    [Fact]
    public async Task A_stream_that_is_over_is_not_forgotten_before_all_that_is_redriven_has_its_outcome()
    {
        var cancel = TestContext.Current.CancellationToken;
        var isLastAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayLastEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var refuses = true;
        await using var server = await ModelServer.StartAsync(request => async context =>
        {
            var isLast = request.About.Contains("train", StringComparison.Ordinal);
            if (isLast) isLastAsked.TrySetResult();
            if (!refuses) await (isLast ? mayLastEnd : isLastAsked).Task.WaitAsync(context.RequestAborted);
            await (refuses ? Replies.Status(400) : Replies.Counted((300, 20), "Nine euros."))(context);
        });
        await using var engine = new ModelEngine(server, limits: new LlmLimits { MaxCalls = 10 }, forgets: true);
        await engine.HoldAsync("what does the ferry cost", "when does the train leave");
        var letters = await engine.DeadLettersAsync();
        Assert.Equal(default, engine.Model.Budget.UsageOf(ModelEngine.Stream));
        (refuses, isLastAsked) = (false, new(TaskCreationOptions.RunContinuationsAsynchronously));

        Assert.Equal([RedriveOutcome.Queued, RedriveOutcome.Queued], await engine.Work.RedriveAsync(ModelEngine.Stream, letters, cancel));
        await engine.UntilAsync(state => state.WorkDone == 1);
        Assert.Equal(4, engine.Model.Budget.UsageOf(ModelEngine.Stream).Calls);
        mayLastEnd.SetResult();
        await engine.Work.Dispatcher.IdleAsync(cancel);
        Assert.Equal(default, engine.Model.Budget.UsageOf(ModelEngine.Stream));

        // Nothing is left to try again: nothing is kept for it.
        Assert.Equal(
            [RedriveOutcome.Answered, RedriveOutcome.Answered], await engine.Work.RedriveAsync(ModelEngine.Stream, letters, cancel));
        Assert.Equal(default, engine.Model.Budget.UsageOf(ModelEngine.Stream));
    }

    [Fact]
    public async Task A_stream_that_was_erased_is_forgotten()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer("Nine euros."));
        await using var engine = new ModelEngine(server, forgets: true);
        await engine.SayAsync("what does the ferry cost", "the train is slow");
        await engine.UntilAsync(state => state.WorkDone == 1);
        Assert.NotEqual(default, engine.Model.Budget.UsageOf(ModelEngine.Stream));
        await engine.Directory.EraseAsync(ModelEngine.Stream, TestContext.Current.CancellationToken);
        Assert.Equal(default, engine.Model.Budget.UsageOf(ModelEngine.Stream));
    }
}
