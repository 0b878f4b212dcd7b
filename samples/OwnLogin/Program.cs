using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Parley.AspNetCore.Security;

var builder = WebApplication.CreateBuilder(args);

// The application's own login, and its own policy: every user with a department may take part in conversations.
const string Cookies = CookieAuthenticationDefaults.AuthenticationScheme;
builder.Services.AddAuthentication(Cookies).AddCookie(options => options.Cookie.SameSite = SameSiteMode.Strict);
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("Staff", policy => policy.AddAuthenticationSchemes(Cookies).RequireClaim("department"));

// Parley asks that policy, and each department sees its own conversations only.
builder.Services.AddParley(builder.Configuration.GetSection("Parley"));
builder.Services.Configure<SecurityOptions>(security => (security.Policy, security.TenantClaim) = ("Staff", "department"));

// The application's own OpenTelemetry pipeline, with Parley's metrics and traces in it.
builder.Services.AddOpenTelemetry()
    .ConfigureResource(resource => resource.AddService("own-login"))
    .WithMetrics(metrics => metrics.AddParleyInstrumentation().AddAspNetCoreInstrumentation())
    .WithTracing(traces => traces.AddParleyInstrumentation().AddAspNetCoreInstrumentation())
    .UseOtlpExporter();

var app = builder.Build();

var departments = new Dictionary<string, string> { ["ana"] = "north", ["ben"] = "south" };
app.MapPost("/login", (Login login) =>
{
    // Here an application checks a password, or asks its identity provider.
    if (!departments.TryGetValue(login.Name, out var department)) return Results.Unauthorized();
    var identity = new ClaimsIdentity([new("sub", login.Name), new("department", department)], Cookies);
    return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Cookies);
});
app.MapParley();
app.Run();

internal sealed record Login(string Name);
