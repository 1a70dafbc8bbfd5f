// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>A cache behavior that encrypts fields (API-10.10, <c>api.md</c> §7): neither viewer nor origin may then be spoken to in the clear.</summary>
internal static class FieldEncryptionUse
{
    private const int AllMethods = 7;

    public static void Check(CacheBehavior behavior, string name, DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        var id = behavior.FieldLevelEncryptionId;
        if (id.Length == 0)
        {
            return;
        }

        faults.Require(context.HasFieldEncryption(id), ApiErrors.NoSuchFieldEncryptionConfig, $"{ApiErrors.NoSuchFieldEncryptionConfig.Message} ('{id}' in {name}.)");
        faults.Require(
            context.CountOthers(other => other.Settings.AllBehaviors.Any(used => used.FieldLevelEncryptionId == id)) < context.Quotas.DistributionsPerFieldEncryption,
            ApiErrors.TooManyDistributionsPerFieldEncryption, ApiErrors.TooManyDistributionsPerFieldEncryption.Message);
        Require(behavior.AllowedMethods.Length == AllMethods, "allow all seven methods", name, faults);
        Require(behavior.ViewerProtocolPolicy is "https-only" or "redirect-to-https", "set its ViewerProtocolPolicy to https-only or redirect-to-https", name, faults);
        Require(
            settings.Origins.Where(origin => origin.Id == behavior.TargetOriginId).All(static origin => origin.Custom is not { ProtocolPolicy: "http-only" }),
            "set the OriginProtocolPolicy of its origin to match-viewer or https-only", name, faults);
    }

    private static void Require(bool condition, string remedy, string name, FaultList faults) =>
        faults.Require(condition, ApiErrors.IllegalFieldEncryption, $"{ApiErrors.IllegalFieldEncryption.Message} For {name}, {remedy}.");
}
