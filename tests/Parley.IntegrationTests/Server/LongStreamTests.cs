using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>What a call about a very long stream keeps in memory. Measured after a full collection, so that only what is alive counts.</summary>
public sealed class LongStreamTests(LongStreamTests.Written written) : IClassFixture<LongStreamTests.Written>
{
    private const int Chunks = 300_000;
    private const long MostBytes = 64 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/transcript", 100 << 20)]
    [InlineData("/transcript?format=jsonl", 50 << 20)]
    [InlineData("/transcript?format=srt", 20 << 20)]
    [InlineData("/transcript?format=csv", 10 << 20)]
    [InlineData("/results", 1 << 20)]
    [InlineData("/context", 100)]
    [InlineData("/events", 100 << 20)]
    [InlineData("", 100)]
    public async Task A_call_keeps_no_more_than_64_megabytes(string call, long leastLength)
    {
        await using var server = await ParleyServer.StartAsync(written.Folder);
        await using var memory = new LiveMemory();
        var length = await LengthAsync(server, $"/v1/streams/{written.Stream}{call}");
        Assert.InRange(length, leastLength, long.MaxValue);
        Assert.InRange(await memory.PeakAsync(), 0, MostBytes);
    }

    [Fact]
    public async Task A_list_with_a_long_stream_keeps_no_more_than_64_megabytes()
    {
        await using var server = await ParleyServer.StartAsync(written.Folder);
        await using var memory = new LiveMemory();
        Assert.InRange(await LengthAsync(server, "/v1/streams"), 100, long.MaxValue);
        Assert.InRange(await memory.PeakAsync(), 0, MostBytes);
    }

    private static async Task<long> LengthAsync(ParleyServer server, string path)
    {
        using var response = await server.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancel);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(Cancel);
        var (buffer, length) = (new byte[1 << 16], 0L);
        for (int read; (read = await body.ReadAsync(buffer, Cancel)) > 0;) length += read;
        return length;
    }

    /// <summary>Looks at what is alive, again and again, until it is asked.</summary>
    private sealed class LiveMemory : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private readonly Task<long> _looking;

        public LiveMemory() => _looking = Task.Factory.StartNew(Look, TaskCreationOptions.LongRunning);

        public async Task<long> PeakAsync()
        {
            await _stop.CancelAsync();
            return await _looking - _before;
        }

        public async ValueTask DisposeAsync()
        {
            await PeakAsync();
            _stop.Dispose();
        }

        private long Look()
        {
            var peak = 0L;
            do peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            while (!_stop.IsCancellationRequested);
            return peak;
        }
    }

    public sealed class Written : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string Folder => _folder.Path;

        public string Stream { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            await using var server = await ParleyServer.StartAsync(Folder, null, ("Durability", "Process"));
            Stream = await LongStream.WriteAsync(server.Http, Chunks, CancellationToken.None);
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
