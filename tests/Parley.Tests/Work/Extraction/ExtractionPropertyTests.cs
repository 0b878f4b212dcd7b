using FsCheck;
using FsCheck.Fluent;
using Parley.Work;
using Reader = Parley.Work.Extraction;

namespace Parley.Tests.Work.Extraction;

public class ExtractionPropertyTests
{
    private const int Segments = 4;
    private const int Megabyte = 1024 * 1024;
    private const string Slips = "{}[]\",:'\\/\ud800\0 1eN";

    private static readonly Config Thousands = Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(20);

    [Fact]
    public void A_right_answer_is_read_the_same_however_it_is_written() => Check.One(Thousands, Prop.ForAll(
        Answers.Items.ToArbitrary(), Answers.Styles.ToArbitrary(), (items, style) =>
        {
            var found = Reader.Read(style.Write(items), Segments);
            for (var segment = 1; segment <= Segments; segment++)
                Assert.Equal(items.Where(item => item.Segment == segment).Select(item => item.Said), found[segment - 1].Items);
            Assert.All(found, of => Assert.Equal(0, of.Invalid));
        }));

    [Fact]
    public void What_is_cut_off_is_never_taken_for_whole() => Check.One(Thousands, Prop.ForAll(
        Answers.Items.Where(items => items.Count > 0).ToArbitrary(), Answers.Styles.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (items, style, at) =>
        {
            style = style with { Prose = false, Fence = false };
            var answer = style.Write(items).Trim();
            Assert.Throws<InvalidAnswerException>(() => Reader.Read(answer[..(at % answer.Length)], Segments));
        }));

    [Fact]
    public void Whatever_comes_is_read_or_is_an_invalid_answer() =>
        Check.One(Thousands.WithMaxTest(20_000).WithEndSize(80), Prop.ForAll(Answers.Junk.ToArbitrary(), ReadOrRefuse));

    [Fact]
    public void A_right_answer_with_a_slip_is_read_or_is_an_invalid_answer() => Check.One(Thousands.WithMaxTest(10_000), Prop.ForAll(
        Answers.Items.ToArbitrary(), Answers.Styles.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (items, style, slip) =>
        {
            var answer = style.Write(items);
            var at = slip % answer.Length;
            ReadOrRefuse(answer.Remove(at, 1));
            ReadOrRefuse(answer.Insert(at, Slips[slip % Slips.Length].ToString()));
        }));

    public static TheoryData<string> Hostile => new(
        new string('{', Megabyte),
        new string('[', Megabyte),
        string.Concat(Enumerable.Repeat("[{", Megabyte / 2)),
        string.Concat(Enumerable.Repeat("{\"a\":", Megabyte / 5)),
        string.Concat(Enumerable.Repeat("{'", Megabyte / 2)),
        string.Concat(Enumerable.Repeat("[]", Megabyte / 2)),
        string.Concat(Enumerable.Repeat("{}", Megabyte / 2)),
        "{\"items\": [{\"segment\": " + new string('9', Megabyte) + "}]}",
        "{\"items\": [{\"segment\": 1, \"what\": " + new string('9', Megabyte) + "}]}",
        "{\"items\": [{\"segment\": 1, \"what\": \"" + new string('a', Megabyte),
        "{\"items\": [{\"segment\": 1, \"what\": \"" + new string('\ud800', Megabyte) + "\"}]}",
        "{\"items\": [" + string.Concat(Enumerable.Repeat("1,", Megabyte / 2)) + "]}",
        "{" + string.Concat(Enumerable.Repeat("\"items\": [],", Megabyte / 12)) + "}",
        "{/*" + new string('*', Megabyte),
        "{'" + new string('\'', Megabyte),
        new string('\\', Megabyte));

    [Theory, MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public void A_hostile_answer_costs_no_more_than_its_length_allows(string answer)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadOrRefuse(answer);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400L * answer.Length);
    }

    private static void ReadOrRefuse(string answer)
    {
        try
        {
            Assert.Equal(Segments, Reader.Read(answer, Segments).Count);
        }
        catch (InvalidAnswerException)
        {
            // The only exception there may be.
        }
    }
}
