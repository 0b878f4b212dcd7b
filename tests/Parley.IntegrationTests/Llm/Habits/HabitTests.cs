using System.Collections.Concurrent;
using Parley.OpenAI;
using Parley.Protocol;

namespace Parley.IntegrationTests.Llm.Habits;

/// <summary>
/// A model server over real HTTP that does what known servers do: every whole answer is delivered, every cut one is marked, every other
/// one is a dead letter that says why, and the ledger adds up.
/// </summary>
public class HabitTests
{
    private const string Answer = "Nine euros.";
    private const string Extracted = """{"items": [{"segment": 1, "what": "book two cabins", "who": "ana"}]}""";

    private static readonly Dictionary<string, Habit> Habits =
        new[] { RefusalHabits.All, StreamHabits.All, EndingHabits.All, ReasoningHabits.All }.SelectMany(all => all).ToDictionary(habit => habit.Name);

    public static TheoryData<string> Names => [.. Habits.Keys];

    [Fact]
    public void There_are_at_least_thirty() => Assert.InRange(Habits.Count, 30, int.MaxValue);

    [Theory, MemberData(nameof(Names))]
    public async Task A_whole_answer_is_delivered_a_cut_one_marked_and_the_ledger_adds_up(string name)
    {
        var habit = Habits[name];
        var calls = new ConcurrentDictionary<string, int>();
        var shown = new ConcurrentQueue<string>();
        await using var server = await ModelServer.StartAsync(request =>
        {
            var isQuestion = request.User.Contains("Answer this question", StringComparison.Ordinal);
            var call = calls.AddOrUpdate(request.User, 1, (_, before) => before + 1);
            return habit.Reply(request, isQuestion ? Answer : Extracted, call);
        });
        await using var engine = new ModelEngine(
            server, client: new OpenAIChatClient(server.Endpoint, habit.Model), onProgress: piece => shown.Enqueue(piece.Piece));

        // The first question teaches what there is to learn before the others are asked; HoldAsync checks the ledger.
        await engine.SayAsync("what does the ferry cost", "i'll go and book two cabins");
        await engine.UntilAsync(state => state.WorkDone + state.WorkFailed == 1);
        var told = await engine.HoldAsync("when does the train leave");

        Assert.Equal(3, engine.Work.Dispatcher.Ledger.Routed);
        var results = told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>().Select(result => (result.Workflow, result.Text, result.CutReason));
        var failures = told.Select(fact => fact.Payload).OfType<WorkflowFailedPayload>().Select(failed => failed.Reason);
        Assert.Equal(Results(habit.Fate), results.Order());
        Assert.Equal(Failures(habit), failures);
        Assert.Equal(habit.Calls, server.Requests.Count);
        Assert.All(shown, piece => Assert.DoesNotContain("They ask", piece, StringComparison.Ordinal));
        if (habit.Fate == Fate.Whole) Assert.EndsWith(habit.Shown ?? Answer + Answer, string.Concat(shown), StringComparison.Ordinal);
    }

    private static (string Workflow, string Text, string? CutReason)[] Results(Fate fate) => fate switch
    {
        Fate.Whole => [("action_item", "book two cabins (ana)", null), ("question", Answer, null), ("question", Answer, null)],
        Fate.Cut => [("question", Answer[..4], "length"), ("question", Answer[..4], "length")],
        _ => [],
    };

    private static string[] Failures(Habit habit) => habit.Fate switch
    {
        Fate.Whole => [],
        Fate.Cut => ["output_limit"],
        _ => [.. Enumerable.Repeat(habit.Reason!, 3)],
    };
}
