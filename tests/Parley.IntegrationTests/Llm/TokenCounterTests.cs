using Microsoft.Extensions.AI;
using Parley.Context;
using Parley.OpenAI;

namespace Parley.IntegrationTests.Llm;

public class TokenCounterTests
{
    [Theory]
    [InlineData("gpt-4o-mini", "お誕生日おめでとう", 8)]
    [InlineData("openai/gpt-5-mini", "お誕生日おめでとう", 8)]
    [InlineData("o3-mini", "お誕生日おめでとう", 8)]
    [InlineData("gpt-oss:20b", "お誕生日おめでとう", 8)]
    [InlineData("gpt-4-turbo", "お誕生日おめでとう", 9)]
    [InlineData("gpt-35-turbo", "お誕生日おめでとう", 9)]
    [InlineData("gpt-4o", "the night ferry leaves at ten and costs forty", 9)]
    [InlineData("gpt-4o", "", 0)]
    [InlineData("gpt-4o", "\ud800", 1)]
    public void Counts_as_the_model_does(string model, string text, int tokens) => Assert.Equal(tokens, OpenAITokenCounter.For(model)!.Count(text));

    [Theory]
    [InlineData("llama3:8b")]
    [InlineData("mistral-large")]
    [InlineData("o1000b-chat")]
    [InlineData("")]
    public void Knows_no_tokenizer_of_other_models(string model) => Assert.Null(OpenAITokenCounter.For(model));

    [Fact]
    public void A_long_text_without_spaces_is_counted_in_pieces()
    {
        // In one piece this takes minutes.
        var counter = OpenAITokenCounter.For("gpt-4o")!;
        Assert.InRange(counter.Count(new string('a', 1_000_000)), 100_000, 200_000);
        Assert.InRange(counter.Count(string.Concat(Enumerable.Repeat("😀", 100_000))), 50_000, 200_000);
    }

    [Fact]
    public void A_client_offers_the_counter_of_its_model()
    {
        using var client = new OpenAIChatClient(new Uri("http://localhost:1/v1"), "gpt-4o");
        Assert.Same(OpenAITokenCounter.For("gpt-4o"), client.GetService(typeof(ITokenCounter)));
        Assert.Same(OpenAITokenCounter.For("gpt-4"), client.GetService(typeof(ITokenCounter), "gpt-4"));
        Assert.Null(client.GetService(typeof(ITokenCounter), "llama3:8b"));
        using IChatClient outer = new ErrorMapping(client);
        Assert.NotNull(outer.GetService<ITokenCounter>());
    }

    private sealed class ErrorMapping(IChatClient inner) : DelegatingChatClient(inner);
}
