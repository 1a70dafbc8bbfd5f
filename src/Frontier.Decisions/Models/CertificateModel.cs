// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Matching;

namespace Frontier.Decisions.Models;

/// <summary>A certificate that distributions show their viewers: what it is called and what it is good for. Immutable.</summary>
public sealed class CertificateModel(CertificateConfig config)
{
    private readonly ImmutableArray<string> _names = config.Names;

    public string Id { get; } = config.Id;

    /// <summary>By which the edge finds what it holds.</summary>
    public string Fingerprint { get; } = config.Fingerprint;

    /// <param name="host">Normalised by <see cref="HostName"/>.</param>
    public bool Covers(ReadOnlySpan<char> host)
    {
        foreach (var name in _names)
        {
            if (CertificateNames.Covers(name, host))
            {
                return true;
            }
        }

        return false;
    }
}
