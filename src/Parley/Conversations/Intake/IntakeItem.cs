using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>A part of what a delivery asks for. The family is closed.</summary>
internal abstract record IntakeItem
{
    private protected IntakeItem() { }
}

/// <summary>An input.</summary>
/// <param name="Input">The input.</param>
/// <param name="IsAnswer">Whether its outcome decides if the delivery is refused or a repeat.</param>
internal sealed record ReadyInput(ConversationInput Input, bool IsAnswer = false) : IntakeItem;

/// <summary>
/// A recogniser names the speaker of text that it sent before. It becomes a <see cref="NameSpeaker"/> once the text before it is decided
/// and its segments are known.
/// </summary>
/// <param name="Source">The source of the recogniser.</param>
/// <param name="Key">The key of the text within the stream.</param>
/// <param name="From">The speaker that the recogniser gave before.</param>
/// <param name="To">The speaker.</param>
internal sealed record NamedKey(string Source, string Key, string? From, string To) : IntakeItem;
