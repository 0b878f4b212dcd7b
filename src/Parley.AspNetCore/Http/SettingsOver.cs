using Parley.AspNetCore.Hosting;
using Parley.Conversations.Rules;
using Parley.Languages;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

internal static class SettingsOver
{
    /// <summary>What a client asks for, over what the server does by itself.</summary>
    /// <param name="asked">What the client asks for.</param>
    /// <param name="description">The stream's description. Its language becomes the conversation's language.</param>
    /// <param name="engine">The server.</param>
    /// <exception cref="ProtocolException">The client asks for a model that it may not choose.</exception>
    /// <exception cref="RequestProblem">The server has no prompts of the name.</exception>
    public static ConversationSettings Over(this SessionSettings asked, StreamDescription description, ServerEngine engine)
    {
        if (asked.Prompts is { } set && !engine.Prompts.HasSet(set))
            throw new RequestProblem(ErrorCodes.InvalidConfig, "config: prompts names no set of prompts that the server has.");
        var language = LanguageTag.PrimaryOf(description.Language) is null ? null : description.Language;
        return asked.Over(engine.Defaults, engine.AllowedModels) with
        {
            Language = language ?? engine.Defaults.Language,
            Prompts = asked.Prompts ?? engine.Defaults.Prompts,
        };
    }

    private static ConversationSettings Over(
        this SessionSettings asked, ConversationSettings defaults, IReadOnlyList<string> models) => defaults with
        {
            Model = asked.Model is not { } model || models.Contains(model) ? asked.Model ?? defaults.Model : throw NotAllowed(models),
            ModelTemperature = asked.ModelTemperature ?? defaults.ModelTemperature,
            ModelOutputTokens = asked.ModelOutputTokens ?? defaults.ModelOutputTokens,
            MaxGapSec = asked.MaxGapSec ?? defaults.MaxGapSec,
            TurnGapSec = asked.TurnGapSec ?? defaults.TurnGapSec,
            MaxSegmentSec = asked.MaxSegmentSec ?? defaults.MaxSegmentSec,
            IdleFinalSec = asked.IdleFinalSec ?? defaults.IdleFinalSec,
            Redact = asked.Redact ?? defaults.Redact,
            CommitWithdrawn = asked.CommitWithdrawn ?? defaults.CommitWithdrawn,
            SmoothSpeakerWords = asked.SmoothSpeakerWords ?? defaults.SmoothSpeakerWords,
            CloseOnEndOfTurn = asked.CloseOnEndOfTurn is 0 ? null : asked.CloseOnEndOfTurn ?? defaults.CloseOnEndOfTurn,
            EndOfTurnPauseSec = asked.EndOfTurnPauseSec ?? defaults.EndOfTurnPauseSec,
        };

    private static ProtocolException NotAllowed(IReadOnlyList<string> models) => new(ErrorCodes.InvalidConfig, models.Count == 0
        ? "config: model cannot be chosen on this server; leave it out."
        : $"config: model is not one that this server allows: {string.Join(", ", models)}.");
}
