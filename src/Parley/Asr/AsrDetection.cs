namespace Parley.Asr;

/// <summary>A format that was told by its shape.</summary>
/// <param name="Format">Which.</param>
/// <param name="Reason">What in the message showed it, to be read after "because".</param>
public sealed record AsrDetection(IAsrFormat Format, string Reason);
