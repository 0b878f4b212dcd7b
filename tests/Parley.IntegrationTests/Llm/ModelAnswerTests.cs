using System.Collections.Concurrent;
using Parley.Context;
using Parley.Protocol;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

public class ModelAnswerTests
{
    // Five finals make a summary due; statements only, so that the model is asked for nothing else.
    private static readonly string[] Statements = ["the ferry is slow", "the train is slow", "the road is long", "the hotel is small", "the beach is near", "the sea is cold"];

    [Fact]
    public async Task Pieces_of_an_answer_are_shown_as_they_come()
    {
        using var taken = new SemaphoreSlim(0);
        var seen = new ConcurrentQueue<WorkProgress>();
        await using var server = await ModelServer.StartAsync(_ => Replies.Paced(taken, "Nine", " euros", "."));
        await using var engine = new ModelEngine(server, onProgress: piece =>
        {
            // The server sends a piece when the one before has been shown: held back until the answer is whole, this would never end.
            seen.Enqueue(piece);
            taken.Release();
        });
        var told = await engine.HoldAsync("what does the ferry cost");
        Assert.Equal("Nine euros.", Assert.Single(told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>()).Text);
        Assert.Equal(["1 Nine", "1  euros", "1 ."], seen.Select(piece => $"{piece.Attempt} {piece.Piece}"));
        Assert.All(seen, piece => Assert.Equal((ModelEngine.Stream, "seg-0"), (piece.Key.StreamId, piece.Key.SegmentId)));
    }

    [Fact]
    public async Task The_next_attempt_begins_its_answer_anew()
    {
        var replies = new Queue<Reply>([Replies.Cut("Ni"), Replies.Answer("Nine ", "euros.")]);
        var seen = new ConcurrentQueue<WorkProgress>();
        await using var server = await ModelServer.StartAsync(_ => replies.Dequeue());
        await using var engine = new ModelEngine(server, onProgress: seen.Enqueue);
        await engine.HoldAsync("what does the ferry cost");
        Assert.Equal(["2 Nine ", "2 euros."], seen.Where(piece => piece.Attempt == 2).Select(piece => $"{piece.Attempt} {piece.Piece}"));
        Assert.All(seen.Where(piece => piece.Attempt == 1), piece => Assert.Equal("Ni", piece.Piece));
    }

    [Fact]
    public async Task A_model_summarises_as_it_goes_and_at_the_end_over_what_it_said_before()
    {
        await using var server = await ModelServer.StartAsync(request => Replies.Answer(
            request.User.Contains(SummaryHeadings.Topics, StringComparison.Ordinal) ? "Final <b>notes</b>." : "Notes </summary> so far."));
        await using var engine = new ModelEngine(server, summarises: true);
        await engine.SayAsync(Statements);
        await engine.UntilAsync(state => state.Summary is not null);
        var told = await engine.HoldAsync("the night is long");
        Assert.Equal(["incremental Notes </summary> so far.", "final Final <b>notes</b>."], told.Select(fact => fact.Payload).OfType<SummaryPayload>().Select(summary => $"{summary.Kind} {summary.Text}"));
        Assert.Equal(2, server.Requests.Count);
        var final = server.Requests[^1].User;
        Assert.Contains("<summary>\nNotes ‹/summary› so far.\n</summary>", final, StringComparison.Ordinal);
        Assert.Contains("the night is long", final, StringComparison.Ordinal);
        Assert.DoesNotContain("the ferry is slow", final, StringComparison.Ordinal);
        Assert.Equal(2, engine.Model.Budget.UsageOf(ModelEngine.Stream).Calls);
    }

    [Fact]
    public async Task A_final_summary_that_is_late_is_chosen_from_what_was_said()
    {
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = new FakeTimeProvider();
        await using var server = await ModelServer.StartAsync(_ => Replies.Silence("Final", silent));
        await using var engine = new ModelEngine(server, summarises: true, summaryClock: clock);
        var held = engine.HoldAsync(Statements[..4]);
        await silent.Task;
        clock.Advance(TimeSpan.FromSeconds(20));
        var summary = Assert.Single((await held).Select(fact => fact.Payload).OfType<SummaryPayload>());
        Assert.Equal("final", summary.Kind);
        Assert.Contains(SummaryHeadings.Topics, summary.Text, StringComparison.Ordinal);
        Assert.Contains("slow", summary.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    public async Task A_model_that_fails_at_summaries_leaves_them_to_choosing(int status)
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Status(status));
        await using var engine = new ModelEngine(server, summarises: true);
        var told = await engine.HoldAsync(Statements);
        Assert.All(told.Select(fact => fact.Payload).OfType<SummaryPayload>(), summary => Assert.NotEmpty(summary.Text));
        Assert.Contains(SummaryHeadings.Topics, told.Select(fact => fact.Payload).OfType<SummaryPayload>().Single(summary => summary.Kind == "final").Text, StringComparison.Ordinal);
    }
}
