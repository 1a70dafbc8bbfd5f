// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Purging;

/// <summary>Part of the journal's format: values never change.</summary>
internal enum PatternKind : byte
{
    /// <summary>One target with all its variants.</summary>
    Exact = 0,

    /// <summary>Every target that begins so.</summary>
    Prefix = 1,

    /// <summary>Every object that carries the tag.</summary>
    Tag = 2,
}
