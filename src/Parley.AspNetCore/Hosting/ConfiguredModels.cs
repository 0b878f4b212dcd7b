using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Settings;
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
        IServiceProvider services, EngineParts parts, LlmBudget budget, ParleyTelemetry telemetry, TimeProvider clock)
    {
        var common = services.GetRequiredService<IOptions<ModelOptions>>().Value;
        var own = services.GetService<IChatClient>();
        var each = services.GetRequiredService<IOptionsMonitor<ModelSettings>>();
        var byUse = ModelUses.All.ToDictionary(use => use, use => each.Get(use).Over(common));
        foreach (var uses in ModelUses.All.Where(use => byUse[use].Url is not null).GroupBy(use => Endpoint.Of(byUse[use])))
            _clients.Add(uses.Key, uses.Key.Connect(OutgoingConnections.To(parts.Work, uses), clock));
        foreach (var use in ModelUses.All)
        {
            var settings = byUse[use];
            var client = settings.Url is null ? own : _clients[Endpoint.Of(settings)];
            if (client is null) continue;
            var asked = settings.ToCallOptions();
            var key = (client, settings.Name);
            if (!_models.TryGetValue(key, out var model))
                _models.Add(key, model = new ChatModel(client, budget, asked, telemetry, clock, parts.TokenCounter, Choices));
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

    private sealed record Endpoint(string Url, string? Key, string Name, EndpointProfile Profile)
    {
        public static Endpoint Of(ModelSettings settings) => new(settings.Url!, settings.Key, settings.Name!, settings.ToProfile());

        public OpenAIChatClient Connect(int maxConnections, TimeProvider clock) =>
            new(new Uri(Url), Name, Key, clock, Profile, maxConnections);
    }
}
