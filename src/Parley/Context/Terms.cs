using Parley.Languages;

namespace Parley.Context;

/// <summary>The words that carry a text's content.</summary>
internal static class Terms
{
    private static readonly HashSet<string> Empty = [.. (
        """
        a an the this that these those there here it its he she they them him her his hers their theirs we us our ours you your yours i me my mine myself
        yourself himself herself itself ourselves themselves who whom whose which what when where why how whatever whenever wherever whoever
        and or but nor so because if unless until while although though since as than then else either neither both not no yes nope yep yeah ok okay
        of in on at by for with without from to into onto out up down over under about above below between through during before after again against
        off around along across near within among toward towards upon beyond behind beside besides
        am is are was were be been being do does did doing done have has had having will would shall should can could may might must ought need dare
        isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't shan't shouldn't can't couldn't mightn't mustn't cannot
        i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll that's
        that'll that'd there's there'll here's what's who's where's how's let's gonna wanna gotta kinda sorta hafta dunno lemme gimme ain't y'all 'cause 'em cuz coz
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty
        fifty sixty seventy eighty ninety hundred thousand million zero oh first second third last next half quarter percent couple dozen
        all any each every some few more most much many less least several enough other another such same different own only very too just also even still
        already yet ever never always often sometimes usually maybe perhaps probably certainly definitely really actually basically obviously clearly
        exactly simply quite rather pretty almost nearly somehow somewhat anyway anyhow though indeed therefore thus hence instead otherwise
        thing things something anything nothing everything stuff someone somebody anyone anybody everyone everybody nobody people person guy guys folks
        way ways kind kinds sort sorts type types lot lots bit bits part parts piece point points case cases side end beginning start place time times
        day days week weeks month months year years today tomorrow yesterday minute minutes hour hours moment while now later soon ago
        go goes going went gone come comes coming came get gets getting got gotten give gives giving gave given take takes taking took taken make makes
        making made put puts putting say says saying said tell tells telling told talk talks talking talked think thinks thinking thought know knows
        knowing knew known mean means meant see sees seeing saw seen look looks looking looked want wants wanted like likes liked try tries trying tried
        use uses using used let lets keep keeps kept seem seems seemed feel feels feeling felt guess guesses suppose supposed believe happen happens
        happening happened call calls called ask asks asking asked show shows showing showed work works working worked run runs running ran start starts
        starting started stop stops find finds finding found need needs needed set sets help turn turns turned leave leaves left bring brings brought
        hear hears hearing heard understand remember forget figure figured add adds wonder wondering hope sounds sound
        read reads reading write wrote written doing bring hold stay wait deal matter care mind sense
        good bad better best worse worst great nice fine right wrong true sure big bigger small smaller little large long short high low new old hard easy
        possible able interesting important useful real whole full simple certain similar specific particular whatever cool weird funny fun sorry
        thank thanks please hello hi bye hey wow gee god gosh alright huh uh um hmm mm er erm ah eh aha oops well
        back away together apart far close else ahead forth aside actual main kinda basis fact example instance reason question questions answer idea ideas
        whether course et cetera
        problem problems issue issues number numbers word words name names list lists
        """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>
    /// The term a word stands for: lower case, in English without plural and possessive endings; null for a word without content.
    /// </summary>
    public static string? Of(string word, Language language)
    {
        var lower = word.Trim('.', ',', '?', '!', ';', ':', '"', '(', ')').Replace('’', '\'').ToLowerInvariant();
        if (!language.HasIntents)
            return lower.Length < 3 || language.Words.Contains(lower) || char.IsDigit(lower[0]) ? null : lower;
        if (lower.EndsWith("'s", StringComparison.Ordinal) && !Empty.Contains(lower))
            lower = lower[..^2];
        if (lower.Length < 3 || Empty.Contains(lower) || char.IsDigit(lower[0]))
            return null;
        return Singular(lower);
    }

    private static string Singular(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => $"{word[..^3]}y",
        { Length: > 3 } when word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i' or '\'') => word[..^1],
        _ => word,
    };
}
