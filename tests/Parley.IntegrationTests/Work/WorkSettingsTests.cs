using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Parley.AspNetCore.Settings;
using Parley.Work;

namespace Parley.IntegrationTests.Work;

/// <summary>The settings of work have the ranges and the defaults of the engine's options.</summary>
public class WorkSettingsTests
{
    public static TheoryData<string> Settings => new(typeof(WorkflowSettings).GetProperties().Select(property => property.Name));

    [Theory, MemberData(nameof(Settings))]
    public void A_workflow_may_have_what_the_engine_takes_and_no_more(string setting)
    {
        var range = typeof(WorkflowSettings).GetProperty(setting)!.GetCustomAttribute<RangeAttribute>()!;
        var (least, most) = ((double)range.Minimum, (double)range.Maximum);
        _ = With(setting, least).ToOptions();
        _ = With(setting, most).ToOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => With(setting, most + 1).ToOptions());
        Assert.Throws<ArgumentOutOfRangeException>(() => With(setting, least < 1 ? least - 0.001 : least - 1).ToOptions());
    }

    [Fact]
    public void The_queues_may_have_what_the_engine_takes_and_no_more()
    {
        var range = typeof(WorkSettings).GetProperty(nameof(WorkSettings.Capacity))!.GetCustomAttribute<RangeAttribute>()!;
        var (least, most) = ((int)(double)range.Minimum, (int)(double)range.Maximum);
        _ = new WorkOptions { Capacity = least };
        _ = new WorkOptions { Capacity = most };
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkOptions { Capacity = least - 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkOptions { Capacity = most + 1 });
    }

    [Fact]
    public void Without_settings_work_is_done_as_the_engine_does_it()
    {
        var question = new WorkflowSettings();
        question.Take(new WorkOptions().Question);
        Assert.Equal(new WorkOptions().Question, question.ToOptions());
        Assert.Equal(new WorkOptions().General, new WorkflowSettings().ToOptions());
        Assert.Equal(new WorkOptions().Capacity, new WorkSettings().Capacity);
    }

    private static WorkflowSettings With(string setting, double value)
    {
        var settings = new WorkflowSettings();
        var property = typeof(WorkflowSettings).GetProperty(setting)!;
        property.SetValue(settings, Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        return settings;
    }
}
