namespace Parley.IntegrationTests.Llm.Habits;

/// <summary>Servers whose answers are cut, filtered, empty or broken off.</summary>
internal static class EndingHabits
{
    private const string Overloaded = """{"id":"c","choices":[],"error":{"code":502,"""
        + """ "message":"Worker local total request limit reached (33/32)"}}""";

    public static IEnumerable<Habit> All =>
    [
        new("an answer that needs more tokens", (request, answer, _) => request.Limit() >= 4_000
            ? Wire.Plain(answer)
            : Wire.Stream(Wire.Event(Wire.Delta(answer[..4])), Wire.End("\"length\""), Wire.Done)) { Calls = 6, Shown = "NineNine" },
        Habit.Of("a limit of the server's own, always", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer[..4])), Wire.End("\"length\""), Wire.Done)) with { Calls = 6, Fate = Fate.Cut },
        Habit.Of("Azure, a filtered answer: microsoft/semantic-kernel#5289", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer[..4])), Wire.End("\"content_filter\""), Wire.Done)) with { Fate = Fate.Failed, Reason = "content_filter" },
        Habit.Of("Azure, a filtered prompt: vercel/ai#4220", _ => Wire.Json(400,
            """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400}}""")) with { Fate = Fate.Failed, Reason = "content_filter" },
        new("OpenRouter, an error in place of an answer: diegosouzapw/OmniRoute#8210", (_, answer, call) =>
            call % 2 == 1 ? Wire.Stream(Wire.Event(Overloaded)) : Wire.Plain(answer)) { Calls = 6 },
        new("vLLM, an error in the middle: BerriAI/litellm#40578", (_, answer, call) => call % 2 == 1
            ? Wire.Stream(Wire.Event(Wire.Delta(answer[..4])), Wire.Event("""{"error":{"message":"engine queue full","""
                + """ "type":"rate_limit_error","code":429}}"""), Wire.Done)
            : Wire.Plain(answer)) { Calls = 6, Shown = "NineNine euros.NineNine euros." },
        Habit.Of("an error of quota within the stream: apache/rocketmq-dashboard#2178", _ => Wire.Stream(
            Wire.Event("""{"error":{"message":"quota exceeded","code":"insufficient_quota"}}"""), Wire.Done)) with { Fate = Fate.Failed, Reason = "quota_exceeded" },
        new("a connection that is cut", (_, answer, call) =>
            call % 2 == 1 ? Wire.Broken(Wire.Event(Wire.Delta(answer[..4]))) : Wire.Plain(answer)) { Calls = 6, Shown = "Nine euros." },
        Habit.Of("an answer that the server gave up", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer[..4])), Wire.End("\"error\""), Wire.Done)) with { Calls = 6, Fate = Fate.Failed, Reason = "server_error" },
        Habit.Of("LM Studio, an empty answer: lmstudio-ai/lmstudio-bug-tracker#1684", _ => Wire.Stream(Wire.End(), Wire.Done)) with
        {
            Calls = 6, Fate = Fate.Failed, Reason = "empty_answer",
        },
    ];
}
