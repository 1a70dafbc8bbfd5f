// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Addresses;

/// <summary>Whether an origin may have an address, and if not, whose it is.</summary>
public enum AddressVerdict
{
    Allowed,

    /// <summary>One of the edge's own listeners: the request would come round again.</summary>
    ThisEdge,

    /// <summary>Where a machine of the fleet is asked for objects by the others.</summary>
    TierListener,

    /// <summary>The control plane's.</summary>
    ControlPlane,

    /// <summary>The store behind S3's names: custom origins would ask it around what access control signs for.</summary>
    BucketServer,

    /// <summary>What the operator named.</summary>
    Closed,

    /// <summary>Where a cloud tells its machines their secrets.</summary>
    Metadata,

    /// <summary>RFC 3927, RFC 4291 section 2.5.6.</summary>
    LinkLocal,

    Multicast,

    Broadcast,

    /// <summary>RFC 1122, section 3.2.1.3: most systems take it for themselves.</summary>
    Unspecified,

    /// <summary>RFC 1122, RFC 4291: this machine.</summary>
    Loopback,

    /// <summary>RFC 1918, RFC 4193, and what came before the latter.</summary>
    Private,

    /// <summary>Behind a provider's address translation (RFC 6598).</summary>
    Shared,

    /// <summary>RFC 5737, RFC 3849, RFC 9637.</summary>
    Documentation,

    /// <summary>RFC 2544, RFC 5180.</summary>
    Benchmarking,

    /// <summary>Set aside otherwise, or not given out (RFC 6890).</summary>
    Reserved,
}

public static class AddressVerdicts
{
    extension(AddressVerdict verdict)
    {
        /// <summary>Whether an operator can allow it; the others are never an origin's.</summary>
        public bool IsForOperatorToAllow => verdict switch
        {
            AddressVerdict.Loopback or AddressVerdict.Private or AddressVerdict.Shared or AddressVerdict.Documentation or AddressVerdict.Benchmarking or AddressVerdict.Reserved => true,
            AddressVerdict.Allowed or AddressVerdict.ThisEdge or AddressVerdict.TierListener or AddressVerdict.ControlPlane or AddressVerdict.BucketServer or AddressVerdict.Closed or AddressVerdict.Metadata
                or AddressVerdict.LinkLocal or AddressVerdict.Multicast or AddressVerdict.Broadcast or AddressVerdict.Unspecified => false,
        };

        /// <summary>What an operator is told, as the end of a sentence that begins with the address.</summary>
        public string Why => verdict switch
        {
            AddressVerdict.Allowed => "may be an origin's",
            AddressVerdict.ThisEdge => "is one of this edge's own listeners",
            AddressVerdict.TierListener => "is where a machine of the fleet is asked by the others",
            AddressVerdict.ControlPlane => "is the control plane's",
            AddressVerdict.BucketServer => "is the bucket server's, which is asked by S3's host names alone",
            AddressVerdict.Closed => "is closed by --closed-to-origins",
            AddressVerdict.Metadata => "is a cloud's metadata service",
            AddressVerdict.LinkLocal => "is link-local",
            AddressVerdict.Multicast => "is a multicast address",
            AddressVerdict.Broadcast => "is the broadcast address",
            AddressVerdict.Unspecified => "is no machine's address",
            AddressVerdict.Loopback => "is a loopback address",
            AddressVerdict.Private => "is a private address",
            AddressVerdict.Shared => "is an address behind a provider's translation",
            AddressVerdict.Documentation => "is an address for documentation",
            AddressVerdict.Benchmarking => "is an address for measurements",
            AddressVerdict.Reserved => "is a reserved address",
        };
    }
}
