using System.Globalization;
using System.Text;

namespace Parley.AspNetCore.Observability;

/// <summary>Prometheus's text format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>A metric's name, as Prometheus has it: its unit in it, and <c>_total</c> after a counter's.</summary>
    public static string NameOf(string name, string unit, bool isCounter)
    {
        var named = new StringBuilder(Identifier(name));
        if (UnitOf(unit) is { Length: > 0 } suffix && !name.EndsWith(suffix, StringComparison.Ordinal)) named.Append('_').Append(suffix);
        if (isCounter && !name.EndsWith("total", StringComparison.Ordinal)) named.Append("_total");
        return named.ToString();
    }

    /// <summary>Says what the samples that follow are of.</summary>
    public PrometheusText Header(string name, string type, string help)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(help, quotes: false)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    /// <summary>A remark for people, which Prometheus skips.</summary>
    public PrometheusText Comment(string text)
    {
        _text.Append("# ").Append(Escaped(text, quotes: false)).Append('\n');
        return this;
    }

    /// <summary>One sample.</summary>
    public PrometheusText Sample(string name, IEnumerable<KeyValuePair<string, string>> labels, double value)
    {
        _text.Append(name);
        var separator = '{';
        foreach (var (label, text) in labels)
        {
            _text.Append(separator).Append(Identifier(label)).Append("=\"").Append(Escaped(text, quotes: true)).Append('"');
            separator = ',';
        }

        if (separator == ',') _text.Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
        return this;
    }

    /// <summary>A number.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    public override string ToString() => _text.ToString();

    private static string UnitOf(string unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "%" => "percent",

        // What is in braces is a remark, and 1 is no unit.
        _ => "",
    };

    private static string Identifier(string name)
    {
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(letters[i]) || (i == 0 && char.IsAsciiDigit(letters[i]))) letters[i] = '_';
        }

        return new string(letters);
    }

    private static string Escaped(string text, bool quotes)
    {
        var escaped = text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
