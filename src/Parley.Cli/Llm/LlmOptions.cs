using System.CommandLine;
using Parley.Cli.Display;
using Parley.OpenAI;
using Parley.Work;

namespace Parley.Cli.Llm;

/// <summary><c>--llm URL --model NAME</c>: a model at any OpenAI-compatible endpoint. Its key is read from the environment only.</summary>
internal sealed class LlmOptions(Terminal terminal)
{
    private static readonly string[] KeyVariables = ["PARLEY_LLM_KEY", "OPENAI_API_KEY"];

    public Option<string?> Url { get; } = new("--llm")
    {
        Description = "Have a model answer questions, extract actions and decisions, and summarise: the URL of an OpenAI-compatible API. Key: PARLEY_LLM_KEY or OPENAI_API_KEY.",
        HelpName = "URL",
    };

    public Option<string?> Model { get; } = new("--model") { Description = "The model's name there.", HelpName = "NAME" };

    /// <summary>The model; null where none is asked for.</summary>
    /// <param name="result">What the command was given.</param>
    /// <param name="prices">What it costs; null if that is not known.</param>
    /// <exception cref="CommandException">The URL or the model is missing, the URL is not valid, or prices are given without a model.</exception>
    public ChatModel? Open(ParseResult result, ModelPrices? prices = null)
    {
        if (OpenClient(result) is { } client) return new ChatModel(client, new LlmBudget(prices: prices), clock: terminal.Clock);
        return prices is null ? null : throw new CommandException("a price needs a model: --llm URL --model NAME.");
    }

    /// <summary>Says why the model does not work, if it does not.</summary>
    public static async Task TellProblemAsync(ChatModel? model, Terminal terminal)
    {
        if (model?.Health.Problem is { } problem)
            await terminal.Error.WriteLineAsync($"The model does not work: {SafeText.Of(problem.ToString())}");
    }

    /// <summary>Returns the same as settings of a server.</summary>
    /// <exception cref="CommandException">The URL or the model is missing, or the URL is not valid.</exception>
    public IEnumerable<KeyValuePair<string, string?>> Settings(ParseResult result)
    {
        if (Endpoint(result) is not { } endpoint) return [];
        var settings = new Dictionary<string, string?> { ["Parley:Model:Url"] = endpoint.Url.ToString(), ["Parley:Model:Name"] = endpoint.Model };
        if (endpoint.Key is { } key) settings["Parley:Model:Key"] = key;
        return settings;
    }

    private OpenAIChatClient? OpenClient(ParseResult result) =>
        Endpoint(result) is { } endpoint ? new OpenAIChatClient(endpoint.Url, endpoint.Model, endpoint.Key, terminal.Clock) : null;

    private (Uri Url, string Model, string? Key)? Endpoint(ParseResult result)
    {
        var (url, model) = (result.GetValue(Url), result.GetValue(Model));
        if (url is null && model is null) return null;
        if (url is null) throw new CommandException("--model needs --llm URL, where the model is, such as http://localhost:11434/v1.");
        if (model is null) throw new CommandException("--llm needs --model NAME, the model's name there.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new CommandException($"--llm must be an http or https URL, such as http://localhost:11434/v1, not '{url}'.");
        // They would be sent nowhere, and stand in the list of processes.
        if (endpoint.UserInfo.Length > 0)
            throw new CommandException("--llm must have no user and password: give the model's key in PARLEY_LLM_KEY or OPENAI_API_KEY.");

        var key = KeyVariables.Select(terminal.Variable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        return (endpoint, model, key);
    }
}
