using System.Net;
using Parley.AspNetCore.Limits;

namespace Parley.IntegrationTests.Limits;

/// <summary>Which connection gives way when there is no room.</summary>
public sealed class AdmissionTests
{
    private static readonly IPAddress Near = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Far = IPAddress.Parse("192.0.2.2");

    private readonly FakeTimeProvider _clock = new();
    private readonly Admissions _admissions;
    private readonly List<string> _aborted = [];

    public AdmissionTests() =>
        _admissions = new(new Lazy<ConnectionCapacity>(new ConnectionCapacity { Streams = 4, Total = 4, Reserve = 2 }), _clock);

    [Fact]
    public void A_connection_that_has_sent_nothing_gives_way_to_a_new_one()
    {
        Admit("silent", Near);
        foreach (var name in new[] { "a", "b", "c" }) Admit(name, Near).Recognise();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(Admit("new", Far).IsSurplus);
        Assert.Equal(["silent"], _aborted);
        Assert.Equal(4, _admissions.Count);
    }

    [Fact]
    public void A_connection_that_was_just_accepted_does_not()
    {
        foreach (var name in new[] { "a", "b" }) Admit(name, Near);
        foreach (var name in new[] { "c", "d" }) Admit(name, Far);
        Assert.True(Admit("new", Far).IsSurplus);
        Assert.Empty(_aborted);
    }

    [Fact]
    public void Where_all_have_sent_something_a_new_one_is_on_the_reserve_in_which_the_oldest_gives_way()
    {
        foreach (var name in new[] { "a", "b", "c", "d" }) Known(name, Near);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(Admit("first", Far).IsSurplus);
        Assert.True(Admit("second", Far).IsSurplus);
        Assert.True(Admit("third", Far).IsSurplus);
        Assert.Equal(["first"], _aborted);
        Assert.Equal(4, _admissions.Count);
    }

    [Fact]
    public void One_address_gets_half_of_the_places_until_its_requests_authenticate()
    {
        foreach (var name in new[] { "a", "b" }) Admit(name, Near).Hear();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var third = Admit("third", Near);
        Assert.True(third.IsSurplus);
        Assert.False(Admit("other", Far).IsSurplus);

        third.Leave();
        var known = Known("known", Far);
        Assert.False(known.IsSurplus);
        Assert.Empty(_aborted);
    }

    [Fact]
    public void A_place_is_free_again_when_its_connection_has_ended()
    {
        var known = Known("a", Near);
        foreach (var name in new[] { "b", "c", "d" }) Known(name, Near);
        known.Leave();
        known.Leave();
        Assert.Equal(3, _admissions.Count);
        Assert.False(Admit("new", Near).IsSurplus);
    }

    private Admission Known(string name, IPAddress address)
    {
        var admission = Admit(name, address);
        admission.Hear();
        admission.Recognise();
        return admission;
    }

    private Admission Admit(string name, IPAddress address) => _admissions.Admit(address, () => _aborted.Add(name));
}
