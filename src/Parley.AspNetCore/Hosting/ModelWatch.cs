using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Tells an operator when the model begins to fail and when it works again, once each, and asks it for a word at the start.
/// </summary>
internal sealed partial class ModelWatch(IOptions<ModelOptions> options, TimeProvider clock, ILogger<ModelWatch> log) : IAsyncDisposable
{
    // A local server may have to load the model first.
    private static readonly TimeSpan CheckedWithin = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyCollection<ChatModel> _models = [];
    private Task _checking = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Gets whether there is a model.</summary>
    public bool HasModel => _models.Count > 0;

    /// <summary>Gets why a model does not work; null if all do, or have not been asked.</summary>
    public ModelProblem? Problem => _models.Select(model => model.Health.Problem).FirstOrDefault(problem => problem is not null);

    /// <summary>Watches the models of this server.</summary>
    /// <exception cref="InvalidOperationException">A model does not work, and the server must not start without it.</exception>
    public async Task StartAsync(IReadOnlyCollection<ChatModel> models, CancellationToken cancellationToken)
    {
        _models = models;
        foreach (var model in models)
        {
            model.Health.Failed += problem => LogFails(problem.ToString());
            model.Health.Recovered += problem => LogWorksAgain(problem.Calls, problem.Since, problem.Reason);
        }

        var check = options.Value.StartCheck;
        if (check == ModelStartCheck.Warn) _checking = Task.Run(() => CheckAsync(_stop.Token), CancellationToken.None);
        if (check != ModelStartCheck.Require || await CheckAsync(cancellationToken) is not { } problem) return;
        throw new InvalidOperationException(
            $"The model does not work ({problem}), and Parley:Model:StartCheck is Require: "
            + "see to the model, or set it to Warn to start without it.");
    }

    /// <summary>Notes nothing more: what is broken off from now on says nothing about the model.</summary>
    public async ValueTask DisposeAsync()
    {
        // The engine does so before it stops, and the container at the end.
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        foreach (var model in _models) model.Health.Close();
        await _stop.CancelAsync();
        await _checking;
        _stop.Dispose();
    }

    // The first problem; all are told.
    private async Task<ModelProblem?> CheckAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(CheckedWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var problems = await Task.WhenAll(_models.Select(model => model.CheckAsync(either.Token)));
        return problems.FirstOrDefault(problem => problem is not null);
    }

    [LoggerMessage(1031, LogLevel.Warning, "The model does not work: {Problem}", EventName = "ModelFails")]
    private partial void LogFails(string problem);

    [LoggerMessage(
        1032,
        LogLevel.Warning,
        "The model works again, after {Calls} calls since {Since:u} had failed ({Reason})",
        EventName = "ModelWorksAgain")]
    private partial void LogWorksAgain(long calls, DateTimeOffset since, string reason);
}
