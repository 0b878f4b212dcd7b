namespace Parley.Work;

/// <summary>The next piece of an answer.</summary>
/// <param name="Text">The text.</param>
/// <param name="StartsAnew">
/// Whether the answer begins with it, although there were pieces before: they have turned out to be reasoning.
/// </param>
internal readonly record struct AnswerPiece(string Text, bool StartsAnew = false);
