using System.Runtime.InteropServices;

namespace Parley.Asr;

/// <summary>What a reader found in one message, in order.</summary>
public sealed class AsrUpdates
{
    internal enum StepKind
    {
        Text,
        Commit,
        EndOfTurn,
        NameSpeaker,
        Connection,
        NewConnection,
        Announce,
        Fail,
        Await,
        EndOfConnection,
        Report,
    }

    internal readonly record struct Step(
        StepKind Kind, AsrUpdate Update, int FirstWord = 0, int Words = 0, AsrAnomaly Anomaly = default, string? Detail = null);

    private readonly List<Step> _steps = [];
    private readonly List<AsrWord> _words = [];
    private int _taken;

    internal ReadOnlySpan<Step> Steps => CollectionsMarshal.AsSpan(_steps);

    /// <summary>Adds a word to the update that is added next.</summary>
    /// <param name="text">The word, with its punctuation; an empty one is passed over.</param>
    /// <param name="start">Where it starts; null where that is not told: then it is reckoned from its neighbours.</param>
    /// <param name="end">Where it ends; null where that is not told.</param>
    /// <param name="speakerId">Who said it; null: who said the word before it.</param>
    /// <param name="confidence">How sure the recogniser is of it.</param>
    /// <exception cref="AsrMessageException">A time is not finite.</exception>
    public void AddWord(string text, double? start, double? end, string? speakerId = null, double? confidence = null)
    {
        if (!double.IsFinite(start ?? 0) || !double.IsFinite(end ?? 0)) throw new AsrMessageException("a word's time is not finite");
        if (text.Length > 0) _words.Add(new(text, start ?? double.NaN, end ?? start ?? double.NaN, speakerId, confidence));
    }

    /// <summary>Adds text, with the words added since the last text. Empty text withdraws what its key had.</summary>
    /// <exception cref="AsrMessageException">A time is not finite.</exception>
    public void Add(in AsrUpdate update)
    {
        if (!double.IsFinite(update.Start ?? 0) || !double.IsFinite(update.End ?? 0)) throw new AsrMessageException("a time is not finite");
        _steps.Add(new(StepKind.Text, update, _taken, _words.Count - _taken));
        _taken = _words.Count;
    }

    /// <summary>The text last heard under <paramref name="key"/> is final as it stands.</summary>
    public void Commit(string key) => _steps.Add(new(StepKind.Commit, new() { Key = key, EndOfTurn = true }));

    /// <summary>Whoever spoke last on <paramref name="channel"/> has ended the turn.</summary>
    public void EndTurn(string? channel = null) => _steps.Add(new(StepKind.EndOfTurn, new() { Channel = channel }));

    /// <summary>The final text of <paramref name="key"/> was said by <paramref name="speakerId"/>, whatever was sent before.</summary>
    public void NameSpeaker(string key, string speakerId) =>
        _steps.Add(new(StepKind.NameSpeaker, new() { Key = key, SpeakerId = speakerId }));

    /// <summary>
    /// What follows in this message is of the connection with this id: a new one where the id is new. While a vendor sends the id with
    /// every message, a clock that runs back is not taken for a new connection.
    /// </summary>
    public void OfConnection(string id) => _steps.Add(new(StepKind.Connection, default, Detail: id));

    /// <summary>From here on keys and times are those of a new connection.</summary>
    public void NewConnection() => _steps.Add(new(StepKind.NewConnection, default));

    /// <summary>
    /// The final text of <paramref name="key"/> comes after that of <paramref name="previousKey"/>, even when it arrives before; null:
    /// after what was announced.
    /// </summary>
    public void Announce(string key, string? previousKey) => _steps.Add(new(StepKind.Announce, new() { Key = key }, Detail: previousKey));

    /// <summary>There will be no final text for <paramref name="key"/>.</summary>
    public void Fail(string key) => _steps.Add(new(StepKind.Fail, new() { Key = key }));

    /// <summary>
    /// The reader keeps something of this message until the final text of <paramref name="key"/> comes: whoever sent it must send it again
    /// after a restart.
    /// </summary>
    public void Await(string key) => _steps.Add(new(StepKind.Await, new() { Key = key }));

    /// <summary>The recogniser has ended the connection in good order.</summary>
    public void EndConnection() => _steps.Add(new(StepKind.EndOfConnection, default));

    /// <summary>Counts what is out of order with this message.</summary>
    /// <param name="anomaly">What it is.</param>
    /// <param name="detail">More about it, for a log; never what people said.</param>
    public void Report(AsrAnomaly anomaly, string? detail = null) =>
        _steps.Add(new(StepKind.Report, default, Anomaly: anomaly, Detail: detail));

    internal Span<AsrWord> WordsOf(in Step step) => CollectionsMarshal.AsSpan(_words).Slice(step.FirstWord, step.Words);

    internal void Clear()
    {
        _steps.Clear();
        _words.Clear();
        _taken = 0;
    }
}
