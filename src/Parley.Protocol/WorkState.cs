namespace Parley.Protocol;

/// <summary>What has become of a piece of work.</summary>
public enum WorkState
{
    /// <summary>Nothing yet.</summary>
    Waiting,

    /// <summary>Answered.</summary>
    Done,

    /// <summary>Given up under load; it may still be done later.</summary>
    Dropped,

    /// <summary>Failed for good; it may still be done later.</summary>
    Failed,

    /// <summary>Taken over by the segment that goes on from this one.</summary>
    Replaced,
}
