// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Resources;

namespace Frontier.Control.Domain.Validation;

/// <summary>Public keys and key groups (API-6.12, API-6.13, <c>api.md</c> §4, §7).</summary>
internal static class KeyValidation
{
    public static void Check(PublicKeySettings settings, CheckContext context, FaultList faults)
    {
        NameValidation.CheckCallerReference(settings.CallerReference, faults);
        NameValidation.CheckName(settings.Name, faults);
        NameValidation.CheckComment(settings.Comment, faults);
        if (!PublicKeyMaterial.TryParse(settings.EncodedKey, out var material))
        {
            faults.Add(ApiErrors.InvalidArgument, "The parameter EncodedKey must be a public key in PEM form (BEGIN PUBLIC KEY), of RSA with 2048 bits or of ECDSA with the curve P-256.");
            return;
        }

        foreach (var other in context.Catalogue.PublicKeys.Where(other => other.Id != context.OwnId && IsSameKey(other, material)))
        {
            faults.Add(ApiErrors.PublicKeyAlreadyExists, $"The key is the public key {other.Id} already.");
        }
    }

    /// <summary>API-6.12: the key stays. Its text may be folded otherwise as long as it is the same key.</summary>
    public static ApiError? CheckUpdate(Resource<PublicKeySettings> current, PublicKeySettings settings) =>
        PublicKeyMaterial.TryParse(settings.EncodedKey, out var material) && IsSameKey(current, material) ? null : ApiErrors.CannotChangeImmutablePublicKeyFields;

    public static void Check(KeyGroupSettings settings, CheckContext context, FaultList faults)
    {
        NameValidation.CheckName(settings.Name, faults);
        NameValidation.CheckComment(settings.Comment, faults);
        faults.Require(!settings.PublicKeys.IsEmpty, ApiErrors.InvalidArgument, "The parameter Items must list at least one public key.");
        faults.Require(settings.PublicKeys.Length <= context.Quotas.PublicKeysPerKeyGroup, ApiErrors.TooManyPublicKeysInKeyGroup, ApiErrors.TooManyPublicKeysInKeyGroup.Message);
        faults.Require(settings.PublicKeys.Distinct().Count() == settings.PublicKeys.Length, ApiErrors.InvalidArgument, "The parameter Items contains a public key more than once.");
        foreach (var id in settings.PublicKeys.Where(id => context.Catalogue.FindPublicKey(id) is null))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Items contains '{id}', which is no public key of this account.");
        }
    }

    private static bool IsSameKey(Resource<PublicKeySettings> known, PublicKeyMaterial material) =>
        PublicKeyMaterial.TryParse(known.Settings.EncodedKey, out var other) && other.IsSameKeyAs(material);
}
