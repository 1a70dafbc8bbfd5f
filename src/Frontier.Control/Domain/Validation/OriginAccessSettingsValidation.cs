// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Domain.Resources;

namespace Frontier.Control.Domain.Validation;

/// <summary>Origin access controls and identities by themselves (<c>api.md</c> §9.1, API-6.14).</summary>
internal static class OriginAccessSettingsValidation
{
    private const int LongestName = 64;
    private const int LongestDescription = 256;

    public static void Check(OriginAccessControlSettings settings, FaultList faults)
    {
        faults.Require(settings.Name.Length is > 0 and <= LongestName, ApiErrors.InvalidArgument, $"The parameter Name must have 1 to {LongestName} characters.");
        faults.Require(settings.Description.Length <= LongestDescription, ApiErrors.InvalidArgument, $"The parameter Description is longer than {LongestDescription} characters.");
    }

    public static ApiError? CheckUpdate(Resource<OriginAccessControlSettings> current, OriginAccessControlSettings settings, Catalogue catalogue) =>
        settings.OriginType != current.Settings.OriginType && catalogue.UsesOriginAccessControl(current.Id)
            ? ApiErrors.IllegalUpdate.Saying("The origin type of an origin access control cannot be changed while a distribution uses it.")
            : null;

    public static void Check(OriginAccessIdentitySettings settings, FaultList faults)
    {
        NameValidation.CheckCallerReference(settings.CallerReference, faults);
        NameValidation.CheckComment(settings.Comment, faults);
    }
}
