namespace Parley.Protocol;

/// <summary>The values of <see cref="SummaryPayload.Author"/>.</summary>
public static class SummaryAuthors
{
    /// <summary>A model wrote it.</summary>
    public const string Model = "model";

    /// <summary>It is chosen from what was said, without a model.</summary>
    public const string Extractive = "extractive";
}

/// <summary>The values of <see cref="SummaryPayload.Reason"/>.</summary>
public static class SummaryReasons
{
    /// <summary>There is no model.</summary>
    public const string NoModel = "no_model";

    /// <summary>Nothing was said that a model could be asked about.</summary>
    public const string NothingSaid = "nothing_said";

    /// <summary>The conversation ended, and the model had not answered yet. Its summary replaces this one when it comes.</summary>
    public const string Late = "late";

    /// <summary>The model failed: see <see cref="SummaryFailedPayload"/>. A summary that is written later replaces this one.</summary>
    public const string Failed = "failed";

    /// <summary>The stream's budget did not allow another call.</summary>
    public const string Budget = "budget";
}
