using Parley.Protocol;
using Polly;

namespace Parley.Work;

/// <summary>The workers of one queue.</summary>
internal sealed class WorkerGroup(string name, IWorkflowHandler handler, WorkflowOptions options, TimeProvider clock)
{
    private readonly ResiliencePipeline _pipeline = WorkPipeline.Of(options, clock);

    public string Name => name;

    public string Version => handler.Version;

    /// <summary>How many work now.</summary>
    public int Busy { get; set; }

    public bool HasFreeWorker => Busy < options.Workers;

    /// <summary>Tries a batch until it is done or given up.</summary>
    public async Task<WorkerReport> WorkAsync(
        IReadOnlyList<WorkItem> batch, Action<WorkProgress>? onProgress, CancellationToken cancellationToken)
    {
        var attempts = 0;
        string? correction = null;
        var meter = new ModelMeter();
        try
        {
            var results = await _pipeline.ExecuteAsync(
                async token =>
                {
                    var attempt = new WorkAttempt(++attempts, onProgress) { Correction = correction, Meter = meter };
                    correction = null;
                    try
                    {
                        // A handler that does not listen to its token must not keep the worker.
                        var results = await handler.HandleAsync(batch, attempt, token).AsTask().WaitAsync(token);
                        return results?.Count == batch.Count && !results.Contains(null!)
                            ? results
                            : throw new WorkRefusedException("wrong_number_of_results");
                    }
                    catch (InvalidAnswerException invalid)
                    {
                        correction = invalid.Correction;
                        throw;
                    }
                },
                cancellationToken);
            return new(results, "", Detail: null, attempts, meter.Total);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, WorkPipeline.ReasonOf(e), ModelProblem.DetailOf(e), attempts, meter.Total);
        }
    }
}

/// <summary>How a batch ended.</summary>
/// <param name="Results">The results; null if it was given up.</param>
/// <param name="Reason">Why it was given up, in a word.</param>
/// <param name="Detail">What a server said beside it, such as <c>HTTP 401 invalid_api_key</c>; null for nothing.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Used">What its calls of models took; null for none.</param>
internal readonly record struct WorkerReport(IReadOnlyList<WorkResult>? Results, string Reason, string? Detail, int Attempts, TokenUsage? Used);
