namespace Parley.Work;

/// <summary>What became of work that was to be tried again.</summary>
public enum RedriveOutcome
{
    /// <summary>It waits for a worker.</summary>
    Queued,

    /// <summary>It waits already, or is being worked on: nothing changed.</summary>
    Underway,

    /// <summary>The queue had no room. It stays a dead letter: try it later.</summary>
    NoRoom,

    /// <summary>It has an answer by now.</summary>
    Answered,
}
