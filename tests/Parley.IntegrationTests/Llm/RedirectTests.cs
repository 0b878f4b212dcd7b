using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Parley.OpenAI;
using Parley.Work;

namespace Parley.IntegrationTests.Llm;

/// <summary>A model whose server says that it is elsewhere.</summary>
public class RedirectTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StatusCodes.Status307TemporaryRedirect)]
    [InlineData(StatusCodes.Status308PermanentRedirect)]
    public async Task A_request_follows_to_another_address_of_its_server_with_its_key(int status)
    {
        await using var server = await ModelServer.StartAsync(_ => context =>
            (context.Request.QueryString.HasValue ? Replies.Answer("Nine euros.") : To("?moved", status))(context));
        using var client = new OpenAIChatClient(server.Endpoint, "m", "secret");
        Assert.Equal("Nine euros.", (await client.GetResponseAsync("hello", cancellationToken: Cancel)).Text);
        Assert.Equal(["Bearer secret", "Bearer secret"], server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_request_and_its_key_go_to_no_other_server()
    {
        await using var other = await ModelServer.StartAsync(_ => Replies.Answer("Nine euros."));
        await using var server = await ModelServer.StartAsync(_ => To($"{other.Endpoint}/chat/completions", 307));
        using var client = new OpenAIChatClient(server.Endpoint, "m", "secret");
        var refused = await Assert.ThrowsAsync<WorkRefusedException>(() => client.GetResponseAsync("hello", cancellationToken: Cancel));
        Assert.Equal("bad_request", refused.Reason);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_server_that_is_always_elsewhere_is_not_followed_for_ever()
    {
        await using var server = await ModelServer.StartAsync(_ => To("?again", 307));
        using var client = new OpenAIChatClient(server.Endpoint, "m");
        await Assert.ThrowsAsync<WorkRefusedException>(() => client.GetResponseAsync("hello", cancellationToken: Cancel));
        Assert.InRange(server.Requests.Count, 2, 10);
    }

    [Theory]
    [InlineData(StatusCodes.Status301MovedPermanently)]
    [InlineData(StatusCodes.Status302Found)]
    [InlineData(StatusCodes.Status303SeeOther)]
    public async Task A_redirect_that_has_no_request_body_is_not_followed(int status)
    {
        await using var server = await ModelServer.StartAsync(_ => To("?moved", status));
        using var client = new OpenAIChatClient(server.Endpoint, "m");
        await Assert.ThrowsAsync<WorkRefusedException>(() => client.GetResponseAsync("hello", cancellationToken: Cancel));
        Assert.Single(server.Requests);
    }

    private static Reply To(string location, int status) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };
}
