using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.AspNetCore.Limits;

/// <summary>A TCP connection that leaves its place when it is disposed. Requests on it find their <see cref="Admission"/> among the features.</summary>
internal sealed class AdmittedConnection : ConnectionContext
{
    private readonly ConnectionContext _inner;
    private readonly CancellationTokenRegistration _cut;

    /// <param name="inner">The connection as it was accepted.</param>
    /// <param name="admissions">Admits it.</param>
    /// <param name="cut">Ends it: the server stops, and the client has not closed.</param>
    public AdmittedConnection(ConnectionContext inner, Admissions admissions, CancellationToken cut)
    {
        _inner = inner;
        _cut = cut.UnsafeRegister(static connection => ((ConnectionContext)connection!).Abort(), inner);
        Admission = admissions.Admit((inner.RemoteEndPoint as IPEndPoint)?.Address, inner.Abort);
        inner.Features.Set(Admission);
    }

    public Admission Admission { get; }

    public override string ConnectionId
    {
        get => _inner.ConnectionId;
        set => _inner.ConnectionId = value;
    }

    public override IFeatureCollection Features => _inner.Features;

    public override IDictionary<object, object?> Items
    {
        get => _inner.Items;
        set => _inner.Items = value;
    }

    public override IDuplexPipe Transport
    {
        get => _inner.Transport;
        set => _inner.Transport = value;
    }

    public override CancellationToken ConnectionClosed
    {
        get => _inner.ConnectionClosed;
        set => _inner.ConnectionClosed = value;
    }

    public override EndPoint? LocalEndPoint
    {
        get => _inner.LocalEndPoint;
        set => _inner.LocalEndPoint = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => _inner.RemoteEndPoint;
        set => _inner.RemoteEndPoint = value;
    }

    public override void Abort() => _inner.Abort();

    public override void Abort(ConnectionAbortedException abortReason) => _inner.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        await _cut.DisposeAsync();
        await _inner.DisposeAsync();
        await base.DisposeAsync();
        Admission.Leave();
    }
}
