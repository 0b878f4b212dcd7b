namespace Parley.Redaction.Numbers;

/// <summary>Decides which runs must go, and as what.</summary>
internal sealed class NumberRules(RedactionConfig config)
{
    private const int ShortestPhone = 9;
    private const int ShortestNamedPhone = 6;
    private const int ShortestLikelyPhone = 7;
    private const int ShortestNamedCard = 9;
    private const int ShortestAccount = 6;
    private const int ShortestSortCode = 5;
    private const int ShortestIdentity = 7;
    private const int LongestSecret = 8;
    private const int ShortestIban = 10;
    private const int ShortestYears = 8;

    private readonly PhonePlans _plans = new(config.PhoneRegions);

    /// <summary>Returns whether what comes behind a run may change what is decided.</summary>
    public static bool IsOpen(NumberRun run, CueFound before) => run.Count >= ShortestNamedPhone || IsFirm(before);

    /// <summary>Returns what must go of a run.</summary>
    public IEnumerable<Finding> Decide(TokenList tokens, NumberRun run, CueFound before)
    {
        var found = before;
        if (run.Count >= ShortestNamedPhone && !IsFirm(before) && Cues.Behind(tokens, run) is not Cue.None and var behind)
            found = new(behind, IsNamed: true);

        var number = new FoundNumber(tokens, run, found);
        if (config.Cards && !IsOther(number.Cue) && !number.Stays(Cue.Card) && !(number.IsHarmless && !IsGroupedAsCard(run)))
        {
            var cards = CardNumbers.In(run.Digits).ToList();
            if (cards.Count > 0 && config.Phones) return [new(number.Start, run.End, "card")];
            if (cards.Count > 0) return cards.Select(card => run.PlaceOf(card.First, card.Last)).Select(card => new Finding(card.Start, card.End, "card"));
        }

        return NameOf(number) is { } name ? [new(number.Start, number.End, name)] : [];
    }

    /// <summary>Whether the words in front say what it is, whatever comes behind.</summary>
    private static bool IsFirm(CueFound before) => before.Cue switch
    {
        Cue.None or Cue.Reach => false,
        Cue.Harmless => before.IsNamed,
        _ => true,
    };

    /// <summary>Whether it is called what goes, too, and is not a card: some stretch of a long number passes the check by chance.</summary>
    private bool IsOther(Cue cue) => cue switch
    {
        Cue.Account => config.Ibans,
        Cue.Identity => config.Phones,
        Cue.Iban => config.Ibans,
        _ => false,
    };

    private static bool IsGroupedAsCard(NumberRun run) => run.IsWritten(4, 4, 4, 4) || run.IsWritten(4, 6, 5);

    private string? NameOf(FoundNumber number)
    {
        var count = number.Run.Count;
        if (number.IsCounted || (count >= ShortestYears && NumberForms.IsYears(number.Run))) return null;
        switch (number.Cue)
        {
            case Cue.Card when config.Cards && count >= ShortestNamedCard:
                return "card";
            case Cue.Secret when config.Cards && count <= LongestSecret:
                return "code";
            case Cue.Account when config.Ibans && count >= ShortestAccount:
            case Cue.SortCode when config.Ibans && count >= ShortestSortCode:
                return "account";
            case Cue.Identity when config.Phones && count >= ShortestIdentity:
                return "id";
            case Cue.Iban when config.Ibans && count >= ShortestIban:
                return "iban";
            case Cue.Phone when config.Phones && count >= ShortestNamedPhone:
                return "phone";
        }

        if (config.Phones && !number.IsHarmless && number.Run.IsWritten(3, 2, 4) && number.HasHyphens) return "id";
        return config.Phones && IsPhone(number) ? "phone" : null;
    }

    private bool IsPhone(FoundNumber number)
    {
        var run = number.Run;
        if (number.HasPlus) return run.Count >= ShortestLikelyPhone;
        if (number.Stays(Cue.Phone) || number.IsHarmless || run.Count < ShortestLikelyPhone) return false;
        if (number.Cue == Cue.Harmless) return run.Count >= ShortestPhone && number.StartsAsPhone && _plans.Have(run.Digits);
        if (number.Cue == Cue.Reach) return true;
        if (run.Count < ShortestPhone)
            return (run.IsWritten(3, 4) && number.HasHyphens) || (run.Digits[0] == '0' && _plans.Have(run.Digits));
        return !NumberForms.IsThousands(run, mostFirst: 3) || _plans.Have(run.Digits);
    }
}
