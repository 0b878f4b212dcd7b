using Parley.AspNetCore.Settings;
using Parley.OpenAI;
using Parley.Work;

namespace Parley.AspNetCore;

/// <summary>
/// A model and what its calls ask for: for one kind of work from the section <c>Parley:Model:{use}</c>, for all of it from
/// <c>Parley:Model</c>. What one kind of work does not set it has from <c>Parley:Model</c>.
/// </summary>
[SettingsSection("Parley:Model:{use}")]
public class ModelSettings
{
    /// <summary>
    /// Gets or sets the address of an OpenAI-compatible API, such as <c>http://localhost:11434/v1</c>. Default: null, the application's
    /// own <c>IChatClient</c>, or no model.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>Gets or sets the model's name at that address. Required with an address.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets the API key. Default: null, none. It is sent to the address it is set with, and to no other.</summary>
    public string? Key { get; set; }

    /// <summary>Gets or sets the temperature, from 0 to 2. Default: 0.</summary>
    [SettingRange(0, 2)]
    public double? Temperature { get; set; }

    /// <summary>Gets or sets the maximum number of tokens of an answer. Default: 500.</summary>
    [SettingRange(1, 1_000_000)]
    public int? OutputTokens { get; set; }

    /// <summary>
    /// Gets or sets the maximum number of tokens with which an answer that is cut or empty is asked for once more; 0 asks for no cut
    /// answer again. Default: 4,000.
    /// </summary>
    [SettingRange(0, 1_000_000)]
    public int? LargerOutputTokens { get; set; }

    /// <summary>Gets or sets how long a call may take, in seconds. Default: null, as long as the attempt.</summary>
    [SettingRange(0.01, 3_600)]
    public double? TimeoutSec { get; set; }

    /// <summary>
    /// Gets or sets how long a call may take until the first piece of the answer, in seconds. Default: null, no limit of its own.
    /// </summary>
    [SettingRange(0.01, 3_600)]
    public double? FirstPieceSec { get; set; }

    /// <summary>Gets or sets the field that limits the tokens of an answer. Default: null, found out by asking.</summary>
    public TokenLimitField? TokenLimit { get; set; }

    /// <summary>Gets or sets whether <c>temperature</c> is sent. Default: null, found out by asking.</summary>
    public bool? SendTemperature { get; set; }

    /// <summary>Gets or sets whether <c>stream_options</c> is sent. Default: null, found out by asking.</summary>
    public bool? SendStreamOptions { get; set; }

    /// <summary>Gets or sets the values of <c>response_format</c> that may be sent. Default: null, found out by asking.</summary>
    public ResponseFormats? ResponseFormat { get; set; }

    /// <summary>Gets or sets where instructions are written. Default: null, found out by asking.</summary>
    public InstructionRole? Instructions { get; set; }

    /// <summary>Gets or sets whether answers are streamed. Default: null, found out by asking.</summary>
    public bool? Streaming { get; set; }

    /// <summary>Returns these settings with those of another where these have none.</summary>
    internal ModelSettings Over(ModelSettings common) => new()
    {
        Url = Url ?? common.Url,
        Name = Name ?? common.Name,
        // A key goes to the server that it is for.
        Key = Key ?? (Url is null || Url == common.Url ? common.Key : null),
        Temperature = Temperature ?? common.Temperature,
        OutputTokens = OutputTokens ?? common.OutputTokens,
        LargerOutputTokens = LargerOutputTokens ?? common.LargerOutputTokens,
        TimeoutSec = TimeoutSec ?? common.TimeoutSec,
        FirstPieceSec = FirstPieceSec ?? common.FirstPieceSec,
        TokenLimit = TokenLimit ?? common.TokenLimit,
        SendTemperature = SendTemperature ?? common.SendTemperature,
        SendStreamOptions = SendStreamOptions ?? common.SendStreamOptions,
        ResponseFormat = ResponseFormat ?? common.ResponseFormat,
        Instructions = Instructions ?? common.Instructions,
        Streaming = Streaming ?? common.Streaming,
    };

    /// <summary>Returns what calls ask for.</summary>
    internal ModelCallOptions ToCallOptions()
    {
        var builtIn = new ModelCallOptions();
        return new()
        {
            Model = Name,
            Temperature = Temperature ?? builtIn.Temperature,
            MaxOutputTokens = OutputTokens ?? builtIn.MaxOutputTokens,
            LargerOutputTokens = LargerOutputTokens ?? builtIn.LargerOutputTokens,
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            FirstPieceTimeout = FirstPieceSec is { } first ? TimeSpan.FromSeconds(first) : null,
        };
    }

    /// <summary>Returns what is fixed of the endpoint.</summary>
    internal EndpointProfile ToProfile() => new()
    {
        TokenLimit = TokenLimit,
        Temperature = SendTemperature,
        StreamOptions = SendStreamOptions,
        ResponseFormat = ResponseFormat,
        Instructions = Instructions,
        Streaming = Streaming,
    };
}
