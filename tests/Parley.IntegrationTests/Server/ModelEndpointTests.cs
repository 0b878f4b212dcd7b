using System.Net;
using Microsoft.Extensions.Options;
using Parley.IntegrationTests.Llm;
using Parley.IntegrationTests.Llm.Habits;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>A model that the settings name: for all work, for a kind of work, and for a stream.</summary>
public class ModelEndpointTests
{
    private const string Action = """{"items": [{"segment": 1, "what": "book two cabins", "who": null}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_kind_of_work_has_what_is_set_for_it_and_else_what_is_set_for_all()
    {
        await using var model = await ModelServer.StartAsync(Reply);
        await using var server = await StartAsync(
            ("Model:Url", model.Endpoint.ToString()), ("Model:Name", "small"), ("Model:Key", "secret"), ("Model:OutputTokens", "200"),
            ("Model:ActionItem:Name", "large"), ("Model:ActionItem:Temperature", "0.5"), ("Model:SendStreamOptions", "false"),
            ("Model:Question:TokenLimit", "MaxCompletionTokens"), ("Model:Question:SendTemperature", "false"));
        await HoldAsync(server, "{}");
        var question = Assert.Single(model.Requests, request => request.User.Contains("Answer this question", StringComparison.Ordinal));
        var action = Assert.Single(model.Requests, request => request.Has("response_format"));
        Assert.Equal(("small", 200), ((string)question.Body["model"]!, (int)question.Body["max_completion_tokens"]!));
        Assert.Equal(("large", 0.5, 200), ((string)action.Body["model"]!, (double)action.Body["temperature"]!, (int)action.Body["max_tokens"]!));
        Assert.False(question.Has("temperature"));
        Assert.All(model.Requests, request => Assert.False(request.Has("stream_options")));
        Assert.All(model.Requests, request => Assert.Equal("Bearer secret", request.Authorization));
    }

    [Fact]
    public async Task A_key_is_sent_to_no_other_server_than_the_one_it_is_for()
    {
        await using var common = await ModelServer.StartAsync(Reply);
        await using var other = await ModelServer.StartAsync(Reply);
        await using var server = await StartAsync(
            ("Model:Url", common.Endpoint.ToString()), ("Model:Name", "m"), ("Model:Key", "secret"), ("Model:Question:Url", other.Endpoint.ToString()));
        await HoldAsync(server, "{}");
        Assert.All(common.Requests, request => Assert.Equal("Bearer secret", request.Authorization));
        Assert.Equal("", Assert.Single(other.Requests).Authorization);
    }

    [Fact]
    public async Task A_stream_chooses_within_what_the_server_allows()
    {
        await using var model = await ModelServer.StartAsync(Reply);
        await using var server = await StartAsync(
            ("Model:Url", model.Endpoint.ToString()), ("Model:Name", "small"), ("Model:AllowedModels:0", "large"), ("Model:AllowedModels:1", "huge"));
        await HoldAsync(server, """{"model": "large", "model_temperature": 1, "model_output_tokens": 100}""");
        Assert.All(model.Requests, request => Assert.Equal(
            ("large", 1, 100), ((string)request.Body["model"]!, (int)request.Body["temperature"]!, (int)request.Body["max_tokens"]!)));

        var before = model.Requests.Count;
        await HoldAsync(server, """{"model_output_tokens": 100000}""");
        Assert.All(model.Requests.Skip(before), request => Assert.Equal(("small", 500), ((string)request.Body["model"]!, (int)request.Body["max_tokens"]!)));

        using var refused = await server.Http.PostAsync("/v1/streams", new StringContent("""{"model": "other"}"""), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("model is not one that this server allows: large, huge.", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Model:Url", "ftp://x", "Parley:Model:Url must be an http or https URL, such as http://localhost:11434/v1; it is ftp://x.")]
    [InlineData("Model:Url", "http://a:b@x/v1", "Parley:Model:Url must have no user and password: give the model's key in Parley:Model:Key.")]
    [InlineData("Model:Url", "http://x/v1", "Parley:Model:Name must be set with Parley:Model:Url: the model's name at that server.")]
    [InlineData("Model:Name", "m", "Parley:Model:Name needs Parley:Model:Url, where the model is, such as http://localhost:11434/v1.")]
    [InlineData("Model:Key", "k", "Parley:Model:Key needs Parley:Model:Url, the address of the server that it is for.")]
    [InlineData("Model:Summary:Url", "http://x/v1", "Parley:Model:Summary:Name must be set with Parley:Model:Summary:Url: the model's name at that server.")]
    [InlineData("Model:Summary:Name", "m", "Parley:Model:Summary:Name needs Parley:Model:Summary:Url, where the model is, such as http://localhost:11434/v1.")]
    [InlineData("Model:Question:Temperature", "3", "Parley:Model:Question:Temperature must be from 0 to 2; it is 3.")]
    [InlineData("Model:OutputTokens", "0", "Parley:Model:OutputTokens must be from 1 to 1000000; it is 0.")]
    [InlineData("Model:TokenLimit", "max_tokens", "Parley:Model:TokenLimit must be MaxTokens or MaxCompletionTokens or None; it is max_tokens.")]
    [InlineData("Model:Question:Tempreature", "1", "Parley:Model:Question:Tempreature is not a setting; is Parley:Model:Question:Temperature meant?")]
    public async Task A_setting_that_is_wrong_is_named(string setting, string value, string message)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => ParleyServer.StartAsync(settings: (setting, value)));
        Assert.Equal(message, Assert.Single(error.Failures));
    }

    private static Reply Reply(ModelRequest request) =>
        request.Has("response_format") ? Replies.Answer(Action) : Replies.Answer("Nine euros.");

    private static Task<ParleyServer> StartAsync(params (string Key, string? Value)[] settings) =>
        ParleyServer.StartAsync(settings: [("Model:StartCheck", "Off"), .. settings]);

    private static async Task HoldAsync(ParleyServer server, string settings)
    {
        using var opened = await server.Http.PostAsync("/v1/streams", new StringContent(settings), Cancel);
        var id = opened.EnsureSuccessStatusCode().Headers.Location!.OriginalString.Split('/')[^1];
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence": 1, "start": 0, "end": 2, "text": "what does the ferry cost", "speaker_id": "ana"}
            {"sequence": 2, "start": 3, "end": 4, "text": "i will book two cabins", "speaker_id": "ben"}
            """);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await using var events = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        await ViewerTests.UntilAsync(events, EventTypes.SessionEnded);
    }
}
