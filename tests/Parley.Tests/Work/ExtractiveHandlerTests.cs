using Parley.Protocol;
using Parley.Work;

namespace Parley.Tests.Work;

public class ExtractiveHandlerTests
{
    [Theory]
    [InlineData("general", "write to [email]\nor call [phone]", "write to [email] or call [phone]")]
    [InlineData("action_item", "I'll write to [email] today", "I'll write to [email] today")]
    public void What_redaction_put_into_the_words_stays_as_it_is(string workflow, string text, string expected)
    {
        var outcome = new Outcome("seg-0-1", OutcomeKinds.ActionItem, "write to [email] today", "seg-0", text, "ana", "today");
        var item = new WorkItem("str-0", "seg-0", workflow, "extractive/2", text, "ana", 0, 1, "commitment", "") { Outcomes = [outcome] };
        Assert.Equal(expected, new ExtractiveHandler().Extract(item).Text);
    }
}
