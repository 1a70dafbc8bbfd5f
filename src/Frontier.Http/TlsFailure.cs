// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http;

/// <summary>Why a handshake failed, as far as that can be told.</summary>
public enum TlsFailure
{
    /// <summary>The viewer went away, or took too long.</summary>
    Gone,

    /// <summary>What came was no TLS.</summary>
    NotTls,

    /// <summary>No version of TLS in common.</summary>
    Version,

    /// <summary>No cipher suite, group or kind of signature in common.</summary>
    Suite,

    /// <summary>The viewer said no, mostly to the certificate.</summary>
    Refused,

    /// <summary>What was agreed is not what is admitted.</summary>
    NotAdmitted,

    /// <summary>Anything else.</summary>
    Other,
}
