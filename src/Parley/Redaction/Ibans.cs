using System.Collections.Frozen;
using System.Globalization;
using Parley.Redaction.Numbers;

namespace Parley.Redaction;

/// <summary>International bank account numbers, in groups or not, with their digits written or said.</summary>
internal static class Ibans
{
    private const int CheckDigits = 4;

    // The lengths of the registry of ISO 13616.
    private static readonly FrozenDictionary<string, int> Lengths =
        ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 "
            + "GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 "
            + "MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 "
            + "TN24 TR26 UA29 VA22 VG24 XK20 YE30")
        .Split(' ').ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry[2..], CultureInfo.InvariantCulture));

    private static readonly FrozenSet<char> FirstLetters = Lengths.Keys.Select(country => country[0]).ToFrozenSet();

    /// <summary>All of them in a text, and where one may begin that goes on behind its end.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="firstOpen">The first token that may be the beginning of a longer word.</param>
    public static (List<Finding> Found, OpenEnd Open) In(TokenList tokens, int from, int firstOpen)
    {
        var text = tokens.Text;
        var found = new List<Finding>();
        var open = new OpenEnd(text.Length, IsTelling: false);
        for (var at = from; at < text.Length; at++)
        {
            if (!Spoken.StartsWord(text, at)) continue;
            var (end, symbols) = Read(tokens, at, firstOpen);
            if (end < 0) continue;
            if (symbols.Length >= CheckDigits && Lengths.TryGetValue(symbols[..2], out var length) && symbols.Length == length)
            {
                if (Modulo97(symbols) == 1) found.Add(new(at, end, "iban"));
            }
            else if (at < open.Start)
            {
                open = new(at, symbols.Length > CheckDigits);
            }
        }

        return (found, open);
    }

    /// <summary>
    /// The letters and digits from here to the length of the country's numbers or to the end of the text; -1 if neither is reached.
    /// </summary>
    private static (int End, string Symbols) Read(TokenList tokens, int at, int firstOpen)
    {
        var text = tokens.Text;
        var symbols = "";
        var length = int.MaxValue;
        var digits = 0;
        var language = -1;
        for (var next = at; next < text.Length && symbols.Length < length; next = Spoken.SkipGap(text, at))
        {
            if (next < 0) return (-1, "");
            var token = symbols.Length >= 2 ? tokens.IndexAt(next) : -1;
            if (symbols.Length >= 2 && CharUnicodeInfo.GetDecimalDigitValue(text[next]) is >= 0 and var digit)
            {
                symbols += (char)('0' + digit);
                digits++;
                at = next + 1;
            }
            else if (token >= 0 && ReadNumber(tokens, token, ref language) is { IsAmount: false } number)
            {
                // The last word may go on, unless it is the end of the number.
                if (number.Next > firstOpen && symbols.Length + number.Digits.Length < length) return (text.Length, symbols);
                symbols += number.Digits;
                digits += number.Digits.Length;
                at = tokens[number.Next - 1].End;
            }
            else if (token >= firstOpen)
            {
                return (text.Length, symbols);
            }
            else if (token >= 0 && digits > 0 && tokens[token].Is(TermUses.Filler))
            {
                at = tokens[token].End;
            }
            else if (char.IsAsciiLetter(text[next]) && symbols.Length is not (2 or 3))
            {
                symbols += char.ToUpperInvariant(text[next]);
                at = next + 1;
            }
            else
            {
                return (-1, "");
            }

            if (symbols.Length == 1 && !FirstLetters.Contains(symbols[0])) return (-1, "");
            if (symbols.Length == 2 && !Lengths.TryGetValue(symbols, out length)) return (-1, "");

            // Account numbers are digits for the most part; without this "at 10 we started" would be read on and on.
            if (symbols.Length > CheckDigits && symbols.Length - 2 - digits > (length - CheckDigits) / 2) return (-1, "");
        }

        return (at, symbols);
    }

    /// <summary>Reads a number that is said, in the language in which one was read before.</summary>
    private static SpokenNumber? ReadNumber(TokenList tokens, int at, ref int language)
    {
        if (tokens[at].Term is not { IsNumber: true }) return null;
        for (var any = 0; any < Vocabulary.Languages; any++)
        {
            if ((language >= 0 && any != language) || !SpokenNumber.TryRead(tokens, at, any, out var number)) continue;

            // "six" is of more than one language.
            if (!tokens[at].Term!.IsShared) language = any;
            return number;
        }

        return null;
    }

    private static int Modulo97(string iban) =>
        string.Concat(iban.AsSpan(CheckDigits), iban.AsSpan(0, CheckDigits))
            .Aggregate(0, (rest, c) => (char.IsAsciiDigit(c) ? (rest * 10) + (c - '0') : (rest * 100) + (c - 'A' + 10)) % 97);
}
