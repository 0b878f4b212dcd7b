using Parley.Protocol;

namespace Parley.Tests.Protocol;

/// <summary>A summary is shown under the names that its speakers have by now, and the best of each range is shown.</summary>
public sealed class SummaryTextTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private readonly TranscriptProjection _view = new();
    private long _event;

    [Theory]
    [InlineData("spk_1 will call spk_10; (spk_1), spk_1's and xspk_1 stay or go.", "Ana will call spk_10; (Ana), Ana's and xspk_1 stay or go.")]
    [InlineData("**spk_1**: SPK_1 is another word, spk_1é as well.", "**Ana**: SPK_1 is another word, spk_1é as well.")]
    public void In_a_models_text_a_name_is_replaced_as_a_whole_word(string text, string shown)
    {
        Tell(Summary(text, 5, SummaryAuthors.Model, "spk_1", "spk_10"));
        Name("spk_1", "Ana");
        Assert.Equal(shown, _view.Summary!.Text);
    }

    [Fact]
    public void In_a_summary_without_a_model_only_the_speaker_of_a_line_is_replaced()
    {
        Tell(Summary("## Topics\n\n- [00:03] ana: i am ana: yes\n- [00:04] ana b: ana\n- ana: no", 5, SummaryAuthors.Extractive, "ana", "ana b"));
        Name("ana", "Ana Lima");
        Name("ana b", "Ben");
        Assert.Equal("## Topics\n\n- [00:03] Ana Lima: i am ana: yes\n- [00:04] Ben: ana\n- ana: no", _view.Summary!.Text);
    }

    [Fact]
    public void Speakers_that_change_names_with_each_other_are_not_mixed_up()
    {
        Tell(Summary("a asks, b answers.", 5, SummaryAuthors.Model, "a", "b"));
        Name("a", "x");
        Name("b", "a");
        Name("x", "b");
        Assert.Equal("b asks, a answers.", _view.Summary!.Text);
    }

    [Fact]
    public void Two_speakers_who_are_one_have_one_name_and_later_summaries_have_it_as_well()
    {
        Name("spk_2", "Ana");
        Tell(Summary("spk_1 and spk_2 agree.", 5, SummaryAuthors.Model, "spk_1", "spk_2"));
        Name("spk_1", "Ana");
        Name("Ana", "Ana Lima");
        Assert.Equal("Ana Lima and Ana Lima agree.", _view.Summary!.Text);
    }

    [Fact]
    public void The_text_of_an_older_server_stays_as_it_is()
    {
        Tell(new SummaryPayload("- [00:03] ana: yes", 1, 5, SummaryKinds.Final));
        Name("ana", "Ben");
        Assert.Equal("- [00:03] ana: yes", _view.Summary!.Text);
    }

    [Fact]
    public void Of_each_range_the_best_is_shown()
    {
        Tell(Summary("quoted to 5", 5, SummaryAuthors.Extractive));
        Tell(Summary("quoted to 9", 9, SummaryAuthors.Extractive));
        Tell(Summary("written to 5", 5, SummaryAuthors.Model));
        Assert.Equal(["written to 5", "quoted to 9"], _view.Summaries.Select(summary => summary.Text));
        Assert.Equal("quoted to 9", _view.Summary!.Text);

        Tell(Summary("quoted at last", 9, SummaryAuthors.Extractive) with { Kind = SummaryKinds.Final });
        Assert.Equal("quoted at last", _view.Summary.Text);
        Tell(new SummaryFailedPayload(SummaryKinds.Final, 1, 9, "timeout", 4));
        Assert.Equal("timeout", _view.SummaryFailure!.Reason);
        Tell(Summary("written at last", 9, SummaryAuthors.Model) with { Kind = SummaryKinds.Final });
        Tell(Summary("written to 9, late", 9, SummaryAuthors.Model));
        Assert.Equal(["written to 5", "written to 9, late", "written at last"], _view.Summaries.Select(summary => summary.Text));
        Assert.Equal(("written at last", (SummaryFailedPayload?)null), (_view.Summary.Text, _view.SummaryFailure));
    }

    private static SummaryPayload Summary(string text, long to, string author, params string[] speakers) => new(text, 1, to, SummaryKinds.Incremental)
    {
        Author = author,
        Speakers = speakers.Length == 0 ? null : speakers.ToDictionary(speaker => speaker),
    };

    private void Name(string from, string to) => Tell(new SpeakerRevisionPayload([], to, from));

    private void Tell(ServerPayload payload) => _view.Apply(new Envelope { EventId = ++_event, StreamId = Stream, TsServer = 0, Payload = payload });
}
