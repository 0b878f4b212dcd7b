using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Conversations.Intake;

/// <summary>Turns what the recogniser of a source says into the items of a batch.</summary>
/// <param name="state">The conversation.</param>
/// <param name="redaction">Takes the chunks, where the conversation is redacted.</param>
/// <param name="tails">Told whose text has changed.</param>
internal sealed class RecogniserIntake(ConversationState state, IntakeRedaction redaction, Tails tails)
{
    private readonly AnomalyRecords _records = new(state, redaction);

    /// <summary>Goes on with the connection that a source had before a restart.</summary>
    public void Resume(
        IntakeSource source, IAsrFormat format, MessageSource known, IReadOnlyList<ChunkAccepted> past, bool isWhole) =>
        source.Listen(format, Open(format, known.Connection, known.Offset, past, isWhole));

    /// <summary>
    /// Makes the source speak a format. One that spoke another goes on as if its recogniser had opened another connection. The times of our
    /// own format are the sender's, and go on.
    /// </summary>
    public void Connect(IntakeSource source, IAsrFormat format, IntakeBatch batch)
    {
        if (source.Format?.Name == format.Name) return;
        var assembler = NewAssembler(format);
        var (connection, offset) = (0, 0.0);
        if (state.MessagesOf(source.Name) is { } known)
        {
            CommitOpen(source, AsrCommitReason.NewConnection, batch);
            foreach (var ticket in source.Open) ticket.Message = 0;
            connection = (source.Assembler?.Connection ?? known.Connection) + 1;
            if (format.Name != ParleyFormat.Own) offset = source.Assembler?.Newest ?? known.Offset;
            assembler = Open(format, connection, offset, [], isWhole: true);
        }

        source.Listen(format, assembler);
        batch.Add(Connected(source, connection, offset, source.Done));
    }

    /// <summary>Takes what the assembler made of a message.</summary>
    public void Hear(IntakeSource source, Ticket ticket, IntakeBatch batch, ReadOnlySpan<AsrOutput> outputs)
    {
        ticket.Message = source.Assembler!.Messages;
        source.Take(ticket);
        Follow(source, batch, outputs);
    }

    /// <summary>Commits the text of a source that is not final.</summary>
    public void CommitOpen(IntakeSource source, AsrCommitReason reason, IntakeBatch batch)
    {
        if (source.Assembler is { } assembler) Follow(source, batch, assembler.CommitOpen(reason));
    }

    /// <summary>Adds a chunk to a batch, through redaction where that is on.</summary>
    public void Say(IntakeBatch batch, HearChunk hear, bool isAnswer)
    {
        var ready = new ReadyInput(hear, isAnswer);
        if (!redaction.IsOn)
        {
            batch.Add(ready);
            return;
        }

        tails.Touch(hear.Chunk.SpeakerId);
        redaction.Add(batch, ready, hear.Chunk);
    }

    private void Follow(IntakeSource source, IntakeBatch batch, ReadOnlySpan<AsrOutput> outputs)
    {
        source.FindNeeded(batch);
        var done = source.Done;
        foreach (ref readonly var output in outputs)
        {
            switch (output.Kind)
            {
                case AsrOutputKind.Committed:
                    var part = MessagePart.Of(output, source.Stated.Find(output));
                    Say(batch, new HearChunk(done, output.Chunk, source.Name) { Part = part }, isAnswer: false);
                    break;
                case AsrOutputKind.EndOfTurn:
                    redaction.CloseLane(output.Chunk.SpeakerId);
                    batch.Add(new ReadyInput(new CloseLane(output.Chunk.SpeakerId, CloseReasons.EndOfTurn)));
                    break;
                case AsrOutputKind.SpeakerRevision when output is { Key: { } key, Chunk.SpeakerId: { } speaker }:
                    batch.Add(new NamedKey(source.Name, key, output.FromSpeakerId, speaker));
                    break;
                case AsrOutputKind.NewConnection:
                    batch.Add(Connected(source, source.Assembler!.Connection, output.Chunk.Start, done));
                    break;
                case AsrOutputKind.Tentative:
                    source.Show(output.Chunk);
                    tails.Touch(output.Chunk.SpeakerId);
                    break;
                case AsrOutputKind.Anomaly:
                    batch.Owner.Add(Problem.Of(output));
                    _records.Add(batch, source.Name, output);
                    break;
            }
        }

        AnomalyRecords.End(batch, source.Name);
    }

    private static ReadyInput Connected(IntakeSource source, int connection, double offset, long done) =>
        new(new ConnectSource(new(source.Name, source.Format!.Name, connection, offset, done)));

    private HypothesisAssembler NewAssembler(IAsrFormat format) => new(format, state.Settings!.ToAsrConfig());

    private HypothesisAssembler Open(
        IAsrFormat format, int connection, double offset, IReadOnlyList<ChunkAccepted> past, bool isWhole)
    {
        var assembler = NewAssembler(format);
        assembler.Resume(connection, offset, past.Select(MessagePart.ToOutput), isWhole);
        return assembler;
    }
}
