// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Deployment;

namespace Frontier.Control.Domain.Validation;

/// <summary>What a continuous deployment policy may say (<c>api.md</c> §9.1, API-6.15).</summary>
internal static class ContinuousDeploymentPolicyValidation
{
    public const string HeaderPrefix = "aws-cf-cd-";

    private const int LongestHeaderName = 256;
    private const int LongestHeaderValue = 1_783;
    private const decimal MostWeight = 0.15m;
    private const int ShortestSession = 300;
    private const int LongestSession = 3_600;

    /// <param name="ownId">The policy's own id, null while it has none.</param>
    public static ApiError? Check(ContinuousDeploymentSettings settings, Catalogue catalogue, string? ownId)
    {
        var faults = new FaultList();
        CheckStaging(settings, catalogue, ownId, faults);
        faults.Require(!settings.Enabled || settings.Traffic is not null, ApiErrors.InvalidArgument, "A policy that is enabled needs a TrafficConfig.");
        if (settings.Traffic is { } traffic)
        {
            CheckTraffic(traffic, faults);
        }

        return faults.Any ? faults.ToError() : null;
    }

    private static void CheckStaging(ContinuousDeploymentSettings settings, Catalogue catalogue, string? ownId, FaultList faults)
    {
        if (settings.StagingDomainNames is not [var name])
        {
            faults.Add(ApiErrors.InvalidArgument, "The parameter StagingDistributionDnsNames must have exactly one item.");
            return;
        }

        faults.Require(
            catalogue.Distributions.Any(distribution => distribution.DomainName == name && distribution.Settings.Staging), ApiErrors.InvalidArgument,
            $"The parameter StagingDistributionDnsNames names no staging distribution: '{name}'.");
        foreach (var other in catalogue.ContinuousDeploymentPolicies.Where(other => other.Id != ownId && other.Settings.StagingDomainNames.Contains(name)))
        {
            faults.Add(other.Settings.IsSameAs(settings) ? ApiErrors.ContinuousDeploymentPolicyAlreadyExists : ApiErrors.StagingDistributionInUse);
        }
    }

    private static void CheckTraffic(TrafficSettings traffic, FaultList faults)
    {
        var byWeight = traffic.Type == TrafficSettings.SingleWeight;
        faults.Require(
            (traffic.Weight is not null) == byWeight && (traffic.Header is not null) == !byWeight, ApiErrors.InvalidArgument,
            $"A TrafficConfig of type {traffic.Type} has a {traffic.Type}Config and no other.");
        if (traffic.Weight is { } weight)
        {
            faults.Require(weight.Weight is >= 0 and <= MostWeight, ApiErrors.InvalidArgument, "The parameter Weight must be between 0 and 0.15.");
            CheckStickiness(weight.Stickiness, faults);
        }

        if (traffic.Header is { } header)
        {
            faults.Require(
                header.Name.StartsWith(HeaderPrefix, StringComparison.Ordinal) && header.Name.Length is > 10 and <= LongestHeaderName && HeaderNames.IsToken(header.Name),
                ApiErrors.InvalidArgument, $"The parameter Header must be the name of a header with the prefix {HeaderPrefix} and at most {LongestHeaderName} characters.");
            faults.Require(
                header.Value.Length is > 0 and <= LongestHeaderValue && header.Value.All(static character => character is >= ' ' and <= '~') && header.Value.Trim().Length == header.Value.Length,
                ApiErrors.InvalidArgument, $"The parameter Value must have 1 to {LongestHeaderValue} printable ASCII characters and no space at either end.");
        }
    }

    private static void CheckStickiness(StickinessSettings? stickiness, FaultList faults)
    {
        if (stickiness is not var (idle, maximum))
        {
            return;
        }

        foreach (var (name, seconds) in new[] { ("IdleTTL", idle), ("MaximumTTL", maximum) })
        {
            faults.Require(seconds is >= ShortestSession and <= LongestSession, ApiErrors.InvalidArgument, $"The parameter {name} must be between {ShortestSession} and {LongestSession} seconds.");
        }

        faults.Require(idle <= maximum, ApiErrors.InvalidArgument, "The parameter IdleTTL must not be more than MaximumTTL.");
    }
}
