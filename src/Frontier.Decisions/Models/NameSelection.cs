// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Keys;
using Frontier.Protocols.Names;

namespace Frontier.Decisions.Models;

/// <summary>Which members of a kind a policy takes, by name. Header names compare without case, cookies and query strings with it (DP-6.3, DP-6.5, DP-6.6).</summary>
public sealed class NameSelection
{
    private readonly byte[][] _names;
    private readonly bool _ignoreCase;
    private readonly bool _globs;
    private TakesName? _taking;

    public NameSelection(SelectionConfig config, bool ignoreCase)
    {
        Selection = config.Selection;
        _names = [.. config.Names.Select(Encoding.Latin1.GetBytes)];
        _ignoreCase = ignoreCase;
        _globs = config.Globs;
    }

    public static NameSelection Nothing { get; } = new(SelectionConfig.None, ignoreCase: false);

    public Selection Selection { get; }

    public bool TakesNothing => Selection is Selection.None;

    public bool TakesAll => Selection is Selection.All;

    /// <summary>The listed names, as configured.</summary>
    public ImmutableArray<byte[]> Names => System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(_names);

    /// <summary><see cref="Takes"/>, made once.</summary>
    public TakesName Taking => _taking ??= Takes;

    public bool Lists(ReadOnlySpan<byte> name)
    {
        foreach (var listed in _names)
        {
            if (Is(listed, name))
            {
                return true;
            }
        }

        return false;
    }

    public bool Takes(ReadOnlySpan<byte> name) => Selection switch
    {
        Selection.None => false,
        Selection.All => true,
        Selection.Whitelist => Lists(name),
        Selection.AllExcept => !Lists(name),
    };

    private bool Is(ReadOnlySpan<byte> listed, ReadOnlySpan<byte> name) => (_globs, _ignoreCase) switch
    {
        (true, _) => Glob.Matches(listed, name),
        (false, true) => Ascii.EqualsIgnoreCase(listed, name),
        (false, false) => name.SequenceEqual(listed),
    };
}
