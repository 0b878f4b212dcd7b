using System.Net;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// Admits TCP connections. When there is no room, a connection that has sent nothing gives way: a client sends its request at once, and an
/// attacker who only holds connections does not. Where all have sent something, the new one is admitted on the reserve, in which the oldest
/// gives way, so that a question about the server's health is answered however many connections are held.
/// </summary>
internal sealed class Admissions(Lazy<ConnectionCapacity> capacity, TimeProvider clock)
{
    // The request of a connection that was just accepted may be on its way.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _strangers = new(StringComparer.Ordinal);
    private readonly LinkedList<Admission> _silent = new();
    private readonly LinkedList<Admission> _surplus = new();
    private int _count;

    /// <summary>Gets the number of connections, without those on the reserve.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    /// <summary>Admits a connection.</summary>
    /// <param name="address">Where it comes from; null where it has no address.</param>
    /// <param name="abort">Ends the connection, if it has to give way later.</param>
    public Admission Admit(IPAddress? address, Action abort)
    {
        var from = ConnectionLimits.Stranger(address).Client;
        Admission admission;
        Admission? older;
        lock (_gate)
        {
            var hasRoom = HasRoom(from, out older) || older is not null;
            if (older is not null) Remove(older);
            if (!hasRoom && _surplus.Count >= capacity.Value.Reserve) Remove(older = _surplus.First!.Value);
            admission = new(this, from, isSurplus: !hasRoom, clock.GetTimestamp(), abort);
            Add(admission);
        }

        older?.Abort();
        return admission;
    }

    internal void Hear(Admission admission)
    {
        lock (_gate)
        {
            if (admission.IsSurplus || admission.Waiting is not { } place) return;
            _silent.Remove(place);
            admission.Waiting = null;
        }
    }

    internal void Recognise(Admission admission)
    {
        lock (_gate) Forget(admission);
    }

    internal void Leave(Admission admission)
    {
        lock (_gate) Remove(admission);
    }

    // Where there is none, tells which connection can make some.
    private bool HasRoom(string from, out Admission? older)
    {
        older = null;
        if (_strangers.GetValueOrDefault(from) >= capacity.Value.StrangersPerAddress) older = OldestSilent(from);
        else if (_count >= capacity.Value.Total) older = OldestSilent(null);
        else return true;
        return false;
    }

    private Admission? OldestSilent(string? from)
    {
        for (var place = _silent.First; place is not null && clock.GetElapsedTime(place.Value.Since) >= Grace; place = place.Next)
        {
            if (from is null || place.Value.Address == from) return place.Value;
        }

        return null;
    }

    private void Add(Admission admission)
    {
        admission.Waiting = (admission.IsSurplus ? _surplus : _silent).AddLast(admission);
        if (admission.IsSurplus) return;
        _count++;
        admission.IsStranger = true;
        _strangers[admission.Address] = _strangers.GetValueOrDefault(admission.Address) + 1;
    }

    private void Remove(Admission admission)
    {
        if (admission.IsOver) return;
        admission.IsOver = true;
        if (admission.Waiting is { } place) place.List!.Remove(place);
        admission.Waiting = null;
        if (admission.IsSurplus) return;
        _count--;
        Forget(admission);
    }

    private void Forget(Admission admission)
    {
        if (!admission.IsStranger) return;
        admission.IsStranger = false;
        if (_strangers[admission.Address] == 1) _strangers.Remove(admission.Address);
        else _strangers[admission.Address]--;
    }
}
