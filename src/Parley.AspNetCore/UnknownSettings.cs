using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.AspNetCore.Settings;
using Parley.Routing;
using Parley.Work;

namespace Parley.AspNetCore;

/// <summary>
/// Stops a server that is given a setting it does not have: misspelt, a limit or a key would be none, and nobody would know.
/// </summary>
internal sealed class UnknownSettings(IConfiguration settings, IEnumerable<KnownSettings> others) : IValidateOptions<ParleyOptions>
{
    private readonly Section _root = new([.. NamesOf<ParleyOptions>(), .. NamesOf<SecurityOptions>()])
    {
        ["Limits"] = new(NamesOf<LimitOptions>()),
        ["Model"] = new(NamesOf<ModelOptions>())
        {
            [nameof(Workflow.Question)] = new(NamesOf<ModelSettings>()),
            [nameof(Workflow.ActionItem)] = new(NamesOf<ModelSettings>()),
            [nameof(Workflow.Decision)] = new(NamesOf<ModelSettings>()),
            [nameof(Workflow.General)] = new(NamesOf<ModelSettings>()),
            [nameof(ModelOptions.Prices)] = Section.ListOf(NamesOf<ModelPriceOptions>()),
            [ModelUses.Summary] = new(NamesOf<ModelSettings>()),
        },
        ["Ready"] = new(NamesOf<ReadinessOptions>()),
        ["Jwt"] = new(NamesOf<JwtOptions>()),
        ["Keys"] = Section.ListOf(NamesOf<ApiKeyOptions>()),
        ["Defaults"] = new(NamesOf<DefaultSettings>()),
        ["Semantics"] = new(NamesOf<SemanticSettings>()),
        ["Routing"] = new(RoutingSettings.Intents),
        ["RedactionPatterns"] = Section.ListOf(NamesOf<PatternSettings>()),
        ["Work"] = new(NamesOf<WorkSettings>())
        {
            [nameof(Workflow.Question)] = new(NamesOf<WorkflowSettings>()),
            [nameof(Workflow.ActionItem)] = new(NamesOf<WorkflowSettings>()),
            [nameof(Workflow.Decision)] = new(NamesOf<WorkflowSettings>()),
            [nameof(Workflow.General)] = new(NamesOf<WorkflowSettings>()),
            [nameof(WorkOptions.Summary)] = new(NamesOf<WorkflowSettings>()),
        },
        ["Kestrel"] = new(NamesOf<KestrelSettings>()),
    };

    public ValidateOptionsResult Validate(string? name, ParleyOptions options)
    {
        foreach (var (section, names) in others) _root.Below[section] = new(names);
        string[] unknown = [.. In(settings, _root)];
        return unknown.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(unknown);
    }

    private static IEnumerable<string> In(IConfiguration settings, Section known) => settings.GetChildren().SelectMany(setting =>
        known.Element is { } element ? In(setting, element)
        : known.Below.TryGetValue(setting.Key, out var below) ? In(setting, below)
        : known.Names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase) ? []
        : [Tell(setting, [.. known.Names, .. known.Below.Keys])]);

    private static string Tell(IConfigurationSection setting, string[] known)
    {
        var nearest = known.MinBy(name => Distance(name, setting.Key))!;
        // Two letters may be wrong; of what is further away nobody knows what was meant.
        var hint = Distance(nearest, setting.Key) <= 2 ? $"; is {setting.Path[..^setting.Key.Length]}{nearest} meant?" : ".";
        return $"{setting.Path} is not a setting{hint}";
    }

    // How many letters to add, leave out or replace (Levenshtein).
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 0; i < one.Length; i++)
        {
            var corner = row[0]++;
            for (var j = 0; j < other.Length; j++)
            {
                var replaced = corner + (char.ToUpperInvariant(one[i]) == char.ToUpperInvariant(other[j]) ? 0 : 1);
                corner = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }

    private static string[] NamesOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>() =>
        [.. typeof(T).GetProperties().Select(property => property.Name)];

    private sealed class Section(string[] names)
    {
        public string[] Names => names;

        /// <summary>What each child is, whatever its key; null where children have names.</summary>
        public Section? Element { get; private init; }

        public static Section ListOf(string[] names) => new([]) { Element = new(names) };

        public Dictionary<string, Section> Below { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Section this[string name]
        {
            init => Below[name] = value;
        }
    }
}
