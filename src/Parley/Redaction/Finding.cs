namespace Parley.Redaction;

/// <summary>Something that must not be stored, in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after its last.</param>
/// <param name="Name">What stands in its place, in brackets.</param>
internal readonly record struct Finding(int Start, int End, string Name);

/// <summary>The end of a text that what comes next may make, or make longer, a finding.</summary>
/// <param name="Start">Where it starts; the text's length if there is none.</param>
/// <param name="IsTelling">It has digits or signs that hardly stand there by chance, and is waited for even while others speak.</param>
internal readonly record struct OpenEnd(int Start, bool IsTelling);
