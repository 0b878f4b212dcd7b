using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// The text that one message calls final, or that its reader keeps until it is final. It is read without the messages before it, so that
/// the same message always states the same.
/// </summary>
internal sealed class StatedTexts
{
    // Readers and the log round times.
    private const double TimeTolerance = 0.001;

    private readonly List<StatedText> _texts = [];

    /// <summary>Gets whether the message states no text, as an interim result does.</summary>
    public bool IsEmpty => _texts.Count == 0;

    /// <summary>Reads what a message states. A message that cannot be read states nothing.</summary>
    public static StatedTexts Of(IAsrFormat format, ReadOnlyMemory<byte> utf8)
    {
        var message = AsrMessage.Parse(utf8);
        try
        {
            return Of(format, message);
        }
        finally
        {
            message.Release();
        }
    }

    /// <summary>Reads what a message states that is parsed already. A message that cannot be read states nothing.</summary>
    public static StatedTexts Of(IAsrFormat format, AsrMessage message)
    {
        var stated = new StatedTexts();
        var updates = new AsrUpdates();
        try
        {
            format.OpenReader().Read(message, updates);
            foreach (ref readonly var step in updates.Steps)
            {
                if (step.Kind == AsrUpdates.StepKind.Text && (step.Update.IsFinal || IsAwaited(step.Update.Key, updates)))
                    stated.Add(step.Update, updates.WordsOf(step));
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException)
        {
            stated._texts.Clear();
        }

        return stated;
    }

    /// <summary>Returns what a message of our own states.</summary>
    public static StatedTexts Of(in AsrUpdate update)
    {
        var stated = new StatedTexts();
        if (update.IsFinal) stated.Add(update, []);
        return stated;
    }

    /// <summary>
    /// Returns whether text may have come from this message: it has the words, in order, at the times that the recogniser gave.
    /// </summary>
    /// <param name="text">The text, or a part of it.</param>
    /// <param name="start">Where the recogniser says that it starts; null where that is not known.</param>
    /// <param name="end">Where the recogniser says that it ends; null where that is not known.</param>
    /// <param name="isRedacted">Whether something may have been taken out of the text.</param>
    public bool Have(string text, double? start, double? end, bool isRedacted) =>
        _texts.Exists(stated =>
            AreNear(stated.Start, start) && AreNear(stated.End, end) && WordOrder.Contains(stated.Text, text, isRedacted));

    private static bool IsAwaited(string? key, AsrUpdates updates)
    {
        if (key is null) return false;
        foreach (ref readonly var step in updates.Steps)
        {
            if (step.Kind == AsrUpdates.StepKind.Await && step.Update.Key == key) return true;
        }

        return false;
    }

    private static bool AreNear(double? one, double? other) => !(Math.Abs((one - other) ?? 0) > TimeTolerance);

    // Text is said as it stands or word by word; the two may differ.
    private void Add(in AsrUpdate update, Span<AsrWord> words)
    {
        var isTimed = WordTimes.Complete(words, update.Start, update.End);
        var (start, end) = isTimed ? (update.Start ?? words[0].Start, update.End ?? words[^1].End) : (update.Start, update.End);
        if (HasWords(update.Text)) _texts.Add(new(start, end, update.Text!));
        if (words.IsEmpty) return;
        var joined = string.Join(' ', words.ToArray().Select(word => word.Text));
        if (HasWords(joined)) _texts.Add(new(start, end, joined));
    }

    private static bool HasWords(string? text) => SpokenText.Words(text).MoveNext();

    private readonly record struct StatedText(double? Start, double? End, string Text);
}
