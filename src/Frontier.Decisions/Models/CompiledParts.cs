// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>
/// What each part of a snapshot was compiled to: a part that the next snapshot holds as well need not be compiled again.
/// Written while its snapshot is compiled, read while the next one is.
/// </summary>
internal sealed class CompiledParts(CompiledParts? previous)
{
    // Parts are told apart as objects: comparing what they say would take longer than compiling them.
    private readonly Dictionary<ISnapshotPart, object> _models = new(ReferenceEqualityComparer.Instance);
    private Dictionary<ISnapshotPart, object>? _previous = previous?._models;

    /// <summary>The model of before; null for a part that is new.</summary>
    public T? Find<T>(ISnapshotPart part)
        where T : class =>
        _previous is not null && _previous.TryGetValue(part, out var model) ? (T)model : null;

    /// <summary>Lets go of what was compiled before: a table must not hold on to all that came before it.</summary>
    public CompiledParts Finish()
    {
        _previous = null;
        return this;
    }

    public T Keep<T>(ISnapshotPart part, T model)
        where T : class
    {
        _models[part] = model;
        return model;
    }
}
