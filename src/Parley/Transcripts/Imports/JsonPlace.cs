using System.Text;
using System.Text.Json;

namespace Parley.Transcripts;

/// <summary>
/// A place in a JSON document, such as <c>results.channels[].alternatives[].words[]</c>, among others that are looked for.
/// </summary>
internal sealed class JsonPlace
{
    private readonly List<(byte[] Name, JsonPlace Place)> _fields = [];

    private JsonPlace(string path) => Path = path;

    /// <summary>Gets the path as it was declared.</summary>
    public string Path { get; }

    /// <summary>Gets whether the values here are looked for themselves, and not only what is in them.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Gets the place of the items, where the values here are arrays; null where nothing in them is looked for.</summary>
    public JsonPlace? Items { get; private set; }

    /// <summary>
    /// Returns the root of the places with these paths. A path that begins with <c>[]</c> is of a document that is an array.
    /// </summary>
    public static JsonPlace Root(params ReadOnlySpan<string> paths)
    {
        var root = new JsonPlace("");
        foreach (var path in paths)
        {
            var place = root;
            foreach (var part in path.Split('.'))
            {
                var name = part.TrimEnd('[', ']');
                if (name.Length > 0) place = place.Field(name);
                for (var at = name.Length; at < part.Length; at += 2) place = place.Items ??= new(place.Path + "[]");
            }

            place.IsWanted = true;
        }

        return root;
    }

    /// <summary>Returns the place of the field whose name is the reader's token; null where it is not looked for.</summary>
    public JsonPlace? Field(ref readonly Utf8JsonReader reader)
    {
        foreach (var (name, place) in _fields)
        {
            if (reader.ValueTextEquals(name)) return place;
        }

        return null;
    }

    private JsonPlace Field(string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        foreach (var (known, place) in _fields)
        {
            if (known.AsSpan().SequenceEqual(utf8)) return place;
        }

        var added = new JsonPlace(Path.Length == 0 ? name : $"{Path}.{name}");
        _fields.Add((utf8, added));
        return added;
    }
}
