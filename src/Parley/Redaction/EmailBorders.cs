namespace Parley.Redaction;

/// <summary>
/// Decides how far an address goes where chunks meet without a space: the words there are one word, or two of which only one is of the address.
/// </summary>
internal static class EmailBorders
{
    // What people say in front of an address. "a", "an", "do" and the like are left out: they are as likely a piece of a name.
    private static readonly HashSet<string> Ordinary = new(
        ("is to so ok my me we the and for you your our his its are was were been will can could would should may "
        + "mail email e-mail address mailbox write send sent sending reach contact use using via from with this that then than there here please thanks thank "
        + "well yes not never now just also only under called name it's that's i'm use ask asked copy forward try new have does "
        + "say said says which what who when where how invoice invoices account say okay right sure great good hello hey sorry again "
        + "ist das und oder auf unter bei für von meine mein deine ihre adresse mailadresse schreib schreiben sie mir mich uns bitte danke lautet "
        + "also dann nein gut mon votre adresse écris écrivez envoyez moi pour c'est merci non voici "
        + "correo dirección escribe escriba envía mándalo por para gracias aquí")
            .Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> TopLevels = new(
        ("com org net edu gov mil int info biz name pro app dev xyz online site shop cloud mobi email tech blog store live "
        + "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co "
        + "cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn "
        + "hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml "
        + "mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw "
        + "sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg "
        + "vi vn vu wf ws ye yt za zm zw").Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns where an address begins: behind the last border that parts its name from a word in front of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where its name may begin.</param>
    /// <param name="end">Where its name ends.</param>
    public static int StartOf(string text, int start, int end)
    {
        var head = start;
        while (head < end && !char.IsWhiteSpace(text[head])) head++;
        for (var border = head - 1; border >= start; border--)
        {
            if (text[border] == Spoken.Border && border + 1 < head && !GoesOn(text, start, border)) return border + 1;
        }

        return start;
    }

    /// <summary>Returns where an address ends: at the first border behind a whole domain.</summary>
    /// <param name="text">The text.</param>
    /// <param name="domain">Where the domain begins.</param>
    /// <param name="top">Where its last label begins.</param>
    /// <param name="end">Where it may end.</param>
    public static int EndOf(string text, int domain, int top, int end)
    {
        for (var border = domain; border < top; border++)
        {
            if (text[border] != Spoken.Border || !IsWhole(text[domain..border]) || GoesOn(text[domain..border], text[(border + 1)..end])) continue;
            return text[border - 1] == '.' ? border - 1 : border;
        }

        return EndOfTop(text, top, end);
    }

    private static bool GoesOn(string text, int start, int border)
    {
        if (border == start) return false;
        var (last, next) = (text[border - 1], text[border + 1]);
        if (char.IsLower(last) && char.IsUpper(next)) return false;
        var from = border;
        while (from > start && text[from - 1] != Spoken.Border) from--;
        return !Ordinary.Contains(text[from..border].TrimEnd('.')) || (!char.IsLetterOrDigit(next) && next != Spoken.Border);
    }

    // "example.co" and ".uk" or "m", "example.de" and "mo.com"; not "example.com." and "Never".
    private static bool GoesOn(string domain, string rest)
    {
        var next = Plain(rest);
        var label = next.TrimStart('.');
        var isLabel = domain.EndsWith('.') || next.StartsWith('.');
        var dot = label.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0) return TopLevels.Contains(LettersOf(label[(dot + 1)..]));
        var piece = LettersOf(rest.TrimStart('.', Spoken.Border));
        return isLabel
            ? TopLevels.Contains(piece) && char.IsLower(piece[0]) == char.IsLower(domain[0])
            : TopLevels.Contains(domain[(domain.LastIndexOf('.') + 1)..] + piece);
    }

    private static bool IsWhole(string domain)
    {
        var plain = Plain(domain).TrimEnd('.');
        var dot = plain.LastIndexOf('.');
        return dot > 0 && TopLevels.Contains(plain[(dot + 1)..]);
    }

    // The most pieces that make a known one; of an unknown one, two.
    private static int EndOfTop(string text, int top, int end)
    {
        var (known, second, pieces, letters) = (-1, end, 0, "");
        for (var at = top; at < end;)
        {
            var from = at;
            while (at < end && char.IsLetter(text[at])) at++;
            letters += text[from..at];
            if (++pieces == 2 && letters.Length > 2) second = at;
            if (TopLevels.Contains(letters)) known = at;
            while (at < end && !char.IsLetter(text[at])) at++;
        }

        return known >= 0 ? known : second;
    }

    private static string LettersOf(string text) => new([.. text.TakeWhile(char.IsLetter)]);

    private static string Plain(string text) => text.Replace($"{Spoken.Border}", "", StringComparison.Ordinal);
}
