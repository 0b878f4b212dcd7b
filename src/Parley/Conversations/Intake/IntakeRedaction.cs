using Parley.Conversations.Rules;
using Parley.Redaction;
using Parley.Streaming;

namespace Parley.Conversations.Intake;

/// <summary>Puts chunks through redaction, where it is on, and puts what comes out in the place from which it went in.</summary>
/// <param name="state">The conversation.</param>
/// <param name="config">What is taken out.</param>
internal sealed class IntakeRedaction(ConversationState state, RedactionConfig config)
{
    private readonly Queue<(IntakeBatch Batch, int Place)> _held = new();
    private readonly Redactor _redactor = new(config);
    private RedactionStream? _stream;

    /// <summary>Gets whether the conversation is redacted.</summary>
    public bool IsOn => state.Settings is { Redact: true };

    /// <summary>Gets the text that is held, one entry for each speaker.</summary>
    public IReadOnlyList<StreamChunk> HeldLanes => _stream?.HeldLanes ?? [];

    private RedactionStream Stream => _stream ??= new(_redactor);

    /// <summary>Adds a chunk to a batch, which waits until redaction is sure of it.</summary>
    public void Add(IntakeBatch batch, ReadyInput ready, in StreamChunk chunk)
    {
        _held.Enqueue((batch, batch.AddHeld(ready)));
        Settle(Stream.Add(chunk));
    }

    /// <summary>Lets go of what is held of a speaker.</summary>
    public void CloseLane(string? speaker) => Settle(_stream?.CloseLane(speaker));

    /// <summary>Lets go of everything: no more text comes.</summary>
    public void End() => Settle(_stream?.EndOfStream());

    /// <summary>Lets go of everything because too much is held.</summary>
    public void GiveUp() => Settle(_stream?.GiveUp());

    /// <summary>Returns what can be shown of a speaker's held text and the text after it.</summary>
    public string Preview(string? speaker, string text) => Stream.Preview(speaker, text);

    /// <summary>Returns what can be stored of a text that is torn out of what was said.</summary>
    public string Clean(string fragment) => IsOn ? _redactor.RedactFragment(fragment) : fragment;

    // Chunks come out in the order in which they went in.
    private void Settle(IReadOnlyList<StreamChunk>? clean)
    {
        foreach (var chunk in clean ?? [])
        {
            var (batch, place) = _held.Dequeue();
            batch.Settle(place, chunk);
        }
    }
}
