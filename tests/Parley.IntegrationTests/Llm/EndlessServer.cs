using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.IntegrationTests.Llm;

/// <summary>
/// A server that sends each client the beginning of a response, and then the same bytes for as long as the client takes them.
/// </summary>
internal sealed class EndlessServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<long> _sent = new();
    private readonly List<Task> _answers = [];
    private readonly Task _accepting;

    /// <summary>Starts to listen.</summary>
    /// <param name="begin">The beginning.</param>
    /// <param name="more">What is sent again and again.</param>
    public EndlessServer(string begin, string more)
    {
        _listener.Start();
        _accepting = AcceptAsync(Encoding.UTF8.GetBytes(begin), Encoding.UTF8.GetBytes(more));
    }

    public Uri Endpoint => new($"http://{_listener.LocalEndpoint}/v1");

    /// <summary>Stops, and returns how many bytes each request was answered with until its client had gone.</summary>
    public async Task<IReadOnlyList<long>> StopAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_answers);
        return [.. _sent];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(byte[] begin, byte[] more)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _answers.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token), begin, more));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client, byte[] begin, byte[] more)
    {
        using var _ = client;
        var stream = client.GetStream();
        if (!await HasRequestAsync(stream)) return;
        var sent = 0L;
        try
        {
            for (var next = begin; ; next = more)
            {
                await stream.WriteAsync(next, _stop.Token);
                sent += next.Length;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            _sent.Enqueue(sent);
        }
    }

    // The body of a request ends with a brace. A client may open a connection without using it.
    private async Task<bool> HasRequestAsync(NetworkStream stream)
    {
        var (buffer, last) = (new byte[4096], default(byte));
        while (last != (byte)'}')
        {
            try
            {
                var length = await stream.ReadAsync(buffer, _stop.Token);
                if (length == 0) return false;
                last = buffer[length - 1];
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                return false;
            }
        }

        return true;
    }
}
