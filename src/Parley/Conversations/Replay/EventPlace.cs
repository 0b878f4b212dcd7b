namespace Parley.Conversations.Replay;

/// <summary>Where an event is, so that it need not be kept.</summary>
/// <param name="EventId">Its id; 0 for no event.</param>
/// <param name="Bytes">How long its JSON is.</param>
internal readonly record struct EventPlace(long EventId, int Bytes);
