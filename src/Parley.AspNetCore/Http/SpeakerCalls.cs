using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Parley.AspNetCore.Hosting;
using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Naming speakers by hand.</summary>
internal static class SpeakerCalls
{
    public static void MapSpeakers(this RouteGroupBuilder calls)
    {
        calls.MapPut("/streams/{id}/speakers/{speaker}", NameInPathAsync).Named("nameSpeaker").Describes<NameBody>("application/json")
            .Said("Gives a speaker a name", "In what was said and in what follows. Nothing is said again: viewers get a SPEAKER_REVISION.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 409, 410, 503);
        calls.MapPut("/streams/{id}/speakers", NameInQueryAsync).Named("nameSpeakerInQuery").Describes<NameBody>("application/json")
            .Said("Gives a speaker a name", "The same, for a speaker whose id no address can have in its path: . and ..")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 409, 410, 503);
    }

    private static Task<NoContent> NameInPathAsync(
        string id, string speaker, HttpContext context, ServerEngine engine, CancellationToken cancellationToken) =>
        NameAsync(id, PathText.Of(context, "speaker", speaker), context, engine, cancellationToken);

    private static Task<NoContent> NameInQueryAsync(
        string id, string? speaker, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        QueryParameters.Check(context.Request.Query, "speaker");
        if (string.IsNullOrEmpty(speaker))
            throw new RequestProblem(ErrorCodes.InvalidMessage, "speaker is missing: the id of the speaker.");
        return NameAsync(id, speaker, context, engine, cancellationToken);
    }

    private static async Task<NoContent> NameAsync(
        string id, string speaker, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        if (speaker.Length > Names.MaxLength) throw new RequestProblem(ErrorCodes.InvalidMessage, $"speaker is longer than {Names.MaxLength} characters.");
        var name = await NameInAsync(context.Request, cancellationToken);
        var input = new NameSpeaker(new SpeakerRevisionPayload([], name, speaker));
        var receipt = await engine.Directory.PostAsync(key, input, cancellationToken) ?? throw StreamNames.NotFound();
        if (receipt.Refusal is { } refusal) throw new RequestProblem(refusal.Code, refusal.Message);
        return TypedResults.NoContent();
    }

    private static async Task<string> NameInAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        return body?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("name", out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 and <= Names.MaxLength } name && name.Trim().Length > 0
                ? name.Trim()
                : throw new RequestProblem(ErrorCodes.InvalidMessage, $"The body is an object with a name of 1 to {Names.MaxLength} characters.");
    }
}

/// <summary>A speaker's name.</summary>
/// <param name="Name">1 to 256 characters.</param>
internal sealed record NameBody(string Name);
