using Parley.Asr;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations;

// Which deliveries are taken, and which are not.
internal sealed partial class Intake
{
    // Whoever feeds a conversation has one of these; thousands are a mistake, and each takes memory.
    private const int MaxSources = 256;

    private bool SendsMessages(string source) => _sources.ContainsKey(source) || state.MessagesOf(source) is not null;

    private IntakeSource SourceOf(string name)
    {
        if (_sources.TryGetValue(name, out var known)) return known;
        var source = new IntakeSource(name, state.ExpectedSequence(name), mayJump: state.MessagesOf(name) is not null);
        if (_sources.Count < MaxSources) _sources.Add(name, source);
        return source;
    }

    private void Repeat(IntakeSource source, Ticket ticket)
    {
        ticket.IsRepeat = true;
        if (source.Open.FirstOrDefault(open => open.Sequence == ticket.Sequence) is { } first) first.Add(ticket);
        else Answer(ticket);
    }

    private Refusal? Refuse(IntakeSource source, Delivery delivery)
    {
        if (!state.TakesInput) return Conversation.Ended;
        if (source.IsAhead(delivery.Sequence)) return Conversation.Gap(delivery.Sequence, source.Next);
        if (!_sources.ContainsKey(source.Name)) return new(ErrorCodes.RateLimited, $"A conversation has at most {MaxSources} sources.");
        if (delivery is MessageDelivery message && !options.Formats.TryGet(message.Format, out _))
            return new(ErrorCodes.NotSupported, $"There is no such format. There are: {string.Join(", ", options.Formats.All.Select(known => known.Name))}.");
        if (delivery is not ChunkDelivery chunk) return null;
        try
        {
            StreamingSession.Check(chunk.Chunk);
            return null;
        }
        catch (ChunkRefusedException refused)
        {
            return new(ErrorCodes.InvalidChunk, refused.Message);
        }
    }

    private void Accept(IntakeSource source, Delivery delivery, Ticket ticket)
    {
        var sendsMessages = source.Assembler is not null || state.MessagesOf(source.Name) is not null;
        source.GoTo(ticket.Sequence);
        var batch = new IntakeBatch(source, ticket);
        if (source.Open.Count >= MaxUnanswered) MakeRoom(source, batch);
        switch (delivery)
        {
            case MessageDelivery message:
                Connect(source, FormatOf(message), batch);
                Hear(source, ticket, batch, source.Assembler!.Ingest(message.Message));
                break;
            case ChunkDelivery chunk when chunk.IsHypothesis || sendsMessages:
                Connect(source, AsrFormats.Default.Get(ParleyFormat.Own), batch);
                Hear(source, ticket, batch, source.Assembler!.Ingest(ParleyFormat.ToUpdate(chunk.Chunk, chunk.IsFinal, chunk.Key, chunk.Sequence)));
                break;
            case ChunkDelivery chunk:
                source.Take(ticket);
                Add(batch, new HearChunk(chunk.Sequence, chunk.Chunk, chunk.Source));
                break;
        }

        Add(batch);
    }

    private IAsrFormat FormatOf(MessageDelivery message) => options.Formats.Get(message.Format);

    private void MakeRoom(IntakeSource source, IntakeBatch batch)
    {
        CommitOpen(source, AsrCommitReason.GaveWay, batch);
        Settle(_redaction?.GiveUp());
    }
}
