using System.ClientModel.Primitives;

namespace Parley.OpenAI;

/// <summary>
/// The headers of a response as exceptions of <c>System.ClientModel</c> carry them. They can be read after its body is closed.
/// </summary>
/// <param name="response">The response.</param>
internal sealed class ResponseHeaders(HttpResponseMessage response) : PipelineResponseHeaders
{
    public override bool TryGetValue(string name, out string? value)
    {
        var isThere = TryGetValues(name, out var values);
        value = isThere ? string.Join(", ", values!) : null;
        return isThere;
    }

    public override bool TryGetValues(string name, out IEnumerable<string>? values)
    {
        var isThere = response.Headers.NonValidated.TryGetValues(name, out var found)
            || response.Content.Headers.NonValidated.TryGetValues(name, out found);
        values = isThere ? found : null;
        return isThere;
    }

    public override IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))
            .GetEnumerator();
}
