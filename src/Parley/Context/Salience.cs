using System.Numerics;

namespace Parley.Context;

/// <summary>What a conversation is about: how much each term tells, and the topics.</summary>
internal sealed class Salience
{
    private const int FewestTopicMentions = 2;
    private const double SingleMentionWeight = 0.5;

    // A pair of words says more than both alone: "belief net" before "net".
    private const double PairBonus = 1.6;

    private readonly Dictionary<string, int> _mentions = [];
    private readonly Dictionary<string, Dictionary<string, int>> _forms = [];

    public Salience(IEnumerable<Utterance> utterances)
    {
        foreach (var utterance in utterances)
        {
            var said = new HashSet<string>();
            string? before = null;
            var beforeWord = "";
            foreach (var (word, term) in utterance.Words.Zip(utterance.Terms))
            {
                if (term is not null)
                {
                    Mention(term, word, said);
                    if (before is not null && before != term)
                        Mention($"{before} {term}", $"{beforeWord} {word}", said);
                }

                (before, beforeWord) = (term, word);
            }
        }
    }

    /// <summary>How much a term tells: little where it came up once, then growing slowly with the utterances it is in.</summary>
    public double Weight(string term) => _mentions.GetValueOrDefault(term) switch
    {
        0 => 0,
        1 => SingleMentionWeight,
        var mentions => Log2(1 + mentions),
    };

    /// <summary>The terms that came up most, as they were mostly said. A word whose mentions are mostly those of a chosen pair is left out.</summary>
    public List<string> Topics(int most)
    {
        var chosen = new List<string>();
        foreach (var (term, mentions) in _mentions
            .Where(entry => entry.Value >= FewestTopicMentions)
            .OrderByDescending(entry => entry.Value * Math.Sqrt(entry.Key.Length) * (entry.Key.Contains(' ') ? PairBonus : 1))
            .ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (chosen.Count >= most)
                break;
            if (!chosen.Exists(topic => Overlaps(topic, term, mentions)))
                chosen.Add(term);
        }

        return chosen.ConvertAll(term => _forms[term].OrderByDescending(form => form.Value).ThenBy(form => form.Key, StringComparer.Ordinal).First().Key);
    }

    // Straight between the powers of two. The platform's may differ in its last digit; this is the same everywhere.
    private static double Log2(int number)
    {
        var power = BitOperations.Log2((uint)number);
        return power + ((double)number / (1 << power)) - 1;
    }

    private bool Overlaps(string topic, string term, int mentions)
    {
        var (topicWords, termWords) = (topic.Split(' '), term.Split(' '));
        if (!topicWords.Intersect(termWords).Any())
            return false;
        return termWords.Length >= topicWords.Length || 2 * _mentions[topic] > mentions;
    }

    private void Mention(string term, string form, HashSet<string> said)
    {
        if (!said.Add(term))
            return;
        _mentions[term] = _mentions.GetValueOrDefault(term) + 1;
        if (!_forms.TryGetValue(term, out var forms))
            _forms[term] = forms = [];
        var shown = form.TrimEnd('.', ',', '?', '!', ';', ':');
        forms[shown] = forms.GetValueOrDefault(shown) + 1;
    }
}
