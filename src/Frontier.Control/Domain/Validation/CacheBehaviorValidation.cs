// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>Cache behaviors (<c>api.md</c> §9, API-10.1 to API-10.3, API-10.11, API-10.19).</summary>
internal static class CacheBehaviorValidation
{
    private const int LongestPattern = 255;

    /// <summary>DP-3.8, and the two wildcards.</summary>
    private static readonly SearchValues<char> PatternCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.*?$/~\"'@:+&");

    /// <summary>The only sets a behavior may allow; the first two are those it may cache.</summary>
    private static readonly string[] MethodSets = ["GET HEAD", "GET HEAD OPTIONS", "DELETE GET HEAD OPTIONS PATCH POST PUT"];

    public static void Check(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        faults.Require(settings.CacheBehaviors.Length <= context.Quotas.CacheBehaviorsPerDistribution, ApiErrors.TooManyCacheBehaviors, ApiErrors.TooManyCacheBehaviors.Message);
        var targets = settings.Origins.Select(origin => origin.Id).Concat(settings.OriginGroups.Select(group => group.Id)).ToHashSet();
        var patterns = new HashSet<string>();
        foreach (var behavior in settings.AllBehaviors)
        {
            var name = behavior.PathPattern is null ? "the default cache behavior" : $"the cache behavior '{behavior.PathPattern}'";
            if (behavior.PathPattern is { } pattern)
            {
                faults.Require(
                    pattern.Length is > 0 and <= LongestPattern && !pattern.AsSpan().ContainsAnyExcept(PatternCharacters),
                    ApiErrors.InvalidArgument, $"The parameter PathPattern '{pattern}' is empty, too long or contains characters that are not valid.");
                faults.Require(patterns.Add(pattern.TrimStart('/')), ApiErrors.InvalidArgument, $"The parameter PathPattern '{pattern}' is used by more than one cache behavior.");
            }

            faults.Require(targets.Contains(behavior.TargetOriginId), ApiErrors.NoSuchOrigin, $"{ApiErrors.NoSuchOrigin.Message} ('{behavior.TargetOriginId}' in {name}.)");
            CheckMethods(behavior, name, faults);
            CheckPolicies(behavior, name, settings, context, faults);
            CheckGrpc(behavior, name, settings, faults);
            CheckAssociations(behavior, faults);
            SignersValidation.Check(behavior, name, context, faults);
            FieldEncryptionUse.Check(behavior, name, settings, context, faults);
        }
    }

    private static void CheckMethods(CacheBehavior behavior, string name, FaultList faults)
    {
        var allowed = Array.IndexOf(MethodSets, Canonical(behavior.AllowedMethods));
        var cached = Array.IndexOf(MethodSets, Canonical(behavior.CachedMethods));
        faults.Require(allowed >= 0, ApiErrors.InvalidArgument, $"The parameter AllowedMethods of {name} is none of the sets that are allowed.");
        faults.Require(cached is 0 or 1, ApiErrors.InvalidArgument, $"The parameter CachedMethods of {name} is none of the sets that are allowed.");
        faults.Require(allowed < 0 || cached <= allowed, ApiErrors.InvalidArgument, $"The parameter CachedMethods of {name} contains a method that AllowedMethods does not.");
        faults.Require(!behavior.GrpcEnabled || allowed == 2, ApiErrors.InvalidArgument, $"The parameter GrpcConfig of {name} needs all seven methods allowed.");
    }

    /// <summary>§9, API-10.14.</summary>
    private static void CheckGrpc(CacheBehavior behavior, string name, DistributionSettings settings, FaultList faults)
    {
        if (behavior.GrpcEnabled)
        {
            faults.Require(settings.HttpVersion is "http2" or "http2and3", ApiErrors.InvalidArgument, $"The parameter GrpcConfig of {name} needs HTTP/2.");
            faults.Require(
                settings.OriginGroups.All(group => group.Id != behavior.TargetOriginId), ApiErrors.InvalidArgument, $"The parameter GrpcConfig of {name} cannot be used with an origin group.");
        }
    }

    private static string Canonical(IEnumerable<string> methods) => string.Join(' ', methods.Order(StringComparer.Ordinal));

    private static void CheckPolicies(CacheBehavior behavior, string name, DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        if (behavior.CachePolicyId is not null)
        {
            Forbid(behavior.ForwardedValues, "ForwardedValues", faults);
            Forbid(behavior.MinTtl, "MinTTL", faults);
            Forbid(behavior.DefaultTtl, "DefaultTTL", faults);
            Forbid(behavior.MaxTtl, "MaxTTL", faults);
        }
        else
        {
            faults.Require(behavior.ForwardedValues is not null, ApiErrors.InvalidArgument, $"The parameter CachePolicyId or ForwardedValues is required in {name}.");
            faults.Require(behavior.OriginRequestPolicyId is null, ApiErrors.InvalidArgument, $"The parameter OriginRequestPolicyId cannot be used without a cache policy in {name}.");
        }

        PolicyReferenceValidation.Check(behavior, context, faults);
        if (behavior.ForwardedValues is { } values)
        {
            ForwardedValuesValidation.Check(behavior, values, settings, context, faults);
        }
    }

    private static void Forbid(object? value, string parameter, FaultList faults) => faults.Require(
        value is null, ApiErrors.InvalidArgument, $"The parameter {parameter} cannot be used when a cache policy is associated to the cache behavior.");

    private static void CheckAssociations(CacheBehavior behavior, FaultList faults)
    {
        faults.Require(
            behavior.LambdaFunctions.DistinctBy(item => item.EventType).Count() == behavior.LambdaFunctions.Length
                && behavior.LambdaFunctions.All(item => !item.IncludeBody || item.EventType.EndsWith("-request", StringComparison.Ordinal)),
            ApiErrors.InvalidLambdaFunctionAssociation, ApiErrors.InvalidLambdaFunctionAssociation.Message);
        faults.Require(
            behavior.Functions.DistinctBy(item => item.EventType).Count() == behavior.Functions.Length
                && behavior.Functions.All(item => item.EventType.StartsWith("viewer-", StringComparison.Ordinal))
                && (behavior.Functions.Length == 0 || behavior.LambdaFunctions.All(item => item.EventType.StartsWith("origin-", StringComparison.Ordinal))),
            ApiErrors.InvalidFunctionAssociation, ApiErrors.InvalidFunctionAssociation.Message);
    }
}
