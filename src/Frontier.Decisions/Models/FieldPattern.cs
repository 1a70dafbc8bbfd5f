// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;

namespace Frontier.Decisions.Models;

/// <summary>Names of form fields: one, or all that begin alike (DP-25.5). Case counts.</summary>
public readonly record struct FieldPattern
{
    /// <summary>DP-25.5. A longer name can only match by its beginning.</summary>
    public const int MaxLength = 128;

    private readonly ImmutableArray<byte> _name;
    private readonly bool _isPrefix;

    public FieldPattern(string pattern)
    {
        _isPrefix = pattern.EndsWith('*');
        _name = [.. Encoding.Latin1.GetBytes(_isPrefix ? pattern[..^1] : pattern)];
    }

    /// <param name="name">Decoded; of a longer one, the first <see cref="MaxLength"/> bytes and one more suffice.</param>
    public bool Matches(ReadOnlySpan<byte> name) => _isPrefix ? name.StartsWith(_name.AsSpan()) : name.SequenceEqual(_name.AsSpan());
}
