using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Replay;

/// <summary>What a verification found.</summary>
public sealed class ReplayReport
{
    /// <summary>How many differences are listed before the verification gives up.</summary>
    public const int MaxDifferences = 20;

    /// <summary>Facts read.</summary>
    public long Facts { get; internal set; }

    /// <summary>Of these, inputs.</summary>
    public long Inputs { get; internal set; }

    /// <summary>Gets the rules that the conversation was first read with.</summary>
    public RulesVersion RulesThen { get; internal set; }

    /// <summary>Gets the number of facts that other rules read, so that they cannot be verified.</summary>
    public long NotVerifiable { get; internal set; }

    /// <summary>Gets the number of the last fact that cannot be verified; 0 if there is none.</summary>
    public long LastNotVerifiable { get; internal set; }

    /// <summary>Where the log and the replay part, at most <see cref="MaxDifferences"/> and a few.</summary>
    public IList<ReplayDifference> Differences { get; } = [];

    /// <summary>Gets whether every fact came out as it is stored, and none was beyond verification.</summary>
    public bool IsVerified => Differences.Count == 0 && NotVerifiable == 0;
}

/// <summary>One place where the log and the replay part. What was said is not in it.</summary>
/// <param name="Seq">The fact's number.</param>
/// <param name="Stored">The type of what is stored there; null where nothing is.</param>
/// <param name="Replayed">The type of what the replay gives; null where it gives nothing.</param>
public sealed record ReplayDifference(long Seq, string? Stored, string? Replayed)
{
    internal static ReplayDifference Missing(LogRecord replayed) => new(replayed.Seq, null, replayed.Type);
}
