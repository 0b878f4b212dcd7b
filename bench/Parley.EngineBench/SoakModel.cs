using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Work;

/// <summary>A model as one meets it over half an hour: mostly it answers, sometimes it is too busy, fails, says what is no answer, or says nothing at all.</summary>
internal sealed class SoakModel : IChatClient
{
    private int _calls;

    public int Calls => _calls;

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var mood = Interlocked.Increment(ref _calls) % 20;
        await Task.Delay(mood == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(20 + (mood * 5)), TimeProvider.System, cancellationToken);
        if (mood is 1 or 2) throw new ModelUnavailableException("rate_limited", TimeSpan.FromMilliseconds(200));
        if (mood == 3) throw new ModelUnavailableException("server_error");
        var answer = options?.ResponseFormat is not ChatResponseFormatJson ? "They will send the price list this week."
            : mood == 4 ? """{"items": [""" : """{"items": []}""";
        foreach (var word in answer.Split(' ')) yield return new ChatResponseUpdate(ChatRole.Assistant, $"{word} ");
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 400, OutputTokenCount = 12 })]);
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
