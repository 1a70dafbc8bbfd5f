// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Resources;
using Frontier.Control.Domain;
using Frontier.Control.Domain.FieldEncryption;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Store;

namespace Frontier.Control.Api.FieldEncryption;

/// <summary>Configurations and profiles of field-level encryption (<c>api.md</c> §6.14, §6.15).</summary>
internal static class FieldEncryptionKinds
{
    public static VersionedKind<FieldEncryptionSettings> Configs { get; } = new()
    {
        Name = "FieldLevelEncryption",
        NameOfChanges = "FieldLevelEncryptionConfig",
        ListOperation = "ListFieldLevelEncryptionConfigs",
        Path = "field-level-encryption",
        Resource = ResourceKind.FieldLevelEncryptionConfig,
        NewId = ResourceIds.NewFieldEncryptionId,
        Read = FieldEncryptionDocument.Read,
        WriteConfig = FieldEncryptionDocument.WriteConfig,
        Write = FieldEncryptionDocument.Write,
        WriteSummary = FieldEncryptionDocument.WriteSummary,
        Of = static catalogue => catalogue.FieldEncryptionConfigs,
        With = static (catalogue, configs) => catalogue with { FieldEncryptionConfigs = configs },
        CallerReferenceOf = static settings => settings.CallerReference,
        Check = FieldEncryptionValidation.Check,
        CheckDelete = static (config, catalogue) => catalogue.AnyBehavior(behavior => behavior.FieldLevelEncryptionId == config.Id) ? ApiErrors.FieldEncryptionConfigInUse : null,
        Quota = static quotas => quotas.FieldEncryptionConfigs,
        NotFound = ApiErrors.NoSuchFieldEncryptionConfig,
        AlreadyExists = ApiErrors.FieldEncryptionConfigAlreadyExists,
        TooMany = ApiErrors.TooManyFieldEncryptionConfigs,
    };

    public static VersionedKind<FieldEncryptionProfileSettings> Profiles { get; } = new()
    {
        Name = "FieldLevelEncryptionProfile",
        ListOperation = "ListFieldLevelEncryptionProfiles",
        Path = "field-level-encryption-profile",
        Resource = ResourceKind.FieldLevelEncryptionProfile,
        NewId = ResourceIds.NewFieldEncryptionProfileId,
        Read = FieldEncryptionProfileDocument.Read,
        WriteConfig = FieldEncryptionProfileDocument.WriteConfig,
        Write = FieldEncryptionProfileDocument.Write,
        WriteSummary = FieldEncryptionProfileDocument.WriteSummary,
        Of = static catalogue => catalogue.FieldEncryptionProfiles,
        With = static (catalogue, profiles) => catalogue with { FieldEncryptionProfiles = profiles },
        NameOf = static settings => settings.Name,
        CallerReferenceOf = static settings => settings.CallerReference,
        Check = FieldEncryptionValidation.Check,
        CheckDelete = static (profile, catalogue) =>
            catalogue.FieldEncryptionConfigs.Any(config => config.Settings.ProfileIds.Contains(profile.Id)) ? ApiErrors.FieldEncryptionProfileInUse : null,
        Quota = static quotas => quotas.FieldEncryptionProfiles,
        NotFound = ApiErrors.NoSuchFieldEncryptionProfile,
        AlreadyExists = ApiErrors.FieldEncryptionProfileAlreadyExists,
        TooMany = ApiErrors.TooManyFieldEncryptionProfiles,
    };
}
