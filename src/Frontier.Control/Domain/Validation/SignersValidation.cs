// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>
/// Trusted key groups and trusted signers of a cache behavior (<c>api.md</c> §7, §8.2). What is listed and not enabled is refused:
/// whoever lists signers means to let nobody else in.
/// </summary>
internal static class SignersValidation
{
    public static void Check(CacheBehavior behavior, string name, ValidationContext context, FaultList faults)
    {
        var (groups, signers) = (behavior.TrustedKeyGroups, behavior.TrustedSigners);
        CheckSwitch(groups, "TrustedKeyGroups", "a key group", name, faults);
        CheckSwitch(signers, "TrustedSigners", "an account", name, faults);
        faults.Require(groups.Items.Length <= context.Quotas.KeyGroupsPerBehavior, ApiErrors.TooManyKeyGroups, ApiErrors.TooManyKeyGroups.Message);
        faults.Require(signers.Items.Length <= context.Quotas.TrustedSigners, ApiErrors.TooManyTrustedSigners, ApiErrors.TooManyTrustedSigners.Message);
        foreach (var signer in signers.Items.Where(signer => !context.IsOwnAccount(signer)))
        {
            faults.Add(ApiErrors.TrustedSignerDoesNotExist, $"{ApiErrors.TrustedSignerDoesNotExist.Message} ('{signer}' in {name}; there is one account here: use self.)");
        }

        foreach (var id in groups.Items)
        {
            faults.Require(context.HasKeyGroup(id), ApiErrors.TrustedKeyGroupDoesNotExist, $"{ApiErrors.TrustedKeyGroupDoesNotExist.Message} ('{id}' in {name}.)");
            faults.Require(
                context.CountOthers(other => other.Settings.AllBehaviors.Any(used => used.TrustedKeyGroups.Items.Contains(id))) < context.Quotas.DistributionsPerKeyGroup,
                ApiErrors.TooManyDistributionsPerKeyGroup, ApiErrors.TooManyDistributionsPerKeyGroup.Message);
        }
    }

    private static void CheckSwitch(SignerList list, string parameter, string item, string name, FaultList faults) => faults.Require(
        list.Enabled == (list.Items.Length > 0), ApiErrors.InvalidArgument,
        list.Enabled
            ? $"The parameter {parameter} of {name} is enabled and lists nothing: add {item}, or set Enabled to false."
            : $"The parameter {parameter} of {name} lists signers and is not enabled: set Enabled to true, or empty the list to serve everybody.");
}
