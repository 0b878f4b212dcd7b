using System.Globalization;
using System.Text.Json;

namespace Parley.Redaction.Numbers;

/// <summary>The words of one language in numbers and near them, as its JSON file has them.</summary>
internal sealed class NumberLanguage
{
    private readonly JsonElement _words;

    private NumberLanguage(JsonElement words) => _words = words;

    /// <summary>Reads a built-in language.</summary>
    /// <param name="code">Its ISO 639-1 code.</param>
    public static NumberLanguage Read(string code)
    {
        using var stream = typeof(NumberLanguage).Assembly.GetManifestResourceStream($"Parley.Redaction.{code}.json")
            ?? throw new InvalidOperationException($"There are no words for numbers in \"{code}\".");
        using var document = JsonDocument.Parse(stream);
        return new(document.RootElement.Clone());
    }

    /// <summary>Returns the words that are parts of numbers.</summary>
    public IEnumerable<(string Word, NumberWord Number)> Numbers() =>
    [
        .. Valued("digits", NumberRole.Digit), .. Valued("teens", NumberRole.Teen), .. Valued("tens", NumberRole.Ten),
        .. Valued("hundreds", NumberRole.Hundreds), .. Valued("repeat", NumberRole.Repeat), .. Compounds(),
        .. Split("hundred", ' ').Select(word => (word, new NumberWord(NumberRole.Hundred, 100))),
        .. Split("large", ' ').Select(word => (word, new NumberWord(NumberRole.Large, 0))),
    ];

    /// <summary>Returns the words of a list; of two words where the list has such.</summary>
    public IEnumerable<string> Words(string list) => Split(list, ',');

    // Languages that write numbers up to 999 as one word: "zweiundvierzig", "dreihundertzwölf".
    private IEnumerable<(string, NumberWord)> Compounds()
    {
        var stems = Pairs("compounds").ToList();
        if (stems.Count == 0) yield break;
        List<(string Word, int Value)> small =
        [
            .. Pairs("digits"), .. Pairs("teens"), .. Pairs("tens"),
            .. from ten in Pairs("tens") from one in stems select ($"{one.Word}{Reversed}{ten.Word}", ten.Value + one.Value),
        ];
        foreach (var (word, value) in small.Where(entry => entry.Value > 20 && entry.Value % 10 > 0))
            yield return (word, new(NumberRole.Whole, value));
        foreach (var hundred in Split("hundred", ' '))
        {
            foreach (var (stem, count) in stems)
            {
                yield return ($"{stem}{hundred}", new(NumberRole.Hundreds, count * 100));
                foreach (var (word, value) in small) yield return ($"{stem}{hundred}{word}", new(NumberRole.Whole, (count * 100) + value));
            }
        }
    }

    private string Reversed => Split("reversed", ' ').Single();

    private IEnumerable<(string, NumberWord)> Valued(string list, NumberRole role) =>
        Pairs(list).Select(pair => (pair.Word, new NumberWord(role, pair.Value)));

    private IEnumerable<(string Word, int Value)> Pairs(string list) =>
        Split(list, ' ').Select(pair => pair.Split('=')).Select(pair => (pair[0], int.Parse(pair[1], CultureInfo.InvariantCulture)));

    private string[] Split(string list, char by) => _words.TryGetProperty(list, out var words)
        ? words.GetString()!.Split(by, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];
}
