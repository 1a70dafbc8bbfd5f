// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Frontier.Contracts;
using Frontier.Protocols.Tls;

namespace Frontier.Decisions.Models;

/// <summary>A snapshot compiled, or every reason why it cannot be.</summary>
public readonly record struct CompileResult(RoutingTable? Table, ImmutableArray<string> Faults)
{
    [MemberNotNullWhen(true, nameof(Table))]
    public bool Succeeded => Table is not null;
}

/// <summary>
/// Turns a snapshot into what the hot path reads. The control plane runs it before it accepts a change and the edge before it
/// serves one, so that a snapshot which cannot be served is refused whole, with every fault named.
/// </summary>
public static class SnapshotCompiler
{
    /// <summary>100 years, the longest that the API takes (<c>api.md</c> §9).</summary>
    private const long MaxTtlSeconds = 3_153_600_000;

    /// <param name="previous">What was compiled before: models of parts that did not change are taken over from it.</param>
    public static CompileResult Compile(ConfigSnapshot snapshot, RoutingTable? previous = null)
    {
        if (snapshot.Format > ConfigSnapshot.CurrentFormat)
        {
            return new CompileResult(null, [ConfigSnapshot.FaultOfLater(snapshot.Format)]);
        }

        var faults = ImmutableArray.CreateBuilder<string>();
        var parts = new CompiledParts(previous?.Parts);
        var cachePolicies = CompileCachePolicies(snapshot.CachePolicies, parts, faults);
        var originRequestPolicies = new Dictionary<string, OriginRequestPolicyModel>(StringComparer.Ordinal);
        foreach (var policy in snapshot.OriginRequestPolicies)
        {
            if (!originRequestPolicies.TryAdd(policy.Id, parts.Keep(policy, parts.Find<OriginRequestPolicyModel>(policy) ?? new OriginRequestPolicyModel(policy))))
            {
                faults.Add($"There are two origin request policies with the id {policy.Id}.");
            }
        }

        var signers = new SignersCompiler(snapshot, parts, faults);
        var policies = new Policies(cachePolicies, originRequestPolicies, CompileResponseHeadersPolicies(snapshot.ResponseHeadersPolicies, parts, faults),
            signers, new FieldEncryptionCompiler(snapshot, signers, parts, faults), new TrustStoreCompiler(snapshot, parts, faults), new CertificatesCompiler(snapshot, parts, faults));
        var names = new NamesBuilder(snapshot.Distributions.Length);
        var owners = new Dictionary<string, string>(snapshot.Distributions.Length, StringComparer.Ordinal);
        var ids = new HashSet<string>(snapshot.Distributions.Length, StringComparer.Ordinal);
        var stagings = new Dictionary<string, DistributionModel>(StringComparer.Ordinal);

        // Staging distributions come first: their primaries hold them.
        foreach (var config in snapshot.Distributions.OrderByDescending(static config => config.Staging))
        {
            if (!ids.Add(config.Id))
            {
                faults.Add($"There are two distributions with the id {config.Id}."); // they would share one cache (DP-6.1)
            }

            ClaimNames(config, owners, faults);
            var known = parts.Find<DistributionModel>(config);
            if ((known is not null && IsRight(known, config, policies, stagings) ? known : CompileDistribution(config, policies, stagings, faults)) is { } distribution)
            {
                parts.Keep(config, distribution);
                names.Add(distribution);
                if (distribution.IsStaging)
                {
                    stagings.TryAdd(distribution.Id, distribution);
                }
            }
        }

        return faults.Count > 0
            ? new CompileResult(null, faults.ToImmutable())
            : new CompileResult(names.ToTable(snapshot, parts.Finish(), previous), []);
    }

    private static Dictionary<string, CachePolicyModel> CompileCachePolicies(
        ImmutableArray<CachePolicyConfig> policies, CompiledParts parts, ImmutableArray<string>.Builder faults)
    {
        var compiled = new Dictionary<string, CachePolicyModel>(StringComparer.Ordinal);
        foreach (var policy in policies)
        {
            var inBounds = true;
            foreach (var (name, seconds) in new[] { ("MinTTL", policy.MinTtl), ("DefaultTTL", policy.DefaultTtl), ("MaxTTL", policy.MaxTtl) })
            {
                if (seconds is < 0 or > MaxTtlSeconds)
                {
                    faults.Add($"Cache policy {policy.Id}: {name} ({seconds}) is not between 0 and {MaxTtlSeconds} seconds.");
                    inBounds = false;
                }
            }

            if (policy.Headers.Selection is Selection.All or Selection.AllExcept)
            {
                faults.Add($"Cache policy {policy.Id}: headers are taken by {policy.Headers.Selection}; a key takes none or those listed.");
            }

            // One out of bounds still gets its id a place, so that the behaviors that name it are not reported as well.
            var model = parts.Find<CachePolicyModel>(policy) ?? new CachePolicyModel(inBounds ? policy : policy with { MinTtl = 0, DefaultTtl = 0, MaxTtl = 0 });
            if (!compiled.TryAdd(policy.Id, parts.Keep(policy, model)))
            {
                faults.Add($"There are two cache policies with the id {policy.Id}.");
            }
        }

        return compiled;
    }

    private static Dictionary<string, ResponseHeadersPolicyModel> CompileResponseHeadersPolicies(
        ImmutableArray<ResponseHeadersPolicyConfig> policies, CompiledParts parts, ImmutableArray<string>.Builder faults)
    {
        var compiled = new Dictionary<string, ResponseHeadersPolicyModel>(StringComparer.Ordinal);
        foreach (var policy in policies)
        {
            string[] found = [.. ResponseHeadersPolicyModel.Faults(policy)];
            faults.AddRange(found.Select(fault => $"Response headers policy {policy.Id}: {fault}"));
            var sound = found.Length == 0 ? policy : new ResponseHeadersPolicyConfig { Id = policy.Id, Name = policy.Name }; // its id keeps its place, as above
            if (!compiled.TryAdd(policy.Id, parts.Keep(policy, parts.Find<ResponseHeadersPolicyModel>(policy) ?? new ResponseHeadersPolicyModel(sound))))
            {
                faults.Add($"There are two response headers policies with the id {policy.Id}.");
            }
        }

        return compiled;
    }

    /// <summary>Whether a model of the same configuration still holds the right policies and the right staging distribution.</summary>
    private static bool IsRight(DistributionModel known, DistributionConfig config, Policies policies, Dictionary<string, DistributionModel> stagings)
    {
        bool Holds(BehaviorModel model, BehaviorConfig behavior) =>
            ReferenceEquals(model.CachePolicy, policies.Cache.GetValueOrDefault(behavior.CachePolicyId))
            && ReferenceEquals(model.OriginRequestPolicy, behavior.OriginRequestPolicyId is { } id ? policies.OriginRequest.GetValueOrDefault(id) : OriginRequestPolicyModel.None)
            && ReferenceEquals(model.ResponseHeadersPolicy, behavior.ResponseHeadersPolicyId is { } responseId ? policies.ResponseHeaders.GetValueOrDefault(responseId) : null)
            && policies.Signers.IsRight(model.Signers, behavior.Signers)
            && policies.FieldEncryption.IsRight(model.FieldEncryption, behavior.FieldEncryptionId)
            && Shows(model.Origin) && (model.Failover is null || Shows(model.Failover.Secondary));

        bool Shows(OriginModel origin) => ReferenceEquals(origin.ClientCertificate, policies.Certificates.Find(origin.Config.ClientCertificateId));

        return Holds(known.DefaultBehavior, config.DefaultBehavior)
            && policies.TrustStores.IsRight(known.ViewerCertificates, config.ViewerCertificates)
            && known.Behaviors.Zip(config.Behaviors).All(pair => Holds(pair.First, pair.Second))
            && ReferenceEquals(known.Certificate, policies.Certificates.Find(config.CertificateId))
            && ReferenceEquals(known.Deployment?.Staging, config.ContinuousDeployment is { } deployment ? stagings.GetValueOrDefault(deployment.StagingDistributionId) : null);
    }

    private static DistributionModel? CompileDistribution(
        DistributionConfig config, Policies policies, Dictionary<string, DistributionModel> stagings, ImmutableArray<string>.Builder faults)
    {
        var faultsBefore = faults.Count;
        var origins = new Dictionary<string, OriginModel>(StringComparer.Ordinal);
        foreach (var origin in config.Origins)
        {
            if (!origins.TryAdd(origin.Id, new OriginModel(origin, policies.Certificates.Find(origin.ClientCertificateId, $"Distribution {config.Id}, origin {origin.Id}", faults))))
            {
                faults.Add($"Distribution {config.Id} has two origins with the id {origin.Id}.");
            }
        }

        var groups = CompileOriginGroups(config, origins, faults);
        foreach (var repeated in config.ErrorResponses.GroupBy(static error => error.Status).Where(static group => group.Count() > 1))
        {
            faults.Add($"Distribution {config.Id} says twice what becomes of status {repeated.Key}.");
        }

        // The browser sends a distribution's cookies to all of its behaviors, signed ones or not.
        var hidesSigning = config.Behaviors.Append(config.DefaultBehavior).Any(static behavior => behavior.Signers is not null);

        BehaviorModel? CompileBehavior(BehaviorConfig behavior)
        {
            var before = faults.Count;
            var failover = groups.GetValueOrDefault(behavior.TargetOriginId);
            if (!origins.TryGetValue(failover?.PrimaryId ?? behavior.TargetOriginId, out var origin))
            {
                faults.Add($"Distribution {config.Id}, behavior {behavior.PathPattern}: there is no origin {behavior.TargetOriginId}.");
            }

            if (!policies.Cache.TryGetValue(behavior.CachePolicyId, out var cachePolicy))
            {
                faults.Add($"Distribution {config.Id}, behavior {behavior.PathPattern}: there is no cache policy {behavior.CachePolicyId}.");
            }

            var originRequestPolicy = OriginRequestPolicyModel.None;
            if (behavior.OriginRequestPolicyId is { } id && !policies.OriginRequest.TryGetValue(id, out originRequestPolicy!))
            {
                faults.Add($"Distribution {config.Id}, behavior {behavior.PathPattern}: there is no origin request policy {id}.");
            }

            ResponseHeadersPolicyModel? responseHeadersPolicy = null;
            if (behavior.ResponseHeadersPolicyId is { } responseId && !policies.ResponseHeaders.TryGetValue(responseId, out responseHeadersPolicy))
            {
                faults.Add($"Distribution {config.Id}, behavior {behavior.PathPattern}: there is no response headers policy {responseId}.");
            }

            var signers = policies.Signers.Compile(behavior.Signers, $"Distribution {config.Id}, behavior {behavior.PathPattern}", faults);
            var fieldEncryption = policies.FieldEncryption.Compile(behavior.FieldEncryptionId, $"Distribution {config.Id}, behavior {behavior.PathPattern}", faults);
            return faults.Count == before
                ? new BehaviorModel(behavior, origin!, failover?.Failover, cachePolicy!, originRequestPolicy, responseHeadersPolicy, signers, hidesSigning, fieldEncryption)
                : null;
        }

        var defaultBehavior = CompileBehavior(config.DefaultBehavior);
        var behaviors = config.Behaviors.Select(CompileBehavior).OfType<BehaviorModel>().ToImmutableArray();
        var deployment = CompileDeployment(config, stagings, faults);
        var viewerCertificates = policies.TrustStores.Compile(config, defaultBehavior is null ? behaviors : behaviors.Append(defaultBehavior), faults);
        var certificate = policies.Certificates.Find(config.CertificateId, $"Distribution {config.Id}", faults);
        if (SecurityPolicies.Find(config.SecurityPolicy) is null)
        {
            faults.Add($"Distribution {config.Id}: there is no security policy {config.SecurityPolicy}.");
        }

        return faults.Count > faultsBefore ? null : new DistributionModel(config, behaviors, defaultBehavior!, deployment, viewerCertificates, certificate);
    }

    private static ContinuousDeploymentModel? CompileDeployment(
        DistributionConfig config, Dictionary<string, DistributionModel> stagings, ImmutableArray<string>.Builder faults)
    {
        if (config.ContinuousDeployment is not { } deployment)
        {
            return null;
        }

        if (config.Staging)
        {
            faults.Add($"Distribution {config.Id} is a staging distribution and has a continuous deployment policy.");
        }

        if (deployment.Weight is not (>= 0 and <= 1))
        {
            faults.Add($"Distribution {config.Id}, continuous deployment policy {deployment.PolicyId}: the weight is not between 0 and 1.");
        }

        if (stagings.TryGetValue(deployment.StagingDistributionId, out var staging))
        {
            return new ContinuousDeploymentModel(deployment, staging);
        }

        faults.Add($"Distribution {config.Id}, continuous deployment policy {deployment.PolicyId}: there is no staging distribution {deployment.StagingDistributionId}.");
        return null;
    }

    private static Dictionary<string, (string PrimaryId, OriginFailoverModel Failover)?> CompileOriginGroups(
        DistributionConfig config, Dictionary<string, OriginModel> origins, ImmutableArray<string>.Builder faults)
    {
        var groups = new Dictionary<string, (string PrimaryId, OriginFailoverModel Failover)?>(StringComparer.Ordinal);
        foreach (var group in config.OriginGroups)
        {
            if (!origins.ContainsKey(group.PrimaryOriginId) || !origins.TryGetValue(group.SecondaryOriginId, out var secondary))
            {
                faults.Add($"Distribution {config.Id}, origin group {group.Id}: there is no origin {group.PrimaryOriginId} or no origin {group.SecondaryOriginId}.");
            }
            else if (origins.ContainsKey(group.Id) || !groups.TryAdd(group.Id, (group.PrimaryOriginId, new OriginFailoverModel(group, secondary))))
            {
                faults.Add($"Distribution {config.Id} has two origins or origin groups with the id {group.Id}.");
            }
        }

        return groups;
    }

    private static void ClaimNames(DistributionConfig config, Dictionary<string, string> owners, ImmutableArray<string>.Builder faults)
    {
        foreach (var name in config.Aliases.Prepend(config.DomainName))
        {
            if (!owners.TryAdd(name, config.Id))
            {
                faults.Add($"Distribution {config.Id}: the name {name} belongs to distribution {owners[name]} already.");
            }
        }
    }

    /// <summary>The policies of one snapshot by id.</summary>
    private sealed record Policies(
        Dictionary<string, CachePolicyModel> Cache, Dictionary<string, OriginRequestPolicyModel> OriginRequest, Dictionary<string, ResponseHeadersPolicyModel> ResponseHeaders,
        SignersCompiler Signers, FieldEncryptionCompiler FieldEncryption, TrustStoreCompiler TrustStores, CertificatesCompiler Certificates);
}
