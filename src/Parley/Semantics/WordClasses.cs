using System.Collections.Frozen;

namespace Parley.Semantics;

/// <summary>
/// What kind a word is. A few hundred words make up most of speech, and what an utterance does shows in their order:
/// "can you" asks, "you can" tells. Classes are written in capitals, so that no word is mistaken for one.
/// </summary>
internal static class WordClasses
{
    public static readonly ulong Other = WordReader.HashOf("OTHER");
    public static readonly ulong Opener = WordReader.HashOf("OPENER");
    public static readonly ulong Filler = WordReader.HashOf("FILLER");

    private static readonly (string Name, string Words)[] Table =
    [
        ("FILLER", "uh um uhm er erm ah mm"),
        ("OPENER", "so and but well okay ok o_k yeah yes yep yup oh now then no hey alright right hmm like because cause cuz or also plus anyway"),
        ("WH", "what where when who whom whose which why how what's where's who's how's when's why's what're how'd what'd whats wheres whos hows"),
        ("DO", "do does did don't doesn't didn't dont doesnt didnt"),
        ("BE", "is are was were am isn't aren't wasn't weren't ain't isnt arent wasnt werent"),
        ("HAVE", "have has had haven't hasn't hadn't"),
        ("MODAL", "can could will would shall can't couldn't won't wouldn't cannot"),
        ("SHOULD", "should must shouldn't oughta ought gotta"),
        ("MIGHT", "may might"),
        ("I", "i me myself"),
        ("WE", "we us ourselves"),
        ("YOU", "you y'all yourself ya"),
        ("HE", "he she they him them"),
        ("IT", "it this that there these those one"),
        ("ILL", "i'll we'll ill"),
        ("YOULL", "you'll he'll she'll they'll it'll that'll there'll"),
        ("ID", "i'd we'd you'd they'd he'd she'd"),
        ("IM", "i'm i've we're we've im ive"),
        ("YOURE", "you're you've youre"),
        ("ITS", "it's that's there's he's she's they're they've here's its thats theres"),
        ("LETS", "let's lets"),
        ("LET", "let"),
        ("DET", "a an the my your our their his her some another every each"),
        ("ANY", "any anything anyone anybody ever anywhere either"),
        ("NOT", "not never"),
        ("TO", "to"),
        ("PREP", "of in on at from for with by about into over after before up out down off through between under around"),
        ("IF", "if whether unless until while"),
        ("THINK", "think guess know mean believe suppose feel wonder remember say said thought"),
        ("NEED", "need needs want wants wanna gonna going needed wanted"),
        ("MAYBE", "maybe perhaps possibly probably"),
        ("JUST", "just please always actually really still already even only basically"),
        ("NUM", "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand"),
        ("TIME", "today tomorrow tonight monday tuesday wednesday thursday friday week month morning afternoon next later soon"),
        ("VERB", "send check look put take make get give go ask talk write read call email mail try use start run move change add set find "
            + "tell show see wait keep work finish fix print record remind review prepare submit schedule book update open close click press "
            + "hold bring meet discuss decide plan build test follow share upload download contact ensure confirm handle order buy sign "
            + "turn stop leave come help pick choose collect compare consider continue copy create cut delete describe "
            + "do draw drop explain figure fill focus forget forward gather generate ignore include invite join label listen load mark "
            + "measure mention modify note organize pass pay play point produce push pull raise reduce remove repeat replace report run "
            + "save separate skip solve speak specify split stick store study suggest switch train transcribe transfer wear "
            + "introduce proceed say sit stay step suppose throw type verify visit walk watch worry"),
    ];

    private static readonly FrozenDictionary<ulong, ulong> ByWord = Build();

    public static IEnumerable<string> Names => Table.Select(row => row.Name).Concat(["OTHER", "ING", "ED", "LY"]);

    public static ulong Of(ulong word, ReadOnlySpan<char> text)
    {
        if (ByWord.TryGetValue(word, out var known)) return known;
        return text switch
        {
            [.., 'i' or 'I', 'n' or 'N', 'g' or 'G'] => Ing,
            [.., 'e' or 'E', 'd' or 'D'] => Ed,
            [.., 'l' or 'L', 'y' or 'Y'] => Ly,
            _ => Other,
        };
    }

    private static readonly ulong Ing = WordReader.HashOf("ING");
    private static readonly ulong Ed = WordReader.HashOf("ED");
    private static readonly ulong Ly = WordReader.HashOf("LY");

    private static FrozenDictionary<ulong, ulong> Build()
    {
        var classes = new Dictionary<ulong, ulong>();
        foreach (var (name, words) in Table)
        {
            foreach (var word in words.Split(' '))
                classes.TryAdd(WordReader.HashOf(word), WordReader.HashOf(name));
        }

        return classes.ToFrozenDictionary();
    }
}
