using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Settings;
using Parley.Context;
using Parley.OpenAI;
using Parley.Telemetry;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// The models of this server, one for each kind of work: from the settings, else the application's <see cref="IChatClient"/>. Kinds of work
/// with the same endpoint share its client, and those with the same model its health; all share the budget.
/// </summary>
internal sealed class ConfiguredModels : IDisposable
{
    private readonly Dictionary<string, ChatModel> _byUse = [];
    private readonly Dictionary<Endpoint, OpenAIChatClient> _clients = [];
    private readonly Dictionary<(IChatClient Client, string? Name), ChatModel> _models = [];

    public ConfiguredModels(
        IServiceProvider services, LlmBudget budget, ITokenCounter? counter, ParleyTelemetry telemetry, TimeProvider clock)
    {
        var common = services.GetRequiredService<IOptions<ModelOptions>>().Value;
        var own = services.GetService<IChatClient>();
        foreach (var use in ModelUses.All)
        {
            var settings = services.GetRequiredService<IOptionsMonitor<ModelSettings>>().Get(use).Over(common);
            var client = settings.Url is { } url ? Connect(new(url, settings.Key, settings.Name!, settings.ToProfile()), clock) : own;
            if (client is null) continue;
            var asked = settings.ToCallOptions();
            if (!_models.TryGetValue((client, settings.Name), out var model))
                _models.Add((client, settings.Name), model = new ChatModel(client, budget, asked, telemetry, clock, counter, Choices));
            _byUse.Add(use, model.With(asked));
        }
    }

    /// <summary>Gets the models that differ in their endpoint or their name.</summary>
    public IReadOnlyCollection<ChatModel> Distinct => _models.Values;

    /// <summary>Gets what conversations chose.</summary>
    public ModelChoices Choices { get; } = new();

    /// <summary>Returns the model for a kind of work; null for none.</summary>
    public ChatModel? For(string use) => _byUse.GetValueOrDefault(use);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _clients.Values) client.Dispose();
    }

    private OpenAIChatClient Connect(Endpoint endpoint, TimeProvider clock)
    {
        if (_clients.TryGetValue(endpoint, out var known)) return known;
        var client = new OpenAIChatClient(new Uri(endpoint.Url), endpoint.Name, endpoint.Key, clock, endpoint.Profile);
        _clients.Add(endpoint, client);
        return client;
    }

    private sealed record Endpoint(string Url, string? Key, string Name, EndpointProfile Profile);
}
