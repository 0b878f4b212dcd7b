using System.Text.Json;

namespace Parley.Protocol;

/// <summary>What a client wants of its conversation. Null leaves a setting to the server, whose defaults are named here.</summary>
public sealed record SessionSettings
{
    /// <summary>The longest gap, in seconds of audio time, that does not end a segment. Any finite number; 1.0.</summary>
    public double? MaxGapSec { get; init; }

    /// <summary>The gap, in seconds of audio time, that ends a speaker's turn. From 0; 2.0.</summary>
    public double? TurnGapSec { get; init; }

    /// <summary>The longest segment, in seconds of audio time. Above 0; 60.</summary>
    public double? MaxSegmentSec { get; init; }

    /// <summary>How long a speaker may be silent, in seconds of wall time, before what they said is final. Above 0 and at most
    /// 86,400; 2.0.</summary>
    public double? IdleFinalSec { get; init; }

    /// <summary>
    /// Whether cards, e-mail addresses and the like are removed before anything is stored or sent on. The server's choice.
    /// </summary>
    public bool? Redact { get; init; }

    /// <summary>
    /// Gets whether text that a recogniser showed and then took back is committed. Otherwise it is recorded as withdrawn. The server's
    /// choice.
    /// </summary>
    public bool? CommitWithdrawn { get; init; }

    /// <summary>
    /// Gets how many words in a row that a recogniser labels as another speaker's, in the middle of what one speaker says without a pause,
    /// are given to that speaker. 0 to 5; the server's choice.
    /// </summary>
    public int? SmoothSpeakerWords { get; init; }

    /// <summary>Gets the name of the model that works for the conversation: one that the server allows. The server's choice.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the temperature that the model is asked with, from 0 to 2. The server's choice.</summary>
    public double? ModelTemperature { get; init; }

    /// <summary>Gets the most tokens of an answer of the model, from 1 to 1,000,000; the server's limit if that is lower.</summary>
    public int? ModelOutputTokens { get; init; }

    /// <summary>
    /// Gets the probability from which a predicted end of turn makes final what the speaker has said. 0.5 to 0.99, or 0 to turn that off; the server's choice.
    /// </summary>
    public double? CloseOnEndOfTurn { get; init; }

    /// <summary>Gets the shortest pause, in seconds of wall time, on which <see cref="CloseOnEndOfTurn"/> acts. 0.2 to 5; the server's choice.</summary>
    public double? EndOfTurnPauseSec { get; init; }

    /// <summary>Gets the set of prompts that a model is asked with, one that the server has. The server's choice.</summary>
    public string? Prompts { get; init; }

    /// <summary>
    /// Reads settings strictly: a name that is not known is refused, and so is a setting of the reference protocol that would need sound,
    /// unless it is off. Numbers may be written as strings, as the reference allows.
    /// </summary>
    /// <param name="json">The settings, as one object.</param>
    /// <param name="besides">Names in it that are somebody else's; they are passed over.</param>
    /// <exception cref="ProtocolException">A setting is not known, of the wrong kind or out of its range; the message names it.</exception>
    public static SessionSettings Parse(JsonElement json, params ReadOnlySpan<string> besides)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new ProtocolException(ErrorCodes.InvalidConfig, "config is not a JSON object.");
        var settings = new SessionSettings();
        foreach (var setting in json.EnumerateObject())
        {
            if (!besides.Contains(setting.Name))
                settings = SessionSettingsReader.Apply(settings, setting.Name, setting.Value);
        }
        return settings;
    }
}
