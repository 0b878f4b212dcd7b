using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Work;

namespace Parley.Tests.Work;

public sealed class ChatModelTests : IDisposable
{
    private static readonly Prompt Question = new("Answer.", "What does the ferry cost?");

    private readonly ModelChoices _choices = new();
    private readonly TwoModels _client = new();
    private readonly ChatModel _model;

    public ChatModelTests()
    {
        _choices.Note("chosen", new ConversationSettings { Model = "other" });
        _model = new ChatModel(_client, options: new ModelCallOptions { Model = "own" }, choices: _choices);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task What_one_model_has_shown_is_not_known_of_another()
    {
        // The other model reasons, and needs all the tokens of a first answer for it.
        await AskAsync("chosen");
        await AskAsync("chosen");
        await AskAsync("plain");
        Assert.Equal([("other", 500), ("other", 4_000), ("other", 4_000), ("own", 500)], _client.Asked);
    }

    [Fact]
    public async Task A_model_that_was_chosen_and_fails_does_not_make_the_own_one_fail()
    {
        _client.Fails = true;
        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<WorkRefusedException>(() => AskAsync("chosen"));
        Assert.Null(_model.Health.Problem);
        await Assert.ThrowsAsync<WorkRefusedException>(() => AskAsync("plain"));
        Assert.Equal("not_authorized", _model.Health.Problem!.Reason);

        // Nor does its answer say that the own one works again.
        _client.Fails = false;
        await AskAsync("chosen");
        Assert.NotNull(_model.Health.Problem);
        await AskAsync("plain");
        Assert.Null(_model.Health.Problem);
    }

    [Theory]
    [InlineData("gpt-4o-mini", "gpt-4o-mini")]
    [InlineData("a name with \u001b[31m colours", null)]
    [InlineData(null, null)]
    public async Task An_answer_has_the_name_that_its_server_gives_the_model_if_it_is_one(string? reported, string? name)
    {
        _client.Reports = reported;
        Assert.Equal(name, (await AskAsync("plain"))!.Model);
        _client.Reports = new string('m', 3_000_000);
        Assert.Null((await AskAsync("plain"))!.Model);
    }

    private Task<ModelAnswer?> AskAsync(string stream) =>
        _model.AskAsync(new ModelUse(stream, "question", Meter: null), Question, format: null, onPiece: null, Cancel);

    private sealed class TwoModels : IChatClient
    {
        public List<(string? Model, int? Limit)> Asked { get; } = [];

        public bool Fails { get; set; }

        public string? Reports { get; set; }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            Asked.Add((options!.ModelId, options.MaxOutputTokens));
            if (Fails) throw new WorkRefusedException("not_authorized");
            if (options is { ModelId: "other", MaxOutputTokens: 500 })
                yield return new ChatResponseUpdate(ChatRole.Assistant, "") { FinishReason = ChatFinishReason.Length };
            else yield return new ChatResponseUpdate(ChatRole.Assistant, "Nine euros.") { FinishReason = ChatFinishReason.Stop, ModelId = Reports };
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
