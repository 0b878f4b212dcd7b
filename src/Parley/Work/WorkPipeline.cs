using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Parley.Work;

/// <summary>The retries of work and of the delivery of its outcomes.</summary>
internal static class WorkPipeline
{
    private static readonly TimeSpan BreakerWindow = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRedelivery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRedelivery = TimeSpan.FromSeconds(10);

    /// <summary>Between a worker and a handler: retries around a circuit breaker around a time-out.</summary>
    public static ResiliencePipeline Of(WorkflowOptions options, TimeProvider clock)
    {
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.MaxAttempts > 1)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                DelayGenerator = args => ValueTask.FromResult(RetryAfter(args.Outcome.Exception, options.MaxRetryDelay)),
                ShouldHandle = args => ValueTask.FromResult(MayPass(args.Outcome.Exception, args.Context)),
            });
        }

        return pipeline
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                SamplingDuration = BreakerWindow,
                MinimumThroughput = options.BreakerThroughput,
                BreakDuration = options.BreakDuration,

                // An answer that is not what was asked for says nothing about the next one.
                ShouldHandle = args => ValueTask.FromResult(
                    MayPass(args.Outcome.Exception, args.Context) && args.Outcome.Exception is not InvalidAnswerException),
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    /// <summary>Between a worker and the sink of outcomes: retries until the sink takes the outcome, or the dispatcher stops.</summary>
    public static ResiliencePipeline OfDelivery(TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstRedelivery,
            MaxDelay = LongestRedelivery,
            ShouldHandle = args => ValueTask.FromResult(HasFailed(args.Outcome.Exception, args.Context)),
        })
        .Build();

    /// <summary>Why work failed, in a word. Never an exception's message: nobody knows what stands in it.</summary>
    public static string ReasonOf(Exception exception) => exception switch
    {
        WorkRefusedException refused => refused.Reason,
        ModelUnavailableException unavailable => unavailable.Reason,
        InvalidAnswerException => "invalid_answer",
        TimeoutRejectedException => "timeout",
        BrokenCircuitException => "circuit_open",
        HttpRequestException or IOException => "connection",
        _ => "handler_error",
    };

    private static bool MayPass(Exception? exception, ResilienceContext context) =>
        exception is not WorkRefusedException && HasFailed(exception, context);

    private static bool HasFailed(Exception? exception, ResilienceContext context) =>
        exception is not null && !context.CancellationToken.IsCancellationRequested;

    private static TimeSpan? RetryAfter(Exception? exception, TimeSpan longest)
    {
        var after = exception switch
        {
            ModelUnavailableException unavailable => unavailable.RetryAfter,
            BrokenCircuitException broken => broken.RetryAfter,
            _ => null,
        };
        return after > longest ? longest : after;
    }
}
