using Parley.Context;

namespace Parley.Tests.Context;

public class SpokenTextTests
{
    [Theory]
    [InlineData("so uh i think um we should go", "I think we should go")]
    [InlineData("the the ferry the ferry leaves", "The ferry leaves")]
    [InlineData("i i'm not sure it it's open", "I'm not sure it's open")]
    [InlineData("we could we could we could ask", "We could ask")]
    [InlineData("th- the wo- harbour", "The harbour")]
    [InlineData("you know the harbour i mean the office", "The harbour the office")]
    [InlineData("do you know the kind of ferry it's sort of old", "Do you know the kind of ferry it's old")]
    [InlineData("send a list once you know the date", "Send a list once you know the date")]
    [InlineData("the p_d_a and the p_d_as of m_-three-l_", "The PDA and the PDAs of M-three-L")]
    [InlineData("yeah and so but the harbour is closed and so the", "The harbour is closed")]
    [InlineData("mm-hmm yeah right", "")]
    [InlineData("", "")]
    public void Fit_to_be_read(string heard, string expected)
    {
        var words = new List<string>();
        foreach (var word in heard.Split(' ', StringSplitOptions.RemoveEmptyEntries)) SpokenText.Add(words, word);
        Assert.Equal(expected, SpokenText.Sentence(words[SpokenText.Core(words)]));
    }
}
