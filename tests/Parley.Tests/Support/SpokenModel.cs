using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace Parley.Tests.Support;

/// <summary>A model that says what the test has it say, piece by piece; what it is asked beside the question it answers with nothing.</summary>
internal sealed class SpokenModel : IChatClient
{
    private readonly Channel<string> _pieces = Channel.CreateBounded<string>(16);

    public void Say(string piece) => Assert.True(_pieces.Writer.TryWrite(piece));

    public void Finish() => _pieces.Writer.Complete();

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var piece in _pieces.Reader.ReadAllAsync(cancellationToken)) yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, options?.ResponseFormat is ChatResponseFormatJson ? """{"items": []}""" : "Nothing.")));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => GC.SuppressFinalize(this);
}
