using Microsoft.Extensions.Options;
using Parley.AspNetCore.Limits;

namespace Parley.AspNetCore.Settings;

// Generated from the ranges on the options.
[OptionsValidator]
internal sealed partial class ParleyOptionsValidator : IValidateOptions<ParleyOptions>;

[OptionsValidator]
internal sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;

[OptionsValidator]
internal sealed partial class ModelSettingsValidator : IValidateOptions<ModelSettings>;

[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;

[OptionsValidator]
internal sealed partial class KestrelSettingsValidator : IValidateOptions<KestrelSettings>;

[OptionsValidator]
internal sealed partial class DefaultSettingsValidator : IValidateOptions<DefaultSettings>;

[OptionsValidator]
internal sealed partial class WorkSettingsValidator : IValidateOptions<WorkSettings>;

[OptionsValidator]
internal sealed partial class WorkflowSettingsValidator : IValidateOptions<WorkflowSettings>;
