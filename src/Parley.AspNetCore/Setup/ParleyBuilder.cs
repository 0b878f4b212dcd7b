using Microsoft.Extensions.DependencyInjection;

namespace Parley.AspNetCore.Setup;

internal sealed record ParleyBuilder(IServiceCollection Services) : IParleyBuilder;
