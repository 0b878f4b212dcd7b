namespace Parley.IntegrationTests.Llm.Habits;

/// <summary>Servers whose whole answers have a detail that is not as OpenAI sends it.</summary>
internal static class StreamHabits
{
    public static IEnumerable<Habit> All =>
    [
        Habit.Of("OpenAI", Wire.Plain),
        Habit.Of("Ollama, finish_reason empty: ollama/ollama#4357", answer => Wire.Stream(
            [.. answer.Chunk(4).Select(piece => Wire.Event(Wire.Delta(new string(piece), finish: "\"\""))), Wire.End(), Wire.Done])),
        Habit.Of("SGLang, role null, usage null: sgl-project/sglang#3912", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer, finish: "\"\"", role: "null", more: ",\"usage\":null")), Wire.End(), Wire.Done)),
        Habit.Of("LocalAI, no finish_reason before the end, usage 0: mudler/LocalAI#1744", answer => Wire.Stream(
            Wire.Event($$$"""{"created":1708097828,"choices":[{"index":0,"delta":{"content":{{{Wire.Text(answer)}}}}}],"""
                + $$$""" "usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}"""),
            Wire.End(), Wire.Done)),
        Habit.Of("KoboldCpp, the text null: PowerShell/AIShell#350", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer, finish: "\"null\"")), Wire.Done)),
        Habit.Of("TabbyAPI, a finish_reason of its own: theroyallab/tabbyAPI#83", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer)), Wire.End("\"Generated\""), Wire.Done)),
        Habit.Of("no finish_reason: earendil-works/pi#8473", answer => Wire.Stream(Wire.Event(Wire.Delta(answer)), Wire.Done)),
        Habit.Of("LM Studio, no finish_reason and no [DONE]: vaadin/flow-components#9195", answer => Wire.Stream(Wire.Event(Wire.Delta(answer)))),
        Habit.Of("OpenRouter, comments: deepnoodle-ai/dive#206", answer => Wire.Stream(
            ": OPENROUTER PROCESSING\n\n", Wire.Event(Wire.Delta(answer)), ": OPENROUTER PROCESSING\n\n", Wire.End(), Wire.Done)),
        Habit.Of("a proxy that sends comments as data: mnfst/llm-gateway#2053", answer => Wire.Stream(
            "data: : OPENROUTER PROCESSING\n\n", Wire.Event(Wire.Delta(answer)), Wire.End(), Wire.Done)),
        Habit.Of("Gemini, carriage returns: Routstr/routstr-core#543", answer => Wire.Stream(
            $"data: {Wire.Delta(answer)}\r\n\r\n", "data: [DONE]\r\n\r\n")),
        Habit.Of("a byte order mark, no space, other fields: tmc/langchaingo#1366", answer => Wire.Stream(
            "\uFEFFevent: message\nid: 1\nretry: 1000\n", $"data:{Wire.Delta(answer)}\n\n", "data:[DONE]\n\n")),
        Habit.Of("no blank line at the end", answer => Wire.Stream(Wire.Event(Wire.Delta(answer)), "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}")),
        Habit.Of("JSON split between packets: alexrudall/ruby-openai#332", answer => Wire.Stream(
            [.. Wire.Event(Wire.Delta(answer)).Chunk(7).Select(piece => new string(piece)), Wire.End(), Wire.Done])),
        Habit.Of("Bedrock, fractional usage: philschmid/easyllm#40", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer, more: ",\"usage\":{\"prompt_tokens\":37.25,\"completion_tokens\":2.25,\"total_tokens\":39.5}")), Wire.End(), Wire.Done)),
        Habit.Of("a proxy, usage of nulls: livekit/agents#6763", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer)), Wire.End(),
            Wire.Event("""{"choices":[],"usage":{"prompt_tokens":31,"completion_tokens":null,"total_tokens":null}}"""), Wire.Done)),
        Habit.Of("RAGFlow, created null: infiniflow/ragflow#16535", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer).Replace("\"created\":1", "\"created\":null", StringComparison.Ordinal)), Wire.End(), Wire.Done)),
        Habit.Of("AnythingLLM, created with decimals: Mintplex-Labs/anything-llm#2920", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer).Replace("\"created\":1", "\"created\":\"1735660674918.5\"", StringComparison.Ordinal)), Wire.End(), Wire.Done)),
        Habit.Of("a role misspelt: fruitbars/simple-one-api#113", answer => Wire.Stream(
            Wire.Event(Wire.Delta(answer, role: "\"assitant\"")), Wire.End(), Wire.Done)),
        Habit.Of("the role model", answer => Wire.Stream(Wire.Event(Wire.Delta(answer, role: "\"model\"")), Wire.End(), Wire.Done)),
        Habit.Of("9router, JSON and [DONE] as an event stream: decolua/9router#3492", answer => Wire.Stream(Wire.Whole(answer), "\n", Wire.Done)),
        Habit.Of("Nenya, an error behind a whole answer: gumieri/nenya#17", answer => Wire.Body(
            "application/json", Wire.Whole(answer), "\n", Wire.Event("""{"error":{"message":"upstream stream ended without [DONE]","""
                + """ "type":"gateway_error"}}"""), Wire.Done)),
        Habit.Of("an answer that is not streamed, on several lines: BaseIntelligence/bounty-challenge#17821", answer => Wire.Body(
            "application/json", System.Text.Json.Nodes.JsonNode.Parse(Wire.Whole(answer))!.ToString())),
        Habit.Of("Azure, filter results without delta: uezo/aiavatarkit#124, langchain-ai/langchain#18977", answer => Wire.Stream(
            Wire.Event("""{"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}]}"""),
            Wire.Event(Wire.Delta(answer)),
            Wire.Event("""{"id":"","object":"","created":0,"model":"","choices":[{"finish_reason":null,"index":0,"""
                + """ "content_filter_results":{},"content_filter_offsets":{"check_offset":4522}}]}"""),
            Wire.End(), Wire.Done)),
        Habit.Of("Databricks gpt-oss, content in parts: databricks/appkit#559", answer => Wire.Stream(
            Wire.Event(Wire.Field("content", $$"""[{"type":"reasoning","summary":[{"type":"summary_text","""
                + $$""" "text":"They ask."}]},{"type":"text","text":{{Wire.Text(answer)}}}]""")),
            Wire.End(), Wire.Done)),
        Habit.Of("tool calls beside the answer: openai/openai-dotnet#256", answer => Wire.Stream(
            Wire.Event(Wire.Field("tool_calls", "[{\"index\":0,\"function\":{\"arguments\":null}}]")), Wire.Event(Wire.Delta(answer)), Wire.End("\"tool_calls\""), Wire.Done)),
    ];
}
