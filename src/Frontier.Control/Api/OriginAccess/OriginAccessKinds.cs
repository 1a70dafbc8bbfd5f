// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Resources;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.OriginAccess;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Store;

namespace Frontier.Control.Api.OriginAccess;

/// <summary>Origin access controls, and legacy origin access identities (<c>api.md</c> §6.7, §6.8).</summary>
internal static class OriginAccessKinds
{
    public static VersionedKind<OriginAccessControlSettings> Controls { get; } = new()
    {
        Name = "OriginAccessControl",
        ListOperation = "ListOriginAccessControls",
        Path = "origin-access-control",
        Resource = ResourceKind.OriginAccessControl,
        NewId = ResourceIds.NewId,
        Read = OriginAccessControlDocument.Read,
        WriteConfig = OriginAccessControlDocument.WriteConfig,
        Write = OriginAccessControlDocument.Write,
        WriteSummary = OriginAccessControlDocument.WriteSummary,
        IsListedAsFamilyA = true,
        Of = static catalogue => catalogue.OriginAccessControls,
        With = static (catalogue, controls) => catalogue with { OriginAccessControls = controls },
        NameOf = static settings => settings.Name,
        Check = static (settings, _, faults) => OriginAccessSettingsValidation.Check(settings, faults),
        CheckUpdate = OriginAccessSettingsValidation.CheckUpdate,
        CheckDelete = static (control, catalogue) => catalogue.UsesOriginAccessControl(control.Id) ? ApiErrors.OriginAccessControlInUse : null,
        Quota = static quotas => quotas.OriginAccessControls,
        NotFound = ApiErrors.NoSuchOriginAccessControl,
        AlreadyExists = ApiErrors.OriginAccessControlAlreadyExists,
        TooMany = ApiErrors.TooManyOriginAccessControls,
    };

    /// <summary>No change of an identity matters to an edge: it signs with a key made of the id, and the id stays.</summary>
    public static VersionedKind<OriginAccessIdentitySettings> Identities { get; } = new()
    {
        Name = "CloudFrontOriginAccessIdentity",
        ListOperation = "ListCloudFrontOriginAccessIdentities",
        Path = "origin-access-identity/cloudfront",
        Resource = ResourceKind.OriginAccessIdentity,
        NewId = ResourceIds.NewId,
        Read = OriginAccessIdentityDocument.Read,
        WriteConfig = OriginAccessIdentityDocument.WriteConfig,
        Write = OriginAccessIdentityDocument.Write,
        WriteSummary = OriginAccessIdentityDocument.WriteSummary,
        IsListedAsFamilyA = true,
        Of = static catalogue => catalogue.OriginAccessIdentities,
        CallerReferenceOf = static settings => settings.CallerReference,
        IsRepetition = static (made, asked) => made.SaysTheSameAs(asked),
        Check = static (settings, _, faults) => OriginAccessSettingsValidation.Check(settings, faults),
        CheckDelete = static (identity, catalogue) =>
            catalogue.UsesOriginAccessIdentity(OriginAccessIdentitySettings.ReferenceOf(identity.Id)) ? ApiErrors.OriginAccessIdentityInUse : null,
        Quota = static quotas => quotas.OriginAccessIdentities,
        NotFound = ApiErrors.NoSuchOriginAccessIdentity,
        AlreadyExists = ApiErrors.OriginAccessIdentityAlreadyExists,
        TooMany = ApiErrors.TooManyOriginAccessIdentities,
    };
}
