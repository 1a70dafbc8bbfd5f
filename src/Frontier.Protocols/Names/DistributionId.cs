// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Frontier.Protocols.Names;

/// <summary>A distribution's id, e.g. <c>E1A2B3C4D5E6F7</c>: 'E' and 12 or 13 upper-case letters or digits (<c>api.md</c> §5.2).</summary>
public readonly record struct DistributionId
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private DistributionId(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out DistributionId id)
    {
        var valid = text is ['E', ..] && text.Length is 13 or 14 && !text.AsSpan().ContainsAnyExcept(Alphabet);
        id = valid ? new DistributionId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
