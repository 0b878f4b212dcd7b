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

    /// <summary>Recognisers' messages that were taken without a part that made no sense.</summary>
    public long Problems { get; set; }

    /// <summary>What was not taken as it was sent.</summary>
    public long Unwell => Refused + Problems;

    /// <summary>How much of the input is read, from 0 to 1; null where its length is unknown.</summary>
    public double? Fraction { get; set; }
}
