namespace Parley.Cli.Remote;

/// <summary>How far sending is.</summary>
internal sealed class SendReport
{
    /// <summary>Lines handed to the client.</summary>
    public long Sent { get; set; }

    /// <summary>Of these, not acknowledged yet.</summary>
    public int Waiting { get; set; }

    /// <summary>Lines that were not taken, here or by the server.</summary>
    public long Refused { get; set; }

    /// <summary>How much of the input is read, from 0 to 1; null where its length is unknown.</summary>
    public double? Fraction { get; set; }
}
