using Parley.Streaming;

namespace Parley.Redaction;

/// <summary>
/// Takes out of a stream's chunks what must not be stored, also where it is spread over several chunks of one speaker. Every chunk comes out
/// once, in the order it came in, with its own times and speaker; of a finding's chunks the first gets the name, the others lose their part.
/// Words with times go the same way: those of a finding become one word, the name, and a word that the text does not have is left out.
/// </summary>
/// <remarks>
/// A chunk that ends in what may be the beginning of a finding is held until the speaker's next chunk tells, the lane is closed, or somebody
/// else speaks. If it ends in three digits or has an <c>@</c> it is held, and what others say waits behind it, as long as they begin within
/// <see cref="InterjectionSec"/>: people say "mhm" between the groups of a number. At most <see cref="MaxHeldChunks"/> chunks and
/// <see cref="MaxHeldCharacters"/> characters are held: then the oldest goes on, its digits or its <c>@</c> as <c>[redacted]</c>.
/// Deterministic: no clock. For one thread at a time.
/// </remarks>
public sealed class RedactionStream
{
    /// <summary>The most chunks that are held.</summary>
    public const int MaxHeldChunks = 64;

    /// <summary>The most characters that are held.</summary>
    public const int MaxHeldCharacters = 2_048;

    /// <summary>How long after a number that may go on others may begin to speak, in seconds of audio time, without it being given up.</summary>
    public const double InterjectionSec = 5;

    private readonly Redactor _redactor;
    private readonly List<HeldChunk> _held = [];

    // The last words of each speaker: "my number is", and the number comes with the next chunk.
    private readonly Dictionary<string, string> _before = new(StringComparer.Ordinal);

    /// <summary>A stream.</summary>
    /// <param name="redactor">What to take out; null is all that is known.</param>
    public RedactionStream(Redactor? redactor = null) => _redactor = redactor ?? new Redactor();

    /// <summary>How many chunks went in and have not come out.</summary>
    public int HeldChunks => _held.Count;

    /// <summary>Takes one chunk and gives those that need not, or no longer, be held.</summary>
    /// <exception cref="ArgumentException">The chunk has no text.</exception>
    public IReadOnlyList<StreamChunk> Add(StreamChunk chunk)
    {
        if (chunk.Text is null) throw new ArgumentException("The chunk's text is null.", nameof(chunk));
        foreach (var other in Unsure.Where(held => !held.IsBy(chunk.SpeakerId)).DistinctBy(held => held.Chunk.SpeakerId ?? "\0").ToList())
        {
            if (!other.IsTelling || chunk.Start - EndOf(other.Chunk.SpeakerId) > InterjectionSec)
                Settle(other.Chunk.SpeakerId, lane => lane.SettleAll());
        }

        _held.Add(new HeldChunk(chunk));
        Settle(chunk.SpeakerId, lane => lane.SettleWhatIsSure());
        var ready = Take();
        while (_held.Count > MaxHeldChunks || _held.Sum(held => held.Chunk.Text.Length) > MaxHeldCharacters)
        {
            Settle(_held[0].Chunk.SpeakerId, lane => lane.GiveUp());
            ready.AddRange(Take());
        }

        return ready;
    }

    /// <summary>A speaker's lane is closed: what is held of it comes out, with what waited behind it.</summary>
    public IReadOnlyList<StreamChunk> CloseLane(string? speakerId)
    {
        Settle(speakerId, lane => lane.SettleAll());
        return Take();
    }

    /// <summary>The stream is at its end: all that is held comes out.</summary>
    public IReadOnlyList<StreamChunk> EndOfStream()
    {
        while (Unsure.FirstOrDefault() is { } held) Settle(held.Chunk.SpeakerId, lane => lane.SettleAll());
        return Take();
    }

    /// <summary>More is held than there is room for: all of it comes out, what may be the beginning of a finding as <c>[redacted]</c>.</summary>
    public IReadOnlyList<StreamChunk> GiveUp()
    {
        while (Unsure.FirstOrDefault() is { } held) Settle(held.Chunk.SpeakerId, lane => lane.GiveUp());
        return Take();
    }

    /// <summary>
    /// What a speaker has said that is held, and what they are saying, as far as it can be shown: without what must not be, and only up to what may be
    /// the beginning of it. Nothing is taken.
    /// </summary>
    /// <param name="speakerId">The speaker.</param>
    /// <param name="tail">What may still change; empty for none.</param>
    public string Preview(string? speakerId, string tail)
    {
        var own = _held.Where(held => held.IsBy(speakerId)).ToList();
        var unsure = new HeldLane(
            [.. own.Where(held => held.Clean is null), new HeldChunk(new StreamChunk(0, 0, tail, speakerId))], _redactor, BeforeOf(speakerId));
        return string.Join(' ', own.Select(held => held.Clean).Append(unsure.Preview()).Where(text => !string.IsNullOrEmpty(text)));
    }

    /// <summary>Whose chunks are held because they may go on, and from where to where; without a text.</summary>
    internal IReadOnlyList<StreamChunk> HeldLanes => _held.Count == 0
        ? []
        : [.. Unsure.GroupBy(held => held.Chunk.SpeakerId ?? "\0", (_, lane) => Place(lane.First().Chunk, lane.Last().Chunk))];

    private static StreamChunk Place(in StreamChunk first, in StreamChunk last) => new(first.Start, last.End, "", first.SpeakerId);

    private IEnumerable<HeldChunk> Unsure => _held.Where(held => held.Clean is null);

    private double EndOf(string? speaker) => Unsure.Last(held => held.IsBy(speaker)).Chunk.End;

    private string BeforeOf(string? speaker) => _before.GetValueOrDefault(speaker ?? "\0", "");

    private void Settle(string? speaker, Action<HeldLane> settle)
    {
        List<HeldChunk> held = [.. Unsure.Where(held => held.IsBy(speaker))];
        if (held.Count == 0) return;
        var lane = new HeldLane(held, _redactor, BeforeOf(speaker));
        settle(lane);
        _before[speaker ?? "\0"] = lane.Before;
    }

    private List<StreamChunk> Take()
    {
        var ready = _held.TakeWhile(held => held.Clean is not null)
            .Select(held => held.Chunk with { Text = held.Clean!, Details = held.CleanDetails }).ToList();
        _held.RemoveRange(0, ready.Count);
        return ready;
    }
}
