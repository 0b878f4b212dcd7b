using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>
/// What a call about a long stream keeps in memory while it is answered. Measured after a full collection, so that only what is alive counts, and
/// alone: the figure is the whole process's.
/// </summary>
[Collection(nameof(LongStreamTests))]
[CollectionDefinition(nameof(LongStreamTests), DisableParallelization = true)]
public sealed class LongStreamTests(LongStreamTests.Written written) : IClassFixture<LongStreamTests.Written>
{
    // A tenth of a very long stream, a quarter of what a call about that may keep: pages, buffers and about 200 bytes a chunk.
    private const int Chunks = 30_000;
    private const long MostBytes = 16 << 20;

    // What else the process holds at that moment counts too, and a call that keeps much does so each time.
    private const int Tries = 3;
    private const int LookEvery = 1 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/transcript", 20_000_000)]
    [InlineData("/transcript?format=jsonl", 7_000_000)]
    [InlineData("/transcript?format=srt", 2_000_000)]
    [InlineData("/transcript?format=csv", 1_500_000)]
    [InlineData("/results", 50_000)]
    [InlineData("/context", 100)]
    [InlineData("/events", 30_000_000)]
    [InlineData("", 100)]
    public async Task A_call_keeps_little(string call, long leastLength)
    {
        await using var server = await ParleyServer.StartAsync(written.Folder);
        await ReadAsync(server, $"/v1/streams/{written.Stream}{call}", leastLength);
    }

    [Fact]
    public async Task A_list_with_a_long_stream_keeps_little()
    {
        await using var server = await ParleyServer.StartAsync(written.Folder);
        await ReadAsync(server, "/v1/streams", 100);
    }

    private static async Task ReadAsync(ParleyServer server, string path, long leastLength)
    {
        var least = long.MaxValue;
        for (var tried = 0; tried < Tries && least > MostBytes; tried++) least = Math.Min(least, await KeptAsync(server, path, leastLength));
        Assert.InRange(least, long.MinValue, MostBytes);
    }

    private static async Task<long> KeptAsync(ParleyServer server, string path, long leastLength)
    {
        var (before, peak) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        using var response = await server.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancel);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(Cancel);
        var (buffer, length, looked) = (new byte[1 << 16], 0L, 0L);
        for (int read; (read = await body.ReadAsync(buffer, Cancel)) > 0; length += read)
        {
            if (length < looked) continue;
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            looked += LookEvery;
        }

        Assert.InRange(length, leastLength, long.MaxValue);
        return peak - before;
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
