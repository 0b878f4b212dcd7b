namespace Parley.Protocol;

/// <summary>What a client may call a speaker, a source, or a text that is not final.</summary>
public static class Names
{
    /// <summary>The longest name, in UTF-16 code units. Conversations keep them, so that a longer one is refused.</summary>
    public const int MaxLength = 256;
}
