namespace Parley.Semantics;

/// <summary>x</summary>
public sealed class Lexicon { 
/// <summary>x</summary>
public static Lexicon Default { get; } = new(); }
