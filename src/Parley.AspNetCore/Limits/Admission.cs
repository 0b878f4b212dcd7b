namespace Parley.AspNetCore.Limits;

/// <summary>The place of one TCP connection, from its acceptance to its end.</summary>
/// <param name="admissions">Those that it is one of.</param>
/// <param name="address">The address that it counts for until a request on it has authenticated.</param>
/// <param name="isSurplus">Whether it is on the reserve.</param>
/// <param name="since">When it was accepted, as a timestamp of the clock.</param>
/// <param name="abort">Ends the connection.</param>
internal sealed class Admission(Admissions admissions, string address, bool isSurplus, long since, Action abort)
{
    public string Address => address;

    /// <summary>Gets whether the connection is on the reserve: only questions about the server's health are answered.</summary>
    public bool IsSurplus => isSurplus;

    public long Since => since;

    /// <summary>Gets or sets its place among those that may have to give way; null where it is not among them.</summary>
    public LinkedListNode<Admission>? Waiting { get; set; }

    /// <summary>Gets or sets whether it counts for its address.</summary>
    public bool IsStranger { get; set; }

    /// <summary>Gets or sets whether it has ended, or had to give way.</summary>
    public bool IsOver { get; set; }

    /// <summary>The client has sent something.</summary>
    public void Hear() => admissions.Hear(this);

    /// <summary>A request on it has authenticated: it does not count for its address any more.</summary>
    public void Recognise() => admissions.Recognise(this);

    /// <summary>The connection has ended. A repeated call does nothing.</summary>
    public void Leave() => admissions.Leave(this);

    public void Abort() => abort();
}
