// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>A cache could not be opened as its options ask. Lists every fault, each naming key, value and bound.</summary>
public sealed class CacheOptionsException : ArgumentException
{
    public CacheOptionsException(IReadOnlyList<string> faults)
        : base(string.Join(' ', faults)) => Faults = faults;

    public CacheOptionsException(string fault, Exception? inner)
        : base(fault, inner) => Faults = [fault];

    public IReadOnlyList<string> Faults { get; }
}
