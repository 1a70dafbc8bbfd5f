// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Decisions.Access;

/// <summary>Remembers which signatures were good, and for what policy. It may forget at any time; the verdict is the same with and without.</summary>
public interface ISignatureMemory
{
    /// <summary>Null unless that very text was verified by that very key, which must be the same object.</summary>
    SignedPolicy? Find(in SignatureDigest digest, TrustedKey key);

    void Remember(in SignatureDigest digest, TrustedKey key, SignedPolicy policy);
}
