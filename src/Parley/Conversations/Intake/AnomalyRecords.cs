using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Conversations.Intake;

/// <summary>Makes the records of text that is left out, or that may be said twice.</summary>
/// <param name="state">The conversation.</param>
/// <param name="redaction">Takes out of the records what must not be stored, where the conversation is redacted.</param>
internal sealed class AnomalyRecords(ConversationState state, IntakeRedaction redaction)
{
    /// <summary>The maximum number of records of one message. One more says how many there would have been.</summary>
    public const int MaxOfMessage = 16;

    /// <summary>The maximum length of a record's text, in UTF-16 code units. What is longer is cut.</summary>
    public const int MaxTextLength = 1_024;

    /// <summary>Adds the records of what the assembler made of a message.</summary>
    public void Add(IntakeBatch batch, string source, in AsrOutput output)
    {
        if (!IsRecorded(output)) return;
        batch.Records++;
        if (batch.Records <= MaxOfMessage) batch.Add(new ReadyInput(RecordOf(source, output)));
    }

    /// <summary>Says of how many there is no record, if there were too many.</summary>
    public static void End(IntakeBatch batch, string source)
    {
        if (batch.Records <= MaxOfMessage) return;
        var more = new AnomalyPayload(AnomalyPayload.NotRecorded, Source: NameOf(source)) { Count = batch.Records - MaxOfMessage };
        batch.Add(new ReadyInput(new NoteAnomaly(more, Start: null, End: null)));
        batch.Records = 0;
    }

    private static bool IsRecorded(in AsrOutput output) =>
        (output.Anomaly.LeavesOut() || output.Anomaly == AsrAnomaly.PossibleRepeat) && !string.IsNullOrWhiteSpace(output.Chunk.Text);

    private NoteAnomaly RecordOf(string source, in AsrOutput output)
    {
        var (start, end, text, speaker) = output.Chunk;
        var clean = redaction.Clean(text);
        var shown = Cut(clean);
        if (Bounds.RefuseSpeaker(state, speaker) is not null) speaker = null;
        var record = new AnomalyPayload(output.Anomaly.WireName(), shown, speaker, NameOf(source))
        {
            Cut = shown.Length < clean.Length ? clean.Length - shown.Length : null,
        };
        return new(record, Finite(start), Finite(end));
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxTextLength) return text;
        return text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
    }

    private static string? NameOf(string source) => source.Length == 0 ? null : source;

    private static double? Finite(double sec) => double.IsFinite(sec) ? sec : null;
}
