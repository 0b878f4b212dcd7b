using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Registers the schemes that the settings ask for, and no others: one more scheme would take an application its automatic default.
/// </summary>
internal sealed class Schemes(IOptions<SecurityOptions> security) : IConfigureOptions<AuthenticationOptions>
{
    public void Configure(AuthenticationOptions options)
    {
        if (security.Value.Keys.Count > 0) options.AddScheme<KeyHandler>(ParleyAuthentication.KeyScheme, displayName: null);
        if (security.Value.Jwt is not null) options.AddScheme<JwtBearerHandler>(ParleyAuthentication.TokenScheme, displayName: null);
    }
}
