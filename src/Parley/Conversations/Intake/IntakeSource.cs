using Parley.Asr;
using Parley.Streaming;

namespace Parley.Conversations.Intake;

/// <summary>What is known in memory of one source: what it sent, and what is open of it.</summary>
/// <param name="name">Its name.</param>
/// <param name="next">The number that it has to send next.</param>
/// <param name="jump">
/// The highest number that the first may have instead: what was acknowledged before a restart and may still change is not in the log. 0 where nothing
/// was; no limit after a restart of the process, whose senders begin with what was not acknowledged.
/// </param>
internal sealed class IntakeSource(string name, long next, long jump)
{
    private long _jump = jump;

    private readonly List<Ticket> _open = [];
    private readonly List<StreamChunk> _tails = [];

    public string Name => name;

    public long Next { get; private set; } = next;

    public IAsrFormat? Format { get; private set; }

    /// <summary>Null of a source that has sent plain chunks only.</summary>
    public HypothesisAssembler? Assembler { get; private set; }

    /// <summary>What its last messages stated.</summary>
    public StatedMessages Stated { get; } = new();

    /// <summary>How often anything came from it.</summary>
    public long Heard { get; private set; }

    /// <summary>What may still change, one text for each speaker.</summary>
    public IReadOnlyList<StreamChunk> Tails => _tails;

    /// <summary>What it sent and was not answered, in order.</summary>
    public IReadOnlyList<Ticket> Open => _open;

    /// <summary>The number up to which nothing need be sent again, once all that was taken is stored.</summary>
    public long Done => _open.Find(ticket => ticket.IsNeeded) is { } needed ? needed.Sequence - 1 : Next - 1;

    /// <summary>Returns whether a number is known to be of a message without final text; of the latest numbers only.</summary>
    public bool IsSilent(long sequence) => sequence < Next && sequence >= Next - Stated.Silent;

    /// <summary>Returns whether a number is of a delivery that has no receipt yet.</summary>
    public bool IsOpen(long sequence) => _open.Exists(ticket => ticket.Sequence == sequence);

    /// <summary>The highest number that it may send next.</summary>
    public long Expected => Math.Max(Next, _jump);

    public bool IsAhead(long sequence) => sequence > Expected;

    /// <summary>What comes now has this number; all before it was acknowledged, or is being taken.</summary>
    public void GoTo(long sequence)
    {
        _jump = 0;
        Next = sequence;
        Heard++;
    }

    public void Take(Ticket ticket)
    {
        Next = ticket.Sequence + 1;
        _open.Add(ticket);
    }

    /// <summary>A chunk was refused: its number is to come again.</summary>
    public void GoBack(long sequence) => Next = Math.Min(Next, sequence);

    public void Listen(IAsrFormat format, HypothesisAssembler assembler) => (Format, Assembler) = (format, assembler);

    /// <summary>Finds out who must send again what is open now; who need not any more waits for the batch that it went into.</summary>
    public void FindNeeded(IntakeBatch batch)
    {
        var from = Assembler?.NeededFrom ?? long.MaxValue;
        foreach (var ticket in _open)
        {
            if (ticket.IsNeeded && ticket.Message < from) batch.Wait(ticket);
            ticket.IsNeeded = ticket.Message >= from;
        }
    }

    /// <summary>Takes out, in order, who can be answered.</summary>
    public IReadOnlyList<Ticket> TakeAnswered()
    {
        var count = _open.FindIndex(ticket => ticket.IsNeeded || ticket.Waiting > 0);
        if (count < 0) count = _open.Count;
        if (count == 0) return [];
        var answered = _open.GetRange(0, count);
        _open.RemoveRange(0, count);
        return answered;
    }

    public void Show(in StreamChunk tail)
    {
        var speaker = tail.SpeakerId;
        _tails.RemoveAll(known => known.SpeakerId == speaker);
        if (tail.Text.Length > 0) _tails.Add(tail);
    }
}
