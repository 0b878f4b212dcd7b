using Parley.Redaction;

namespace Parley.Tests.Redaction;

public class RedactorTests
{
    private static readonly Redactor All = new();

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111")]
    [InlineData("4111, 1111, 1111, 1111")]
    [InlineData("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData("four one one one one one one one one one one one one one one one")]
    [InlineData("Four one 11 1111 1111 one one one one")]
    [InlineData("3782 822463 10005")]
    [InlineData("٤١١١ ١١١١ ١١١١ ١١١١")]
    public void Cards_are_found_as_people_say_and_write_them(string card) =>
        Assert.Equal("my card is [card] ok", new Redactor(Only with { Cards = true }).Redact($"my card is {card} ok"));

    [Theory]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("1706400000000")]
    [InlineData("411111111111")]
    public void Digits_that_are_no_card_stay_when_only_cards_go(string digits) =>
        Assert.Equal($"it is {digits}", new Redactor(Only with { Cards = true }).Redact($"it is {digits}"));

    [Fact]
    public void A_card_beside_other_digits_goes_whatever_they_make_of_it() =>
        Assert.DoesNotContain("1111", new Redactor(Only with { Cards = true }).Redact("12 4111 1111 1111 1111 03 27"), StringComparison.Ordinal);

    [Theory]
    [InlineData("ana.smith@example.com")]
    [InlineData("ana+news@mail.example.co.uk")]
    [InlineData("jörg@müller.de")]
    [InlineData("ana @ example.com")]
    [InlineData("ana at example.com")]
    [InlineData("ana@example dot com")]
    [InlineData("ana dot smith at mail dot example dot com")]
    public void Addresses_are_found_written_and_said(string address) =>
        Assert.Equal("write to me, [email], today", All.Redact($"write to me, {address}, today"));

    [Theory]
    [InlineData("+49 30 1234567")]
    [InlineData("+1 (415) 555-0132")]
    [InlineData("(415) 555-0132")]
    [InlineData("030/1234567")]
    [InlineData("415.555.0132")]
    [InlineData("four one five five five five oh one three two")]
    public void Phone_numbers_are_found_however_they_are_grouped(string number) => Assert.Equal("call [phone] now", All.Redact($"call {number} now"));

    [Theory]
    [InlineData("DE89370400440532013000")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("de 89 3704 0044 0532 0130 00")]
    [InlineData("D E eight nine 3704 0044 0532 0130 zero zero")]
    [InlineData("GB29 NWBK 6016 1331 9268 19")]
    [InlineData("NL91ABNA0417164300")]
    public void Account_numbers_are_found_by_length_and_check_digits(string iban) => Assert.Equal("pay to [iban] please", All.Redact($"pay to {iban} please"));

    [Fact]
    public void An_account_number_that_fails_its_check_is_none() =>
        Assert.Equal("DE89 3704 0044 0532 0130 01", new Redactor(Only with { Ibans = true }).Redact("DE89 3704 0044 0532 0130 01"));

    [Theory]
    [InlineData("")]
    [InlineData("we meet at 10 30 in room 12 on January 15, 2024, 1,000,000 of them")]
    [InlineData("at 10 we started and one of the two said no to it")]
    [InlineData("look at this, e.g. the U.S. one @ noon")]
    [InlineData("in 2019 2020 and so on")]
    public void Other_text_is_the_same_text(string text) => Assert.Same(text, All.Redact(text));

    [Fact]
    public void A_pattern_of_ones_own_has_its_name_in_the_text() =>
        Assert.Equal("case [case-id].", new Redactor(Only with { Patterns = [new("case-id", "[A-Z]{2}-\\d{4}")] }).Redact("case ab-1234."));

    [Theory]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)b")]
    [InlineData("(")]
    [InlineData("a*")]
    public void A_pattern_that_is_not_bounded_in_time_or_matches_nothing_is_refused_by_name(string regex) =>
        Assert.Contains("\"mine\"", Assert.Throws<ArgumentException>(() => new RedactionPattern("mine", regex)).Message, StringComparison.Ordinal);

    [Fact]
    public void Hostile_text_takes_time_in_proportion_to_its_length()
    {
        // Quadratic search would take hours here; the test's own time-out is the measure.
        string[] hostile = [new('a', 200_000), new('1', 100_000), string.Concat(Enumerable.Repeat("a@", 50_000)), string.Concat(Enumerable.Repeat("de12", 50_000)), string.Concat(Enumerable.Repeat("a dot ", 30_000))];
        foreach (var text in hostile) Assert.NotNull(All.Redact(text));
    }

    internal static readonly RedactionConfig Only = new() { Cards = false, Emails = false, Phones = false, Ibans = false };
}
