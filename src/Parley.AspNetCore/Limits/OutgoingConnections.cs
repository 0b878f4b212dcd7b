using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Settings;
using Parley.Routing;
using Parley.Work;

namespace Parley.AspNetCore.Limits;

/// <summary>The connections that the work of this server may have open to other servers at once, as the settings say.</summary>
internal sealed class OutgoingConnections(
    IServiceProviderIsKeyedService services,
    IOptions<EngineParts> parts,
    IOptions<ModelOptions> common,
    IOptionsMonitor<ModelSettings> models)
{
    // A worker makes one call at a time. A model is also asked for a word at the start.
    private const int StartCheck = 1;

    /// <summary>Gets the maximum number: a connection for each worker whose work a model or the application's own handler does.</summary>
    public int Count => ModelUses.All.Where(MayCall).Sum(use => parts.Value.Work.WorkersOf(use) + StartCheck);

    /// <summary>Returns the maximum number of connections to one endpoint.</summary>
    /// <param name="work">How work is done.</param>
    /// <param name="uses">The kinds of work that the endpoint does.</param>
    public static int To(WorkOptions work, IEnumerable<string> uses) => uses.Sum(work.WorkersOf) + StartCheck;

    private bool MayCall(string use) =>
        services.IsService(typeof(IChatClient)) || models.Get(use).Over(common.Value).Url is not null || HasOwnHandler(use);

    private bool HasOwnHandler(string use) =>
        Enum.TryParse<Workflow>(use, out var workflow) && services.IsKeyedService(typeof(IWorkflowHandler), workflow.ToName());
}
