namespace Parley.AspNetCore.Observability;

/// <summary>When a server says that it should get no more traffic, from the section <c>Parley:Ready</c>.</summary>
public sealed class ReadinessOptions
{
    /// <summary>The least free space on the disk of the data folder, in bytes; at least 0. Default 268,435,456 (256 MiB).</summary>
    public long MinFreeBytes { get; set; } = 256L << 20;
}
