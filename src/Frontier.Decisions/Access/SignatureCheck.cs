// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Decisions.Access;

/// <summary>
/// Whether a request is signed by somebody whom its behavior trusts, for this URL, viewer and time (§24). What costs least is asked
/// first: nobody makes an edge verify a signature whose time is over. Allocates nothing for a signature that is remembered.
/// </summary>
public static class SignatureCheck
{
    /// <summary>In base64 a signature of RSA with 2,048 bits takes 344 bytes; of ECDSA, less.</summary>
    private const int MaxSignatureBytes = 512;

    private const int OnStack = 2_048;

    /// <param name="request">After <see cref="SigningParameters.TakeOff"/>.</param>
    /// <param name="memory">Null to verify every time.</param>
    public static SignatureVerdict Decide(RequestHead request, SignersModel signers, IPAddress viewer, DateTimeOffset now, ISignatureMemory? memory = null)
    {
        var fields = SignedFields.Of(request.ReceivedQuery, request.Headers);
        if (fields.KeyPairId.IsEmpty)
        {
            return SignatureVerdict.MissingKey;
        }

        if (fields.AreCookies && (fields.Signature.IsEmpty || (fields.Policy.IsEmpty && fields.Expires.IsEmpty)))
        {
            return SignatureVerdict.IncompleteCookies;
        }

        if (fields.AreRepeated)
        {
            return SignatureVerdict.Repeated;
        }

        if (!signers.TryFind(fields.KeyPairId, out var key))
        {
            return SignatureVerdict.UnknownKey;
        }

        if (!SigningHashes.TryParse(fields.HashAlgorithm, out var hash))
        {
            return SignatureVerdict.UnknownHash;
        }

        Span<byte> decoded = stackalloc byte[MaxSignatureBytes];
        if (fields.Signature.Length > MaxSignatureBytes || !SignatureEncoding.TryDecode(fields.Signature, decoded, out var length))
        {
            return SignatureVerdict.MalformedSignature;
        }

        var claim = new Claim(key, hash, decoded[..length], RequestedUrl.Of(request), viewer, now, memory);
        return fields.Policy.IsEmpty ? DecideCanned(claim, fields.Expires) : DecideCustom(claim, fields.Policy); // DP-24.6: a policy that is sent wins
    }

    private static SignatureVerdict DecideCanned(in Claim claim, ReadOnlySpan<byte> expires)
    {
        if (expires.IsEmpty || !CannedPolicy.TryReadExpires(expires, out var end))
        {
            return SignatureVerdict.MalformedPolicy;
        }

        if (claim.Now >= DateTimeOffset.FromUnixTimeSeconds(end))
        {
            return SignatureVerdict.Expired;
        }

        var length = CannedPolicy.LengthOf(claim.Url, expires);
        var rented = length + MaxSignatureBytes > OnStack ? ArrayPool<byte>.Shared.Rent(length + MaxSignatureBytes) : null;
        try
        {
            var buffer = rented ?? stackalloc byte[OnStack];
            var text = buffer[..length];
            if (!CannedPolicy.TryWrite(claim.Url, expires, text))
            {
                return SignatureVerdict.WrongSignature;
            }

            var digest = DigestOf(claim, buffer, length, isCanned: true);
            if (claim.Memory?.Find(digest, claim.Key) is not null)
            {
                return SignatureVerdict.Good; // all that the policy says is in the text
            }

            if (!claim.Key.Verifies(text, claim.Signature, claim.Hash))
            {
                return SignatureVerdict.WrongSignature;
            }

            claim.Memory?.Remember(digest, claim.Key, SignedPolicy.Canned(end));
            return SignatureVerdict.Good;
        }
        finally
        {
            Return(rented);
        }
    }

    private static SignatureVerdict DecideCustom(in Claim claim, ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length > SignedPolicy.MaxEncodedBytes)
        {
            return SignatureVerdict.MalformedPolicy;
        }

        var rented = encoded.Length + MaxSignatureBytes > OnStack ? ArrayPool<byte>.Shared.Rent(encoded.Length + MaxSignatureBytes) : null;
        try
        {
            var buffer = rented ?? stackalloc byte[OnStack];
            encoded.CopyTo(buffer);
            var digest = DigestOf(claim, buffer, encoded.Length, isCanned: false);
            if (claim.Memory?.Find(digest, claim.Key) is { } known)
            {
                return Judge(claim, known);
            }

            if (!SignatureEncoding.TryDecode(encoded, buffer, out var length) || !SignedPolicy.TryParse(buffer[..length], out var policy))
            {
                return SignatureVerdict.MalformedPolicy;
            }

            if (Judge(claim, policy) is not SignatureVerdict.Good and var refusal)
            {
                return refusal;
            }

            if (!claim.Key.Verifies(buffer[..length], claim.Signature, claim.Hash))
            {
                return SignatureVerdict.WrongSignature;
            }

            claim.Memory?.Remember(digest, claim.Key, policy);
            return SignatureVerdict.Good;
        }
        finally
        {
            Return(rented);
        }
    }

    /// <summary>Asked each time, remembered or not.</summary>
    private static SignatureVerdict Judge(in Claim claim, SignedPolicy policy) =>
        policy.HasEnded(claim.Now) ? SignatureVerdict.Expired
        : !policy.HasBegun(claim.Now) ? SignatureVerdict.NotYetValid
        : !policy.IsFor(claim.Viewer) ? SignatureVerdict.WrongAddress
        : !policy.IsFor(claim.Url) ? SignatureVerdict.WrongResource
        : SignatureVerdict.Good;

    /// <summary>Of the text, the signature after it, and how both are to be read. The ends tell the parts apart, since their lengths are in it.</summary>
    private static SignatureDigest DigestOf(in Claim claim, Span<byte> buffer, int textLength, bool isCanned)
    {
        claim.Signature.CopyTo(buffer[textLength..]);
        var end = textLength + claim.Signature.Length;
        buffer[end++] = (byte)(isCanned ? 1 : 0);
        buffer[end++] = (byte)claim.Hash;
        buffer[end++] = (byte)(claim.Signature.Length >> 8);
        buffer[end++] = (byte)claim.Signature.Length;
        return SignatureDigest.Of(buffer[..end]);
    }

    private static void Return(byte[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>A request that claims to be signed, and what it is judged by.</summary>
    private readonly ref struct Claim(TrustedKey key, SigningHash hash, ReadOnlySpan<byte> signature, RequestedUrl url, IPAddress viewer, DateTimeOffset now, ISignatureMemory? memory)
    {
        public TrustedKey Key { get; } = key;

        public SigningHash Hash { get; } = hash;

        public ReadOnlySpan<byte> Signature { get; } = signature;

        public RequestedUrl Url { get; } = url;

        public IPAddress Viewer { get; } = viewer;

        public DateTimeOffset Now { get; } = now;

        public ISignatureMemory? Memory { get; } = memory;
    }
}
