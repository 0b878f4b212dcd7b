using Parley.Conversations.Intake;

namespace Parley.Cli.Run;

/// <summary>What a run reads: lines of chunks, a recogniser's messages, or a finished transcript.</summary>
internal abstract class RunInput
{
    /// <summary>What it is, for the report; null while it is not known.</summary>
    public abstract string? Format { get; }

    /// <summary>
    /// What is out of order with the input itself, counted by kind; null where nothing is counted so, as of plain chunks.
    /// </summary>
    public virtual SortedDictionary<string, long>? Anomalies => new(StringComparer.Ordinal);

    /// <summary>Whether more can be had without waiting for the input.</summary>
    public abstract bool HasMore { get; }

    /// <summary>How many bytes of the input were read.</summary>
    public abstract long BytesRead { get; }

    /// <summary>Sees to it that the format is told, and why, once its shape has shown it.</summary>
    public virtual void Tell(Action<string, string> detected)
    {
    }

    /// <summary>Reads on; false at the end.</summary>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Takes what was read, in order.</summary>
    public abstract IEnumerable<RunPiece> Take();

    /// <summary>The input has ended: takes what is left to say about it.</summary>
    public virtual IEnumerable<RunPiece> End() => [];
}

/// <summary>A piece of an input: something to hand in, or something to say about it.</summary>
/// <param name="Line">The line that it stands on.</param>
internal readonly record struct RunPiece(long Line)
{
    /// <summary>Makes the delivery of its number; null where there is nothing to hand in.</summary>
    public Func<long, Delivery>? Deliver { get; init; }

    /// <summary>When in the recording it was said; null where that is not known.</summary>
    public double? Until { get; init; }

    /// <summary>What is odd about it.</summary>
    public string? Warning { get; init; }

    /// <summary>Why it cannot be handed in.</summary>
    public string? Refusal { get; init; }
}
