namespace Parley.Log;

/// <summary>What a new owner of a stream has got.</summary>
/// <param name="Epoch">Its epoch: higher than any that the stream had, and no other owner's.</param>
/// <param name="Head">Where the stream stands; null for an unknown stream.</param>
public sealed record StreamOwnership(long Epoch, StreamHead? Head);
