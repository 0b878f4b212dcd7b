namespace Parley.Redaction.Numbers;

/// <summary>A run with all that is known of it.</summary>
/// <param name="tokens">The text.</param>
/// <param name="run">The run.</param>
/// <param name="found">What the words beside it say.</param>
internal sealed class FoundNumber(TokenList tokens, NumberRun run, CueFound found)
{
    private readonly int _signs = SignsBefore(tokens, run);

    public NumberRun Run => run;

    public Cue Cue => found.Cue;

    /// <summary>Gets whether it is the number of something that stays.</summary>
    public bool IsHarmless => found is { Cue: Cue.Harmless, IsNamed: true } && !HasPlus;

    public bool IsCounted { get; } = Cues.IsCounted(tokens, run) || Cues.IsDecimals(tokens, run);

    /// <summary>Gets where it begins: "+49" and "(0)30" begin with the sign, "plus four nine" with the word.</summary>
    public int Start => IsPlusSaid ? tokens[run.First - 1].Start : _signs;

    /// <summary>Gets where it ends: an identity number may have a letter behind its digits.</summary>
    public int End => run.Next < tokens.Count && IsLetterBehind(tokens[run.Next]) ? tokens[run.Next].End : run.End;

    public bool HasPlus => IsPlusSaid || tokens.Text.AsSpan(_signs, run.Start - _signs).Contains('+');

    /// <summary>Gets whether it begins as phone numbers do that are dialled, and other numbers seldom.</summary>
    public bool StartsAsPhone => run.Digits[0] == '0' || _signs < run.Start || run.IsWritten(3, 3, 4);

    /// <summary>Gets whether hyphens stand between its digits.</summary>
    public bool HasHyphens => tokens.Text.AsSpan(run.Start, run.End - run.Start).IndexOfAny('-', '‑', '‐') >= 0;

    private bool IsPlusSaid => run.First > 0 && tokens[run.First - 1].Is(TermUses.Plus)
        && (run.First < 2 || (tokens[run.First - 2].Kind != TokenKind.Digits && tokens[run.First - 2].Term is not { IsNumber: true }));

    /// <summary>Returns whether its form says that it stays, and no word says that it is what it is looked at as.</summary>
    public bool Stays(Cue asked)
    {
        if (found.Cue == asked) return false;
        return IsCounted || NumberForms.IsYears(run) || NumberForms.IsCounting(run) || NumberForms.IsThousands(run, mostFirst: 2);
    }

    private static int SignsBefore(TokenList tokens, NumberRun run)
    {
        var (text, start) = (tokens.Text, run.Start);
        while (start > 0 && (IsSign(text[start - 1]) || (text[start - 1] == Spoken.Border && start > 1 && IsSign(text[start - 2])))) start--;
        return start;

        static bool IsSign(char c) => c is '+' or '(';
    }

    private bool IsLetterBehind(Token token) => token.Kind == TokenKind.Word && token.Start == run.End && token.End == run.End + 1;
}
