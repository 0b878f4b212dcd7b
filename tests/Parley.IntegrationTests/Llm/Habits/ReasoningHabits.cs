namespace Parley.IntegrationTests.Llm.Habits;

/// <summary>Models that reason before they answer.</summary>
internal static class ReasoningHabits
{
    private const string Thought = "They ask <question> about {\"items\": [1]} and a price.";

    public static IEnumerable<Habit> All =>
    [
        Habit.Of("DeepSeek R1 at Ollama, tags split over pieces", answer => Wire.Stream(
            [.. Wire.Split($"<think>\n{Thought}\n</think>\n\n{answer}", 3), Wire.End(), Wire.Done])),
        Habit.Of("Qwen3 without thinking, an empty block", answer => Wire.Stream(
            Wire.Event(Wire.Delta($"<think>\n\n</think>\n\n{answer}")), Wire.End(), Wire.Done)),
        Habit.Of("vLLM and llama.cpp with R1, no opening tag: vllm-project/vllm#13125, ggml-org/llama.cpp#11861", answer => Wire.Stream(
            [.. Wire.Split($"{Thought}\n</think>\n\n{answer}", 5), Wire.End(), Wire.Done])) with { Model = "deepseek-r1:14b" },
        Habit.Of("DeepSeek, reasoning_content: darkmatter/nixmac#199", answer => Wire.Stream(
            Wire.Event(Wire.Field("reasoning_content", Wire.Text(Thought))), Wire.Event(Wire.Delta(answer)), Wire.End(), Wire.Done)),
        Habit.Of("OpenRouter, reasoning beside null content", answer => Wire.Stream(
            Wire.Event($$$"""{"choices":[{"index":0,"delta":{"role":"assistant","content":null,"""
                + $$$""" "reasoning":{{{Wire.Text(Thought)}}}},"finish_reason":null}]}"""),
            Wire.Event(Wire.Delta(answer)), Wire.End(), Wire.Done)),
        Habit.Of("Magistral, parts that think: spring-projects/spring-ai#5020, NousResearch/hermes-agent#4748", answer => Wire.Stream(
            Wire.Event(Wire.Field("content", $$"""[{"type":"thinking","thinking":[{"type":"text","text":{{Wire.Text(Thought)}}}]}]""")),
            Wire.Event(Wire.Field("content", $$"""[{"type":"text","text":{{Wire.Text(answer)}}}]""")), Wire.End(), Wire.Done)),
        Habit.Of("gpt-oss, harmony: NVIDIA/TensorRT-LLM#9256", answer => Wire.Stream(
            [.. Wire.Split($"<|channel|>analysis<|message|>{Thought}<|end|><|start|>assistant<|channel|>final<|message|>{answer}<|return|>", 4), Wire.End(), Wire.Done])),
        Habit.Of("gpt-oss without its special tokens: Augustas11/macprovider#743", answer => Wire.Stream(
            Wire.Event(Wire.Delta($"analysis{Thought}assistantfinal{answer}")), Wire.End(), Wire.Done)),
        // The first question shows that reasoning needs more tokens; what follows asks for them at once.
        new("GPT-5, reasoning takes all tokens: 64bit/async-openai#424, covan-ai/covan#112", (request, answer, _) => request.Limit() >= 4_000
            ? Wire.Plain(answer)
            : Wire.Stream(Wire.Event(Wire.Delta("")), Wire.End("\"length\""), Wire.Done)) { Calls = 4 },
        new("OpenAI, no room for the answer: a refusal in its place", (request, answer, _) => request.Limit() >= 4_000
            ? Wire.Plain(answer)
            : Wire.Json(400,
                """{"error":{"message":"Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.","type":"invalid_request_error","param":null,"code":null}}""")) { Calls = 4 },
        Habit.Of("gpt-oss at llama.cpp, nothing but analysis: ggml-org/llama.cpp#15789", _ => Wire.Stream(
            Wire.Event(Wire.Field("reasoning_content", Wire.Text(Thought))), Wire.End(), Wire.Done)) with
        {
            Calls = 6, Fate = Fate.Failed, Reason = "empty_answer",
        },
        Habit.Of("reasoning that never ends", _ => Wire.Stream(
            Wire.Event(Wire.Delta($"<think>{Thought}")), Wire.End("\"length\""), Wire.Done)) with
        {
            Calls = 6, Fate = Fate.Failed, Reason = "output_limit",
        },
    ];
}
