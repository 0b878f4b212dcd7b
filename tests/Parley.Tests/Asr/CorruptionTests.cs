using Parley.Asr;
using Parley.Tests.Asr.Simulation;

namespace Parley.Tests.Asr;

public sealed class CorruptionTests
{
    // Set PARLEY_CORRUPTIONS to try more of them.
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("PARLEY_CORRUPTIONS"), out var many) ? many : 10_000;

    [Fact]
    public void Whatever_is_dropped_doubled_swapped_or_truncated_no_word_is_said_twice()
    {
        var conversation = Conversation.OfUniqueWords();
        var streams = Dialect.All.Select(dialect => (dialect, messages: dialect.Speak(conversation))).ToList();
        for (var seed = 0; seed < Cases; seed++)
        {
            var (dialect, messages) = streams[seed % streams.Count];
            var (corrupted, truncated) = Corrupt(messages, new Random(seed));
            var heard = Heard.Of(dialect.Format, corrupted);

            var twice = SaidTwice(heard);
            Assert.True(twice is null || IsCounted(dialect, heard), $"{dialect.Name}, seed {seed}: {twice} was said twice");
            Assert.Equal(truncated, heard.Count(AsrAnomaly.Malformed));
        }
    }

    [Fact]
    public void What_is_lost_with_a_message_of_changes_is_counted()
    {
        var conversation = Conversation.OfUniqueWords();
        foreach (var dialect in Dialect.All.Where(dialect => dialect.SendsChanges))
        {
            var messages = dialect.Speak(conversation);
            for (var missing = 0; missing < messages.Count; missing++)
            {
                var heard = Heard.Of(dialect.Format, messages.Where((_, i) => i != missing));
                var said = string.Join(' ', heard.Texts);
                var lost = conversation.Words.FirstOrDefault(word => !said.Contains(word.Text, StringComparison.Ordinal));
                Assert.True(lost is null || heard.Count(AsrAnomaly.MessagesMissing) > 0, $"message {missing}: {lost?.Text} is lost");
            }
        }
    }

    public static TheoryData<string> Names => DialectTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_message_doubled_changes_nothing_and_is_counted(string name)
    {
        var dialect = Dialect.All.Single(dialect => dialect.Name == name);
        var messages = dialect.Speak(Conversation.Shared);

        var once = Heard.Of(dialect.Format, messages);
        var doubled = Heard.Of(dialect.Format, messages.SelectMany(message => new[] { message, message }));

        Assert.Equal(once.Chunks(), doubled.Chunks());
        if (!dialect.RepeatsText) Assert.True(doubled.Count(AsrAnomaly.Repeated) >= once.Chunks().Count / 2, $"{doubled.Count(AsrAnomaly.Repeated)} counted");
    }

    // What is said twice is counted, where a message alone cannot tell that it is out of order.
    private static bool IsCounted(Dialect dialect, Heard heard) =>
        (dialect.SendsChanges && heard.Count(AsrAnomaly.MessagesMissing) > 0)
        || (dialect.MayLackTimes && heard.Count(AsrAnomaly.PossibleRepeat) > 0);

    // A word misheard in an interim lacks its last letter; what a cut inside a word leaves over is shorter or longer. An interim that was
    // committed, and that has no key, cannot be told from its final.
    private static string? SaidTwice(Heard heard) => heard.Committed
        .Where(output => output.Reason == AsrCommitReason.Final || output.Key is not null)
        .SelectMany(output => Heard.Bare(output.Chunk.Text).Split(' '))
        .Where(word => word.Length is 3 or 4).GroupBy(word => word[..3]).FirstOrDefault(word => word.Count() > 1)?.Key;

    private static (List<string> Messages, int Truncated) Corrupt(IReadOnlyList<string> messages, Random random)
    {
        var corrupted = messages.ToList();
        var truncated = new HashSet<string>(ReferenceEqualityComparer.Instance);
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            var at = random.Next(corrupted.Count);
            switch (random.Next(4))
            {
                case 0: corrupted.RemoveAt(at); break;
                case 1: corrupted.Insert(random.Next(2) == 0 ? at : random.Next(at, corrupted.Count), corrupted[at]); break;
                case 2:
                    var other = random.Next(2) == 0 ? Math.Min(at + 1, corrupted.Count - 1) : random.Next(corrupted.Count);
                    (corrupted[at], corrupted[other]) = (corrupted[other], corrupted[at]);
                    break;
                default:
                    if (corrupted[at].Length < 2) break;
                    corrupted[at] = corrupted[at][..random.Next(1, corrupted[at].Length)];
                    truncated.Add(corrupted[at]);
                    break;
            }
        }

        return (corrupted, corrupted.Count(truncated.Contains));
    }
}
