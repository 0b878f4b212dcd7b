namespace Parley.Semantics;

/// <summary>A text with what is known around it, as words.</summary>
internal ref struct IntentReading
{
    /// <summary>The text whose intents are asked for.</summary>
    public IntentWords Text;

    /// <summary>What was said before it. Only where <see cref="HasPreceding"/>.</summary>
    public IntentWords Preceding;

    /// <summary>What the speaker said before others interrupted. Only where <see cref="HasContinued"/>.</summary>
    public IntentWords Continued;

    /// <summary>Whether anything was said before.</summary>
    public bool HasPreceding;

    /// <summary>Whether the speaker of the text also said what came before.</summary>
    public bool IsSameSpeaker;

    /// <summary>Whether the text goes on with a sentence that others interrupted.</summary>
    public bool HasContinued;

    /// <summary>Creates a reading without words.</summary>
    /// <param name="buffer">Where the words are kept: <see cref="BufferSize"/> of them.</param>
    public IntentReading(Span<IntentWord> buffer)
    {
        Text = new IntentWords(buffer[..IntentWords.Capacity]);
        Preceding = new IntentWords(buffer[IntentWords.Capacity..(2 * IntentWords.Capacity)]);
        Continued = new IntentWords(buffer[(2 * IntentWords.Capacity)..]);
    }

    /// <summary>Gets the number of words that the buffer has to hold.</summary>
    public static int BufferSize => 3 * IntentWords.Capacity;

    /// <summary>Reads what is known around the text.</summary>
    public void ReadAround(IntentContext context)
    {
        HasPreceding = context.Preceding is not null;
        IsSameSpeaker = HasPreceding && context.SameSpeaker;
        HasContinued = context.Continued is not null && !IsSameSpeaker;
        if (HasPreceding) Preceding.ReadBefore(context.Preceding);
        if (HasContinued) Continued.ReadBefore(context.Continued);
    }

    /// <summary>Goes on to the next piece of the same speaker: what was the text is now what came before.</summary>
    public void MoveOn()
    {
        var before = Preceding;
        (HasPreceding, IsSameSpeaker, HasContinued) = (true, true, false);
        Preceding = Text;
        Text = before;
    }
}
