// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net.Security;
using Frontier.Http.Tls;
using Frontier.Protocols.Tls;

namespace Frontier.Edge.Listeners;

/// <summary>
/// Whether a security policy must be spelled out for a viewer. The platform keeps a certificate's context, and resumes its sessions, only where no
/// cipher suites are named; then its own list counts, in its own order. So none are named where that list leads to one of the policy's
/// with this very ClientHello, and all of the policy's where it might not (decision 18). Immutable.
/// </summary>
/// <param name="platform">What the platform offers by itself, in its order of preference.</param>
internal sealed class TlsOffer(ImmutableArray<TlsCipherSuite> platform)
{
    public const ushort Tls12 = 0x0303;
    private const ushort Tls13 = 0x0304;

    /// <summary>The groups that every policy has and every platform knows (DP-22.1): P-256, P-384, X25519.</summary>
    private static readonly ImmutableArray<ushort> CommonGroups = [23, 24, 29];

    private readonly ImmutableArray<TlsCipherSuite> _newer = [.. platform.Where(static suite => IsTls13(suite))];
    private readonly ImmutableArray<TlsCipherSuite> _ofRsa = [.. platform.Where(static suite => suite.ToString().Contains("RSA_WITH_", StringComparison.Ordinal))];
    private readonly ImmutableArray<TlsCipherSuite> _ofEcdsa = [.. platform.Where(static suite => suite.ToString().Contains("_ECDSA_WITH_", StringComparison.Ordinal))];

    /// <param name="hello">Null for one that could not be read.</param>
    /// <param name="isEcdsa">Whether the certificate's key is one of elliptic curves, and not of RSA.</param>
    public bool MustBeNamed(SecurityPolicy policy, ClientHello? hello, bool isEcdsa)
    {
        if (hello is null)
        {
            return true;
        }

        // Every policy has TLS 1.3, so that it is spoken with whoever can.
        if (hello.Versions.Contains(Tls13))
        {
            return !LeadsInside(_newer, policy, hello);
        }

        // Below that a suite may be passed over for want of a group in common; one without such needs is not the platform's choice.
        return hello.HighestVersion < Tls12 || !(hello.Groups.Count == 0 || hello.Groups.Any(CommonGroups.Contains)) || !LeadsInside(isEcdsa ? _ofEcdsa : _ofRsa, policy, hello);
    }

    /// <summary>The server's order counts: whatever it has first in common with the viewer is taken.</summary>
    private static bool LeadsInside(ImmutableArray<TlsCipherSuite> listed, SecurityPolicy policy, ClientHello hello)
    {
        foreach (var suite in listed)
        {
            if (hello.Ciphers.Contains((ushort)suite))
            {
                return policy.Suites.Contains(suite);
            }
        }

        return false;
    }

    private static bool IsTls13(TlsCipherSuite suite) => (ushort)suite >> 8 == 0x13;
}
