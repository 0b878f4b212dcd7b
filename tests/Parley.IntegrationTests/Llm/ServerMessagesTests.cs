using System.Text;
using Parley.OpenAI;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

public class ServerMessagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{")]
    [InlineData("[{}")]
    [InlineData("{\"")]
    [InlineData("{}}")]
    public async Task A_document_of_many_lines_that_never_ends_is_not_parsed_again_with_each_line(string begin)
    {
        var body = begin + "\n" + string.Concat(Enumerable.Repeat("\"a\":1,\n", 100_000));
        var messages = Of(body);
        await Assert.ThrowsAsync<InvalidAnswerException>(() => messages.ReadAsync(Cancel).ToListAsync(Cancel).AsTask());
        Assert.InRange(messages.ParsedBytes, 0, body.Length);
    }

    [Fact]
    public async Task A_document_on_several_lines_is_parsed_once_when_it_is_whole()
    {
        string[] lines = ["{", "\"a\": \"} \\\" ]\",", "\"b\": [1,", "2]", "}", "{\"c\":3}"];
        var messages = Of(string.Join("\r\n", lines));
        var read = await messages.ReadAsync(Cancel).ToListAsync(Cancel);
        Assert.Equal(["} \" ]", "3"], [read[0].GetProperty("a").GetString()!, read[1].GetProperty("c").GetRawText()]);
        Assert.Equal(lines.Sum(line => line.Length), messages.ParsedBytes);
    }

    private static ServerMessages Of(string body) => new(new MemoryStream(Encoding.UTF8.GetBytes(body)));
}
