using Parley.Tests.Support;
using Parley.Transcripts;
using Parley.Turns;

namespace Parley.Tests.Turns;

/// <summary>White space, case and words, as Python takes them in the reference.</summary>
public sealed class ReferenceTextTests
{
    public static TheoryData<string> Vectors => Golden.Names("reference_text.jsonl");

    [Theory, MemberData(nameof(Vectors))]
    public void A_text_is_taken_apart_as_the_reference_does(string name)
    {
        var vector = Golden.Case("reference_text.jsonl", name);
        var text = vector["text"]!.GetValue<string>();
        Assert.Equal(vector["trimmed"]!.GetValue<string>(), ReferenceText.Trim(text).ToString());
        Assert.Equal(vector["words"]!.AsArray().Select(word => word!.GetValue<string>()), ReferenceText.Words(text));

        var turn = Assert.Single(OfflineTurns.Build(new Transcript("", "", new TranscriptSegment(0, 0, 1, text, "a"))));
        Assert.Equal(vector["trimmed"]!.GetValue<string>(), turn.Text);
        Assert.Equal(vector["is_question"]!.GetValue<bool>() ? 1 : 0, turn.Metadata!.QuestionCount);
        Assert.Equal(vector["disfluency"]!.GetValue<double>(), turn.Metadata.DisfluencyRatio);
    }
}
