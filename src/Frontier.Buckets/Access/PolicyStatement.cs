// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Names;

namespace Frontier.Buckets.Access;

/// <summary>One principal of a statement, e.g. kind <c>Service</c>, value <c>cloudfront.amazonaws.com</c>; <c>*</c> for anybody.</summary>
internal readonly record struct PolicyPrincipal(string Kind, string Value)
{
    public bool IsAnybody => Value == "*" && Kind is "*" or "AWS";

    public bool Matches(Caller caller) => IsAnybody || caller.Is(Kind, Value);
}

/// <summary>One statement of a bucket policy. A <c>Not…</c> list holds what the statement is not about.</summary>
internal sealed record PolicyStatement(
    bool Allows, IReadOnlyList<PolicyPrincipal> Principals, IReadOnlyList<string> Actions, bool NotActions,
    IReadOnlyList<string> Resources, bool NotResources, IReadOnlyList<PolicyCondition> Conditions)
{
    /// <summary>An allowance for anybody, under no condition that says who.</summary>
    public bool IsPublic => Allows && Principals.Any(static principal => principal.IsAnybody) && !Conditions.Any(static condition => condition.ConfinesCaller);

    public bool Applies(AccessRequest request) =>
        Principals.Any(principal => principal.Matches(request.Caller))
        && Actions.Any(action => Glob.Matches(action.ToLowerInvariant(), request.Action.ToLowerInvariant())) != NotActions
        && Resources.Any(resource => Glob.Matches(resource, request.Resource)) != NotResources
        && Conditions.All(condition => condition.Holds(request.Context));
}
