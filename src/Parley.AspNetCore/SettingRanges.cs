using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore;

/// <summary>Finds what is out of its range among settings, and says which and what it may be.</summary>
/// <param name="section">Where the settings are, such as <c>Parley:Limits</c>.</param>
internal sealed class SettingRanges(string section)
{
    private readonly List<string> _problems = [];

    public ValidateOptionsResult Result => _problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_problems);

    // Written so that what is not a number is out of every range.
    public void Check<T>(T value, T least, T most, [CallerArgumentExpression(nameof(value))] string option = "")
        where T : INumber<T> =>
        Require(value >= least && value <= most, string.Create(CultureInfo.InvariantCulture, $"must be from {least} to {most}; it is {value}."), option);

    /// <summary>The same, where nothing is fine, too.</summary>
    public void CheckIfSet<T>(T? value, T least, T most, [CallerArgumentExpression(nameof(value))] string option = "")
        where T : struct, INumber<T>
    {
        if (value is { } set) Check(set, least, most, option);
    }

    /// <param name="holds">Whether all is well.</param>
    /// <param name="problem">What must be, to go behind the setting's name.</param>
    /// <param name="option">The setting, such as <c>options.Data</c>.</param>
    public void Require(bool holds, string problem, string option)
    {
        if (!holds) _problems.Add($"{section}:{option[(option.IndexOf('.', StringComparison.Ordinal) + 1)..]} {problem}");
    }
}
