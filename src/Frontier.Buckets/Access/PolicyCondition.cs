// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Protocols.Names;

namespace Frontier.Buckets.Access;

/// <summary>The comparisons a condition may make; the name is the operator's in the policy.</summary>
internal enum ConditionOperator
{
    StringEquals,
    StringNotEquals,
    StringLike,
    StringNotLike,
    ArnEquals,
    ArnLike,
    IpAddress,
    NotIpAddress,
    Bool,
}

/// <summary>One key of one operator: it holds when any value matches, or for a negated operator when none does.</summary>
/// <param name="Key">In lower case.</param>
internal sealed record PolicyCondition(ConditionOperator Operator, string Key, IReadOnlyList<string> Values)
{
    /// <summary>A key that the request does not have fails every comparison and so meets every negated one.</summary>
    public bool Holds(IReadOnlyDictionary<string, string> context)
    {
        var matches = context.TryGetValue(Key, out var actual) && Values.Any(value => Matches(value, actual));
        return IsNegated ? !matches : matches;
    }

    /// <summary>Whether it confines a grant to callers fixed in the policy, which makes the grant no public one.</summary>
    public bool ConfinesCaller => !IsNegated
        && Key is "aws:sourcearn" or "aws:sourceaccount" or "aws:sourceip" or "aws:sourcevpc" or "aws:sourcevpce" or "aws:principalarn" or "aws:principalorgid"
        && Values.All(static value => !value.Contains('*', StringComparison.Ordinal) && !value.EndsWith("/0", StringComparison.Ordinal));

    private bool IsNegated => Operator is ConditionOperator.StringNotEquals or ConditionOperator.StringNotLike or ConditionOperator.NotIpAddress;

    private bool Matches(string value, string actual) => Operator switch
    {
        ConditionOperator.StringEquals or ConditionOperator.StringNotEquals => value == actual,
        ConditionOperator.StringLike or ConditionOperator.StringNotLike => Glob.Matches(value, actual),
        ConditionOperator.ArnEquals or ConditionOperator.ArnLike => Glob.Matches(value, actual),
        ConditionOperator.IpAddress or ConditionOperator.NotIpAddress => TryParseNetwork(value, out var network) && IPAddress.TryParse(actual, out var address) && network.Contains(address),
        ConditionOperator.Bool => value.Equals(actual, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>A CIDR block, or one address.</summary>
    public static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
