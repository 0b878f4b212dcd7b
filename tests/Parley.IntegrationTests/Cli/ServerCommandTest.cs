using Parley.IntegrationTests.Server;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Cli;

/// <summary>A command that speaks to a server, and a real one that keeps what it hears.</summary>
public abstract class ServerCommandTest : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected string Data => _data.Path;

    private protected ParleyServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ParleyServer.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _data.Dispose();
        GC.SuppressFinalize(this);
    }
}
