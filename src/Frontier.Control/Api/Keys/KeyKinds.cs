// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Resources;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Keys;

/// <summary>Public keys and key groups (<c>api.md</c> §6.9, §6.10).</summary>
internal static class KeyKinds
{
    public static VersionedKind<PublicKeySettings> PublicKeys { get; } = new()
    {
        Name = "PublicKey",
        ListOperation = "ListPublicKeys",
        Path = "public-key",
        Resource = ResourceKind.PublicKey,
        NewId = ResourceIds.NewPublicKeyId,
        Read = PublicKeyDocument.Read,
        WriteConfig = PublicKeyDocument.WriteConfig,
        Write = PublicKeyDocument.Write,
        WriteSummary = PublicKeyDocument.WriteSummary,
        TellsCreation = true,
        Of = static catalogue => catalogue.PublicKeys,
        With = static (catalogue, keys) => catalogue with { PublicKeys = keys }, // encrypted fields tell the key's name (DP-25.8)
        NameOf = static settings => settings.Name,
        CallerReferenceOf = static settings => settings.CallerReference,
        Check = KeyValidation.Check,
        CheckUpdate = static (current, settings, _) => KeyValidation.CheckUpdate(current, settings),
        CheckDelete = static (key, catalogue) => catalogue.UsesPublicKey(key.Id) ? ApiErrors.PublicKeyInUse : null,
        Quota = static quotas => quotas.PublicKeys,
        NotFound = ApiErrors.NoSuchPublicKey,
        AlreadyExists = ApiErrors.PublicKeyAlreadyExists,
        TooMany = ApiErrors.TooManyPublicKeys,
        CallerReferenceChanged = ApiErrors.CannotChangeImmutablePublicKeyFields,
    };

    public static VersionedKind<KeyGroupSettings> KeyGroups { get; } = new()
    {
        Name = "KeyGroup",
        ListOperation = "ListKeyGroups",
        Path = "key-group",
        IsUpdatedAtConfig = false,
        Resource = ResourceKind.KeyGroup,
        NewId = ResourceIds.NewKeyGroupId,
        Read = KeyGroupDocument.Read,
        WriteConfig = KeyGroupDocument.WriteConfig,
        Write = KeyGroupDocument.Write,
        WriteSummary = KeyGroupDocument.WriteSummary,
        Of = static catalogue => catalogue.KeyGroups,
        With = static (catalogue, groups) => catalogue with { KeyGroups = groups },
        CountsUnnamed = static catalogue => catalogue.TrustsAccount,
        NameOf = static settings => settings.Name,
        Check = KeyValidation.Check,
        CheckDelete = static (group, catalogue) => catalogue.AnyBehavior(behavior => behavior.TrustedKeyGroups.Items.Contains(group.Id)) ? ApiErrors.ResourceInUse : null,
        Quota = static quotas => quotas.KeyGroups,
        NotFound = ApiErrors.NoSuchResource,
        AlreadyExists = ApiErrors.KeyGroupAlreadyExists,
        TooMany = ApiErrors.TooManyKeyGroupsInAccount,
    };
}
