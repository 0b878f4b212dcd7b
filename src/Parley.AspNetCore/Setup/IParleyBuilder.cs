namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets or replaces the parts of a Parley server: see <see cref="ParleyBuilderExtensions"/>.</summary>
public interface IParleyBuilder
{
    /// <summary>Gets the services of the application.</summary>
    IServiceCollection Services { get; }
}
