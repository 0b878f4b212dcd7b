namespace Parley.Semantics;

/// <summary>What a text does, how sure that is, and why.</summary>
/// <param name="Intent">One of <see cref="Intents"/>.</param>
/// <param name="Confidence">From 0 to 1: how often, among what scored alike in recorded meetings, this intent was right.</param>
/// <param name="Evidence">The words of the text that decided, lower case, joined by a space; empty when nothing stood out.</param>
public readonly record struct IntentResult(string Intent, double Confidence, string Evidence);
