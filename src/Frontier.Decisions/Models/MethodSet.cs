// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Models;

/// <summary>A set of request methods. <see cref="RequestMethod.Other"/> is never a member (DP-4.4).</summary>
public readonly record struct MethodSet(uint Bits)
{
    public static MethodSet From(ImmutableArray<string> tokens)
    {
        var bits = 0u;
        foreach (var token in tokens)
        {
            bits |= 1u << (int)RequestMethods.Parse(token);
        }

        return new MethodSet(bits & ~(1u << (int)RequestMethod.Other));
    }

    public bool Contains(RequestMethod method) => (Bits >> (int)method & 1) == 1;
}
