namespace Parley.Asr;

/// <summary>A word that was said, to be known again.</summary>
/// <param name="Heard">What and when.</param>
/// <param name="Text">The final text that it is of.</param>
/// <param name="Part">The part of that text, by speaker.</param>
/// <param name="Message">The message that it came in: nothing is a repeat of its own message.</param>
/// <param name="IsRedacted">It was taken out of the stored text, so that any words are the same at its times.</param>
internal readonly record struct SaidWord(HeardWord Heard, SaidText Text, int Part, long Message, bool IsRedacted = false);
