using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Conversations.Intake;

// What recognisers say.
internal sealed partial class ConversationIntake
{
    private static readonly ChunkAccepted[] Nothing = [];

    /// <summary>Whether what a source said before a restart must be recalled before it can be heard.</summary>
    public bool MustRecall(string source) => state.MessagesOf(source) is not null && !_sources.ContainsKey(source);

    /// <summary>Goes on with a source that was heard before a restart.</summary>
    /// <param name="name">The source.</param>
    /// <param name="past">The last of what was accepted of its recogniser's connection.</param>
    /// <param name="isWhole">Whether that is all of the connection.</param>
    public void Recall(string name, IReadOnlyList<ChunkAccepted> past, bool isWhole)
    {
        var source = SourceOf(name);
        _sources.TryAdd(name, source);
        if (state.MessagesOf(name) is { } known && formats.TryGet(known.Format, out var format))
            source.Listen(format, Open(format, known.Connection, known.Offset, past, isWhole));
        foreach (var chunk in past) _segments.Add(chunk);
    }

    private static HypothesisAssembler Open(IAsrFormat format, int connection, double offset, IReadOnlyList<ChunkAccepted> past, bool isWhole)
    {
        var assembler = new HypothesisAssembler(format);
        assembler.Resume(connection, offset, past.Select(MessagePart.ToOutput), isWhole);
        return assembler;
    }

    // A source that changes its format goes on as if its recogniser had opened another connection. Our own format's times are the sender's, and go on.
    private void Connect(IntakeSource source, IAsrFormat format, IntakeBatch batch)
    {
        if (source.Format?.Name == format.Name) return;
        var assembler = new HypothesisAssembler(format);
        var (connection, offset) = (0, 0.0);
        if (state.MessagesOf(source.Name) is { } known)
        {
            CommitOpen(source, AsrCommitReason.NewConnection, batch);
            foreach (var ticket in source.Open) ticket.Message = 0;
            connection = (source.Assembler?.Connection ?? known.Connection) + 1;
            if (format.Name != ParleyFormat.Own) offset = source.Assembler?.Newest ?? known.Offset;
            assembler = Open(format, connection, offset, Nothing, isWhole: true);
        }

        source.Listen(format, assembler);
        batch.Add(new ConnectSource(new(source.Name, format.Name, connection, offset, source.Done)));
    }

    private void Hear(IntakeSource source, Ticket ticket, IntakeBatch batch, ReadOnlySpan<AsrOutput> outputs)
    {
        ticket.Message = source.Assembler!.Messages;
        source.Take(ticket);
        Follow(source, batch, outputs);
    }

    private void CommitOpen(IntakeSource source, AsrCommitReason reason, IntakeBatch batch)
    {
        if (source.Assembler is { } assembler) Follow(source, batch, assembler.CommitOpen(reason));
    }

    private void EndGrace(IntakeSource source, GraceEnded grace, Ticket ticket)
    {
        var batch = new IntakeBatch(null, ticket);
        if (state.TakesInput && source.Heard == grace.Heard) CommitOpen(source, AsrCommitReason.GraceEnded, batch);
        Add(batch);
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
                    Add(batch, new HearChunk(done, output.Chunk, source.Name) { Part = MessagePart.Of(output) });
                    break;
                case AsrOutputKind.EndOfTurn:
                    Close(batch, new CloseLane(output.Chunk.SpeakerId, CloseReasons.EndOfTurn));
                    break;
                case AsrOutputKind.SpeakerRevision when output is { Key: { } key, Chunk.SpeakerId: { } speaker }:
                    batch.Add(new NameKey(source.Name, key, output.FromSpeakerId, speaker));
                    break;
                case AsrOutputKind.NewConnection:
                    batch.Add(new ConnectSource(new(source.Name, source.Format!.Name, source.Assembler!.Connection, output.Chunk.Start, done)));
                    break;
                case AsrOutputKind.Tentative:
                    source.Show(output.Chunk);
                    Touch(output.Chunk.SpeakerId);
                    break;
                case AsrOutputKind.Anomaly:
                    batch.Owner.Add(Problem.Of(output));
                    break;
            }
        }
    }
}
