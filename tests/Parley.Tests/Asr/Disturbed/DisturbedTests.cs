using System.Globalization;
using Parley.Asr;

namespace Parley.Tests.Asr.Disturbed;

/// <summary>
/// Whatever happens to a recogniser's messages, every word of a final is said or recorded, no word is lost, and none is said twice but
/// where it is counted as a possible repeat. Set <c>PARLEY_CONVERSATIONS</c> to hear more of them, and see the rates: beyond
/// <see cref="WithoutChance"/>, in one of some thousands, words have by chance the key and the times, or the words and the times, of others
/// before the clock was set back.
/// </summary>
public sealed class DisturbedTests(ITestOutputHelper output)
{
    private const int FewConversations = 1_400;
    private const int WithoutChance = 22_330;
    private const int ConversationsOfOneChance = 2_000;

    [Fact]
    public void No_word_is_lost_and_a_word_that_may_be_doubled_is_counted()
    {
        var wanted = Environment.GetEnvironmentVariable("PARLEY_CONVERSATIONS");
        var conversations = int.TryParse(wanted, CultureInfo.InvariantCulture, out var many) ? many : FewConversations;
        var wrong = new List<string>();
        foreach (var vendor in Vendors.All)
        {
            var (words, possible, doubled) = (0, 0, 0);
            for (var seed = 0; seed < conversations / Vendors.All.Count; seed++)
            {
                var conversation = new DisturbedConversation(vendor, seed);
                var heard = Heard.Of(vendor.Format, conversation.Messages);
                var (lost, twice) = Compare(conversation.Words, heard);
                var counted = PossibleRepeats(heard);
                words += conversation.Words.Count;
                possible += counted;
                doubled += twice.Count;
                if (lost.Count > 0) wrong.Add($"{vendor}, seed {seed}: lost {string.Join(' ', lost)}");
                var unrecorded = Unrecorded(conversation, heard);
                Assert.True(unrecorded.Count == 0, $"{vendor}, seed {seed}: no record of {string.Join(' ', unrecorded)}");
                if (twice.Count > counted) wrong.Add($"{vendor}, seed {seed}: said twice {string.Join(' ', twice)}, {counted} counted");
            }

            var (undecided, twiceSaid) = (100.0 * possible / words, 100.0 * doubled / words);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{vendor}: {words} words, {undecided:0.00} % counted, {twiceSaid:0.00} % doubled"));
        }

        foreach (var conversation in wrong) output.WriteLine(conversation);
        var chance = conversations <= WithoutChance ? 0 : conversations / ConversationsOfOneChance;
        Assert.True(wrong.Count <= chance, string.Join('\n', wrong));
    }

    private static (List<string> Lost, List<string> Twice) Compare(IEnumerable<string> truth, Heard heard)
    {
        var lost = truth.Select(Heard.Bare).ToList();
        var twice = new List<string>();
        foreach (var word in heard.Texts.SelectMany(text => Heard.Bare(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!lost.Remove(word)) twice.Add(word);
        }

        return (lost, twice);
    }

    // Every word of a final is said, or in the record of why it is not: as often as it came.
    private static List<string> Unrecorded(DisturbedConversation conversation, Heard heard)
    {
        var kept = heard.Outputs
            .Where(said => said.Kind == AsrOutputKind.Committed || (said.Kind == AsrOutputKind.Anomaly && said.Anomaly.LeavesOut()))
            .SelectMany(said => Heard.Bare(said.Chunk.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return [.. conversation.FinalWords.Select(Heard.Bare).Where(word => !kept.Remove(word))];
    }

    private static int PossibleRepeats(Heard heard) => heard.Outputs
        .Where(said => said is { Kind: AsrOutputKind.Anomaly, Anomaly: AsrAnomaly.PossibleRepeat })
        .Sum(said => Heard.Bare(said.Chunk.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
}
