namespace Parley.Tests.Asr.Simulation;

/// <summary>A word as it was said: the truth that recognisers report on.</summary>
internal sealed record SpokenWord(string Speaker, string Text, double Start, double End);

/// <summary>What a recogniser reports as one piece; more than one speaker may have said it.</summary>
internal sealed record Utterance(IReadOnlyList<SpokenWord> Words)
{
    public double Start => Words[0].Start;

    public double End => Words[^1].End;

    public string Text => string.Join(' ', Words.Select(word => word.Text));

    public string Speaker => Words[0].Speaker;

    /// <summary>The same, cut where the speaker changes.</summary>
    public IEnumerable<Utterance> BySpeaker()
    {
        var from = 0;
        for (var i = 1; i <= Words.Count; i++)
        {
            if (i < Words.Count && Words[i].Speaker == Words[from].Speaker) continue;
            yield return new([.. Words.Skip(from).Take(i - from)]);
            from = i;
        }
    }

    /// <summary>What is heard of it while it is said: longer and longer, the last word half.</summary>
    public IEnumerable<IReadOnlyList<SpokenWord>> Interims()
    {
        for (var count = 1; count <= Words.Count; count += 2)
        {
            var last = Words[count - 1];
            yield return [.. Words.Take(count - 1), last with { Text = Misheard(last.Text) }];
        }
    }

    private static string Misheard(string word)
    {
        var letters = word.TrimEnd('.', ',', '?');
        return letters.Length > 2 ? letters[..^1] : letters + "z";
    }
}

/// <summary>One connection to a recogniser: its clock starts at zero when it opens.</summary>
internal sealed record Connection(int Number, double OpenedAt, IReadOnlyList<Utterance> Utterances);

/// <summary>A conversation with known words, speakers and times, heard over two connections.</summary>
internal sealed class Conversation
{
    private const int SecondConnectionAt = 18;

    // "ana: … | ben: …" is heard as one piece.
    private static readonly string[] Script =
    [
        "ana: Harbour office, good morning, this is Ana.",
        "ben: Good morning, I would like to cancel my mooring.",
        "ana: Of course, may I ask for your boat's name?",
        "ben: It's the Heron, berth forty two.",
        "ana: Is that the wooden one with the blue sail?",
        "ben: Yes.",
        "ana: Yes.",
        "ana: I can see it here, paid until the end of March.",
        "ben: Then please cancel it from April on.",
        "ana: Do you want the deposit back on the same card? | ben: Yes, on the same card please.",
        "ana: That takes about five working days.",
        "ben: Five days is fine with me.",
        "ana: Could you tell me why you are leaving us?",
        "ben: I am moving the boat to the lake.",
        "ana: That sounds lovely, I'm a little jealous.",
        "ben: You should come and visit us one day.",
        "ana: I will send you the form this afternoon.",
        "ben: Do I need to sign it by hand?",
        "ana: No, a click is enough these days.",
        "ben: Good, I'll do it tonight then.",
        "ana: Please do not forget the key to the gate.",
        "ben: Right, where should I leave the key?",
        "ana: Just drop it in the box by the door. | ben: Okay, I will. | ana: Thank you.",
        "ben: Is there a fee for cancelling early?",
        "ana: There is no fee, we agreed on that last year.",
        "ben: Great, then we have decided everything.",
        "ana: Is there anything else that I can do?",
        "ben: No, that is all, thank you very much.",
        "ana: Thank you, and fair winds.",
        "ben: Goodbye.",
    ];

    private Conversation(IReadOnlyList<Connection> connections) => Connections = connections;

    public IReadOnlyList<Connection> Connections { get; }

    public IEnumerable<Utterance> Utterances => Connections.SelectMany(connection => connection.Utterances);

    public IEnumerable<SpokenWord> Words => Utterances.SelectMany(utterance => utterance.Words);

    public static Conversation Shared { get; } = Say(Script, SecondConnectionAt, pauseSec: 0.5);

    /// <summary>
    /// A conversation in which no word occurs twice, so that a word that does was said twice by the assembler. Two letters tell each word,
    /// so that halves of two words make no third.
    /// </summary>
    public static Conversation OfUniqueWords()
    {
        var next = 0;
        string Word() => $"{(char)('w' - (next / 26))}{(char)('a' + (next % 26))}{(char)('a' + (next++ % 26))}o";
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word()));
        return Say([.. Enumerable.Range(0, 10).Select(i => i is 3 or 7 ? $"ana: {Words(3)} | ben: {Words(2)}" : $"{(i % 2 == 0 ? "ana" : "ben")}: {Words(3 + (i % 4))}")], 6, pauseSec: 4);
    }

    private static Conversation Say(string[] script, int secondAt, double pauseSec)
    {
        var time = 0.4;
        var utterances = new List<Utterance>();
        foreach (var line in script)
        {
            var words = new List<SpokenWord>();
            foreach (var part in line.Split(" | "))
            {
                var (speaker, text) = (part[..3], part[5..]);
                foreach (var word in text.Split(' '))
                {
                    var end = Math.Round(time + 0.1 + (0.04 * word.Length), 2);
                    words.Add(new(speaker, word, Math.Round(time, 2), end));
                    time = Math.Round(end + 0.06, 2);
                }
            }

            utterances.Add(new(words));
            time = Math.Round(time + pauseSec + (0.1 * (utterances.Count % 3)), 2);
        }

        // The second connection opens when the last word of the first has been heard.
        var openedAt = utterances[secondAt - 1].End;
        return new([new(0, 0, utterances[..secondAt]), new(1, openedAt, utterances[secondAt..])]);
    }
}
