// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.FieldEncryption;
using Frontier.Control.Domain.Resources;

namespace Frontier.Control.Publishing;

/// <summary>The configurations of field-level encryption that behaviors name, their profiles, and the keys of those, each once (§25).</summary>
/// <param name="KeyIds">Public keys that profiles encrypt with; a key may stand in a key group as well.</param>
internal sealed record FieldEncryptionParts(
    ImmutableArray<FieldEncryptionConfig> Configs, ImmutableArray<FieldEncryptionProfileConfig> Profiles, IEnumerable<string> KeyIds)
{
    public static FieldEncryptionParts Compile(IEnumerable<CacheBehavior> behaviors, Catalogue catalogue, PartMemory memory)
    {
        List<Resource<FieldEncryptionSettings>> configs = [.. behaviors.Select(static behavior => behavior.FieldLevelEncryptionId).Where(static id => id.Length > 0).Distinct()
            .Select(id => catalogue.FieldEncryptionConfigs.FirstOrDefault(config => config.Id == id)
                ?? throw new InvalidOperationException($"The field-level encryption {id} was accepted and is none."))];
        List<Resource<FieldEncryptionProfileSettings>> profiles = [.. configs.SelectMany(static config => config.Settings.ProfileIds).Distinct()
            .Select(id => catalogue.FieldEncryptionProfiles.FirstOrDefault(profile => profile.Id == id)
                ?? throw new InvalidOperationException($"The field-level encryption profile {id} was accepted and is none."))];
        return new FieldEncryptionParts(
            [.. configs.Select(config => memory.Get("field-encryption", config.Id, config.ETag, () => Compile(config)))],
            [.. profiles.Select(profile => Compile(profile, catalogue, memory))],
            profiles.Select(static profile => profile.Settings.Entities[0].PublicKeyId));
    }

    private static FieldEncryptionConfig Compile(Resource<FieldEncryptionSettings> config)
    {
        var form = config.Settings.ContentTypeProfiles?.Profiles is [var only] ? only : null;
        return new FieldEncryptionConfig
        {
            Id = config.Id,
            QueryArgs = config.Settings.QueryArgProfiles is { } mapped
                ? new QueryArgProfilesConfig(mapped.ForwardWhenUnknown, [.. mapped.Profiles.Select(static profile => new QueryArgProfileConfig(profile.QueryArg, profile.ProfileId))])
                : null,
            ForwardsUnknownContent = config.Settings.ContentTypeProfiles is { ForwardWhenUnknown: true },
            KnowsForms = form is not null,
            FormProfileId = form is { ProfileId.Length: > 0 } ? form.ProfileId : null,
        };
    }

    private static FieldEncryptionProfileConfig Compile(Resource<FieldEncryptionProfileSettings> profile, Catalogue catalogue, PartMemory memory)
    {
        var entity = profile.Settings.Entities[0]; // there is exactly one (§9.1)
        var keyName = catalogue.FindPublicKey(entity.PublicKeyId) is { } key ? key.Settings.Name : throw new InvalidOperationException($"The public key {entity.PublicKeyId} was accepted and is none.");
        return memory.Get("field-encryption-profile", profile.Id, $"{profile.ETag} {keyName}", () => new FieldEncryptionProfileConfig
        {
            Id = profile.Id,
            PublicKeyId = entity.PublicKeyId,
            KeyName = keyName,
            ProviderId = entity.ProviderId,
            FieldPatterns = entity.FieldPatterns,
        });
    }
}
