using Parley.Work;

namespace Parley.Tests.Work;

public class ReasoningFilterTests
{
    public static TheoryData<string, string> Answers => new()
    {
        { "Nine euros.", "Nine euros." },
        { "<think>They ask about the ferry.</think>\n\nNine euros.", "Nine euros." },
        { "<think>\n\n</think>\n\nNine euros.", "Nine euros." },
        { " \n<THINK>loud</THINK>Nine euros.", "Nine euros." },
        { "<think>one</think><think>two</think>Nine euros.", "Nine euros." },
        { "<thinking>a < b</thinking>Nine euros.", "Nine euros." },
        { "[THINK]Magistral[/THINK]Nine euros.", "Nine euros." },
        { "◁think▷Kimi◁/think▷Nine euros.", "Nine euros." },
        { "<think>It never ends", "" },
        { "They ask about the ferry.\n</think>\n\nNine euros.", "Nine euros." },
        { "One <think> is a tag, </think> is its end.", "One <think> is a tag, </think> is its end." },
        { "Nine euros. <think> was said.", "Nine euros. <think> was said." },
        { "<thin ice", "<thin ice" },
        { "<", "<" },
        { "a <| b |> c", "a <| b |> c" },
        { "<|channel|>analysis<|message|>We need a price.<|end|><|start|>assistant<|channel|>final<|message|>Nine euros.<|return|>", "Nine euros." },
        { "<|start|>assistant<|channel|>final<|message|>Nine euros.", "Nine euros." },
        { "<|channel|>final <|constrain|>json<|message|>{\"items\": []}<|return|>", "{\"items\": []}" },
        { "<|channel|>commentary<|message|>{}<|call|><|channel|>final<|message|>Nine euros.", "Nine euros." },
        { "<|channel|>analysis<|message|>We need a price", "" },
        { "analysisWe need a price.assistantfinalNine euros.", "Nine euros." },
        { "analysis of the price: nine euros", "analysis of the price: nine euros" },
        { "", "" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void Reasoning_in_front_stays_out_of_the_answer_however_it_is_cut_into_pieces(string said, string answer)
    {
        for (var size = 1; size <= said.Length + 1; size++)
        {
            var filter = new ReasoningFilter();
            foreach (var piece in said.Chunk(size)) filter.Add(new string(piece));
            filter.End();
            Assert.Equal(answer, filter.Answer);
        }
    }

    [Theory, MemberData(nameof(Answers))]
    public void What_is_shown_is_the_answer_where_reasoning_is_opened_or_expected(string said, string answer)
    {
        var isUnopened = said.StartsWith("They ask", StringComparison.Ordinal);
        for (var size = 1; size <= said.Length + 1; size++)
        {
            var filter = new ReasoningFilter(expectsUnopened: isUnopened);
            var shown = string.Concat(said.Chunk(size).Select(piece => filter.Add(new string(piece))));
            Assert.Equal(answer, shown + filter.End());
            Assert.Equal(isUnopened, filter.WasUnopened);
        }
    }

    [Fact]
    public void An_answer_of_a_model_that_is_expected_to_reason_and_does_not_is_shown_at_its_end()
    {
        var filter = new ReasoningFilter(expectsUnopened: true);
        Assert.Equal("", filter.Add("Nine euros"));
        Assert.Equal("", filter.Add("."));
        Assert.Equal("Nine euros.", filter.End());
        Assert.False(filter.HasReasoning);
    }
}
