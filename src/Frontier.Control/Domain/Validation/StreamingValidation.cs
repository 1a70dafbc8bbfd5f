// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Streaming;
using Frontier.Protocols.Names;

namespace Frontier.Control.Domain.Validation;

/// <summary>Legacy streaming distributions (<c>api.md</c> §6.19, §9.1). That an alias is free is for the store to say: other distributions have aliases, too.</summary>
internal static class StreamingValidation
{
    public static void Check(StreamingDistributionSettings settings, CheckContext context, FaultList faults)
    {
        NameValidation.CheckCallerReference(settings.CallerReference, faults);
        NameValidation.CheckComment(settings.Comment, faults);
        CheckOrigin(settings, context, faults);
        CheckAliases(settings, context, faults);
        CheckSigners(settings.TrustedSigners, context, faults);
    }

    private static void CheckOrigin(StreamingDistributionSettings settings, CheckContext context, FaultList faults)
    {
        var names = new ValidationContext(context.Catalogue, null, context.Options);
        faults.Require(names.TryReadS3Host(settings.DomainName, out var host) && host.Endpoint == S3Endpoint.Rest, ApiErrors.InvalidOrigin, ApiErrors.InvalidOrigin.Message);
        faults.Require(
            settings.OriginAccessIdentity.Length == 0 || names.HasOriginAccessIdentity(settings.OriginAccessIdentity),
            ApiErrors.InvalidOriginAccessIdentity, ApiErrors.InvalidOriginAccessIdentity.Message);
    }

    private static void CheckAliases(StreamingDistributionSettings settings, CheckContext context, FaultList faults)
    {
        faults.Require(settings.Aliases.Length <= context.Quotas.AliasesPerDistribution, ApiErrors.TooManyStreamingCnames, ApiErrors.TooManyStreamingCnames.Message);
        faults.Require(
            settings.Aliases.All(alias => DistributionValidator.IsAlias(alias, context.Options.Domain)) && settings.Aliases.Distinct().Count() == settings.Aliases.Length,
            ApiErrors.InvalidArgument, "The parameter CNAME contains one or more parameters that are not valid.");
    }

    /// <summary>There is one account, and <c>self</c> is its other name.</summary>
    private static void CheckSigners(SignerList signers, CheckContext context, FaultList faults)
    {
        faults.Require(signers.Items.Length <= context.Quotas.TrustedSigners, ApiErrors.TooManyTrustedSigners, ApiErrors.TooManyTrustedSigners.Message);
        faults.Require(
            signers.Items.All(signer => signer == "self" || signer == context.Options.AccountId), ApiErrors.TrustedSignerDoesNotExist, ApiErrors.TrustedSignerDoesNotExist.Message);
    }
}
