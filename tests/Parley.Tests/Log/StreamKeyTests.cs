using Parley.Log;

namespace Parley.Tests.Log;

public class StreamKeyTests
{
    [Theory]
    [InlineData(null, "str-1", "str-1")]
    [InlineData("acme", "str-1", "acme/str-1")]
    public void A_key_is_the_id_behind_the_tenant(string? tenant, string id, string key)
    {
        Assert.Equal(key, StreamKey.Of(tenant, id));
        Assert.Equal(tenant, StreamKey.TenantOf(key));
        Assert.Equal(id, StreamKey.IdOf(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void A_tenant_cannot_be_called_what_a_key_could_not_tell(string tenant) =>
        Assert.Throws<ArgumentException>(() => StreamKey.Of(tenant, "str-1"));
}
