namespace Parley.Context;

/// <summary>Finds what was meant by a name that is not known.</summary>
internal static class Spelling
{
    // Two letters may be wrong; what is further away is another name.
    private const int Most = 2;

    /// <summary>Returns the name that is most like another; null where none is like it.</summary>
    public static string? Nearest(string name, IEnumerable<string> names) =>
        names.Select(known => (Name: known, Distance: Distance(name, known))).Where(one => one.Distance <= Most)
            .OrderBy(one => one.Distance).Select(one => one.Name).FirstOrDefault();

    // How many letters to add, leave out or replace (Levenshtein).
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 0; i < one.Length; i++)
        {
            var corner = row[0]++;
            for (var j = 0; j < other.Length; j++)
            {
                var replaced = corner + (one[i] == other[j] ? 0 : 1);
                corner = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[^1];
    }
}
