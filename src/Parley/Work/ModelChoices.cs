using System.Collections.Concurrent;
using Parley.Conversations.Rules;

namespace Parley.Work;

/// <summary>
/// What conversations chose of what a model is asked for: see <see cref="ConversationSettings.Model"/>. <see cref="ConversationWork"/>
/// notes it while a conversation is open.
/// </summary>
/// <remarks>May be used from any thread.</remarks>
public sealed class ModelChoices
{
    private readonly ConcurrentDictionary<string, ConversationSettings> _chosen = new(StringComparer.Ordinal);

    /// <summary>Returns what calls for a conversation ask for.</summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="options">What calls ask for if the conversation chose nothing. Its number of tokens is the most it can choose.</param>
    internal ModelCallOptions Over(string streamId, ModelCallOptions options)
    {
        if (!_chosen.TryGetValue(streamId, out var chosen)) return options;
        var most = chosen.ModelOutputTokens ?? int.MaxValue;
        return options with
        {
            Model = chosen.Model ?? options.Model,
            Temperature = chosen.ModelTemperature ?? options.Temperature,
            MaxOutputTokens = Math.Min(most, options.MaxOutputTokens),
            LargerOutputTokens = Math.Min(most, options.LargerOutputTokens),
        };
    }

    internal void Note(string streamId, ConversationSettings? settings)
    {
        if (settings is { Model: null, ModelTemperature: null, ModelOutputTokens: null } or null) return;
        _chosen[streamId] = settings;
    }

    internal void Forget(string streamId) => _chosen.TryRemove(streamId, out _);
}
