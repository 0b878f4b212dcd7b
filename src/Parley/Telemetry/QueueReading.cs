namespace Parley.Telemetry;

/// <summary>A workflow's queue at one moment.</summary>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="Depth">How many items wait.</param>
/// <param name="OldestAge">How long the oldest has waited; zero for an empty queue.</param>
public readonly record struct QueueReading(string Workflow, int Depth, TimeSpan OldestAge);
