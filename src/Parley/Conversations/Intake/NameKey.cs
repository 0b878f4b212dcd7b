using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>A recogniser names the speaker of text that it has said. The intake makes a <see cref="NameSpeaker"/> of it once the text has its segment.</summary>
/// <param name="Source">Whose recogniser.</param>
/// <param name="Key">What the text is known by within the stream.</param>
/// <param name="From">Who was said to have said it.</param>
/// <param name="To">Who did.</param>
internal sealed record NameKey(string Source, string Key, string? From, string To) : ConversationInput;
