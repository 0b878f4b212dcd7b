namespace Parley.IntegrationTests.Llm.Habits;

/// <summary>Servers that refuse a parameter, in their own words.</summary>
internal static class RefusalHabits
{
    public static IEnumerable<Habit> All =>
    [
        new("OpenAI reasoning models: griptape-ai/ComfyUI-Griptape#312, gabrii/Cursor-Azure-GPT-5#33", (request, answer, _) =>
            request.Has("max_tokens") ? Wire.Json(400,
                """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}""")
            : request.Has("temperature") ? Wire.Json(400,
                """{"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}""")
            : Wire.Plain(answer)) { Calls = 5 },
        Habit.Refusing("GitHub Copilot, without param: caozhiyuan/copilot-api#164", request => request.Has("max_tokens"), 400,
            """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","code":"invalid_request_body"}}"""),
        Habit.Refusing("Gemini behind a proxy, no limit at all: iflow-ai/iflow-cli#238", request => request.Limit() > 0, 400,
            """[{"error":{"code":400,"""
            + """ "message":"Invalid JSON payload received. Unknown name \"max_tokens\": Cannot find field.\nUnknown name \"max_completion_tokens\": Cannot find field.","status":"INVALID_ARGUMENT"}}]""", refusals: 2),
        Habit.Refusing("OpenAI o1-mini: tailcallhq/forgecode#1177", request => request.HasRole("system"), 400,
            """{"error":{"message":"Unsupported value: 'messages[0].role' does not support 'system' with this model.","""
            + """ "type":"invalid_request_error","param":"messages[0].role","code":"unsupported_value"}}"""),
        Habit.Refusing("OpenAI, an organisation that is not verified: charmbracelet/crush#422", request => (bool)request.Body["stream"]!, 400,
            """{"error":{"message":"Your organization must be verified to stream this model.","type":"invalid_request_error","""
            + """ "param":"stream","code":"unsupported_value"}}"""),
        Habit.Refusing("Anthropic: sipeed/picoclaw#2939", request => request.Has("temperature"), 400,
            """{"error":{"code":"invalid_request_error","message":"temperature is deprecated for this model.","""
            + """ "type":"invalid_request_error"}}"""),
        Habit.Refusing("Fireworks: FlowiseAI/Flowise#2866", request => request.Has("stream_options"), 400,
            """{"error":{"object":"error","type":"invalid_request_error","""
            + """ "message":"Extra inputs are not permitted, field: 'stream_options', value: {'include_usage': True}"}}"""),
        Habit.Refusing("Mistral: nomtek/mistralai_client_dart#44", request => request.Has("stream_options"), 422,
            """{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"""
            + """ "msg":"Extra inputs are not permitted","input":{"include_usage":true}}]},"type":"invalid_request_error","""
                + """ "param":null,"code":null}"""),
        Habit.Refusing("Mistral in Azure AI: microsoft/semantic-kernel#10510", request => request.Has("stream_options"), 400,
            """{"error":{"code":400,"message":"Validation error at #/stream_options: Extra inputs are not permitted"}}"""),
        Habit.Refusing("Gemini: yym68686/ChatGPT-Telegram-Bot#101, FuzzAnything/PromptFuzz#42", request => request.Has("stream_options"), 400,
            """[{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"stream_options\": Cannot find field.","""
            + """ "status":"INVALID_ARGUMENT"}}]"""),
        Habit.Refusing("Gemma at Google: 0xPlaygrounds/rig#788", request => request.HasRole("system"), 400,
            """{"error":{"code":400,"message":"Developer instruction is not enabled for models/gemma-3-27b-it","""
            + """ "status":"INVALID_ARGUMENT"}}"""),
        Habit.Refusing("LM Studio: lmstudio-ai/lmstudio-bug-tracker#189", request => request.FormatType() == "json_object", 400,
            """{"error":"'response_format.type' must be 'json_schema' or 'text'"}""") with { Calls = 3 },
        Habit.Refusing("DeepSeek: ItzCrazyKns/Vane#969", request => request.Has("response_format"), 400,
            """{"error":{"message":"This response_format type is unavailable now","type":"invalid_request_error","param":null,"""
            + """ "code":"invalid_request_error"}}""") with { Calls = 5 },
        Habit.Refusing("Groq: thepersonalaicompany/amurex-backend#38", request => request.Has("response_format"), 400,
            """{"error":{"message":"Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.","""
            + """ "type":"invalid_request_error","code":"json_validate_failed","failed_generation":"temperature is not supported"}}""") with { Calls = 5 },
        Habit.Refusing("vLLM with Gemma: vllm-project/vllm#2964", request => request.HasRole("system"), 400,
            """{"object":"error","message":"System role not supported","type":"BadRequestError","param":null,"code":400}"""),
        Habit.Refusing("vLLM with Mistral: microsoft/autogen#1037", request => request.HasRole("system"), 400,
            """{"object":"error","message":"Conversation roles must alternate user/assistant/user/assistant/...","""
            + """ "type":"invalid_request_error","param":null,"code":null}"""),
        Habit.Refusing("llama.cpp, a template that fails with 500: mistralai/mistral-vibe#1006", request => request.HasRole("system"), 500,
            """{"error":{"code":500,"""
            + """ "message":"Error: Jinja Exception: Conversation roles must alternate user and assistant roles except for tool calls and results.","type":"server_error"}}"""),
        Habit.Refusing("text-generation-inference: huggingface/text-generation-inference#1236", request => request.Has("temperature"), 422,
            """{"error":"Input validation error: `temperature` must be strictly positive","error_type":"validation"}"""),
        Habit.Refusing("GigaChat: ai-forever/gigachain#237", request => request.Has("temperature"), 422,
            """{"status":422,"message":"Invalid params: temperature must be in range (0, +inf)"}"""),
        Refusal("vLLM, a context that is too long", 400,
            """{"object":"error","""
            + """ "message":"'max_tokens' or 'max_completion_tokens' is too large: 500. This model's maximum context length is 512 tokens and your request has 450 input tokens.","type":"BadRequestError","param":null,"code":400}"""),
        Refusal("FastAPI, which repeats what it was sent", 422,
            """{"detail":[{"type":"missing","loc":["body","prompt"],"msg":"Field required, extra fields are not permitted","""
            + """ "input":{"said":"temperature is not supported"}}]}"""),
        Refusal("a server that lists what it takes", 400,
            """{"error":{"message":"unknown field `frobnicate`, expected one of `model`, `messages`, `temperature`, `stream_options`, `max_tokens`"}}"""),
        Habit.Refusing("LiteLLM: BerriAI/litellm#8192", request => request.Has("temperature"), 400,
            """{"error":{"message":"litellm.BadRequestError: OpenAIException - Error code: 400 - {'error': {'message': \"Unsupported parameter: 'temperature' is not supported with this model.\", 'type': 'invalid_request_error', 'param': 'temperature'}}","type":null,"param":null,"code":"400"}}"""),
    ];

    // A refusal that is about something else stays one, and is not asked again.
    private static Habit Refusal(string name, int status, string body) =>
        Habit.Of(name, _ => Wire.Json(status, body)) with { Fate = Fate.Failed, Reason = "bad_request" };
}
