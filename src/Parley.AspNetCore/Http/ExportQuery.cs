using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using Parley.Protocol;
using Parley.Transcripts;

namespace Parley.AspNetCore.Http;

/// <summary>Reads from a query how a transcript is written: see <see cref="ExportParameter"/>.</summary>
internal static class ExportQuery
{
    private static readonly string[] Known = ["format", "summary", .. ExportParameter.All.Select(parameter => parameter.Name)];

    /// <summary>Gets the parameters as the description of the calls has them.</summary>
    public static IEnumerable<OpenApiParameter> Parameters => ExportParameter.All.Select(parameter => new OpenApiParameter
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = $"With {FormatsOf(parameter)}: {parameter.Values}. {parameter.Description}",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    /// <exception cref="RequestProblem">A parameter is unknown, given twice, out of its range, or not for this format.</exception>
    public static TranscriptExportOptions Read(IQueryCollection query, TranscriptFormat format)
    {
        QueryParameters.Check(query, Known);
        var options = TranscriptExportOptions.Default;
        foreach (var parameter in ExportParameter.All)
        {
            if (!query.TryGetValue(parameter.Name, out var values)) continue;
            if (!parameter.Formats.Contains(format))
                throw Problem($"{parameter.Name} goes with {FormatsOf(parameter)}: {format.Name} has no use for it.");
            options = parameter.Set(options, values[0] ?? "") ?? throw Problem($"{parameter.Name} is not {parameter.Values}.");
        }

        return ExportParameter.ProblemOf(options) is { } problem ? throw Problem($"{problem}.") : options;
    }

    private static string FormatsOf(ExportParameter parameter) => string.Join(", ", parameter.Formats.Select(format => format.Name));

    private static RequestProblem Problem(string message) => new(ErrorCodes.InvalidMessage, message);
}
