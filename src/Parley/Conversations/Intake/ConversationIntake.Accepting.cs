using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Intake;

// Which deliveries are taken, and which are not.
internal sealed partial class ConversationIntake
{
    private bool SendsMessages(string source) => _sources.ContainsKey(source) || state.MessagesOf(source) is not null;

    // One that nothing was taken of is not kept.
    private IntakeSource SourceOf(string name) => _sources.TryGetValue(name, out var known)
        ? known
        : new IntakeSource(name, state.ExpectedSequence(name), mayJump: state.MessagesOf(name) is not null);

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
        if (RefuseSource(source.Name) is { } unknown) return unknown;
        if (delivery is MessageDelivery message && !formats.TryGet(message.Format, out _))
            return new(ErrorCodes.NotSupported, $"There is no such format. There are: {string.Join(", ", formats.All.Select(known => known.Name))}.");
        if (delivery is not ChunkDelivery chunk) return null;
        try
        {
            StreamingSession.Check(chunk.Chunk);
            return Bounds.RefuseSpeaker(state, chunk.Chunk.SpeakerId);
        }
        catch (ChunkRefusedException refused)
        {
            return new(ErrorCodes.InvalidChunk, refused.Message);
        }
    }

    // What redaction holds may be from sources that the conversation does not know yet.
    private Refusal? RefuseSource(string name) => _sources.ContainsKey(name)
        ? null
        : Bounds.RefuseSource(state, name, _sources.Keys.Count(known => !state.KnowsSource(known)));

    private void Accept(IntakeSource source, Delivery delivery, Ticket ticket)
    {
        var sendsMessages = source.Assembler is not null || state.MessagesOf(source.Name) is not null;
        _sources.TryAdd(source.Name, source);
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

    private IAsrFormat FormatOf(MessageDelivery message) => formats.Get(message.Format);

    private void MakeRoom(IntakeSource source, IntakeBatch batch)
    {
        CommitOpen(source, AsrCommitReason.GaveWay, batch);
        Settle(_redaction?.GiveUp());
    }
}
