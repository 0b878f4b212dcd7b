namespace Parley.Cli.Remote;

/// <param name="Format">What the lines are: chunks, a recogniser's format, or <c>auto</c>.</param>
/// <param name="Source">Whose numbering the messages get; empty for the one without a name.</param>
/// <param name="Speed">How many times real time to send at; null for as fast as the input comes.</param>
/// <param name="EndsAlways">Whether Ctrl-C ends the conversation, too.</param>
/// <param name="GoesOn">Whether a file is new, where the conversation has messages of its source already.</param>
internal sealed record SendSettings(string Format, string Source, double? Speed, bool EndsAlways, bool GoesOn);
