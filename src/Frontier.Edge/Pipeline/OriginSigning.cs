// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Protocols.SigV4;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Signs requests to origins with origin access control (DP-13.8 to DP-13.12). Runs when every other header is in place, and
/// for every method: what an origin allows is its own to say (DP-13.3).
/// </summary>
internal static class OriginSigning
{
    /// <summary>What a viewer says of its own signature; ours stands in its place.</summary>
    private static readonly byte[][] OfSignatures = ["authorization"u8.ToArray(), "x-amz-content-sha256"u8.ToArray(), "x-amz-date"u8.ToArray(), "x-amz-security-token"u8.ToArray()];

    /// <summary>What else describes a body in chunks, and so goes where it goes, whatever the policies take.</summary>
    private static readonly byte[][] OfChunks = ["x-amz-decoded-content-length"u8.ToArray(), "x-amz-trailer"u8.ToArray()];

    /// <returns>The body to send: the viewer's, or what can be vouched for of it.</returns>
    public static IRequestBody? Sign(OriginSigner signer, RequestHead viewers, ReadOnlySpan<byte> target, HeaderList headers, IRequestBody? body, TimeProvider time)
    {
        if (signer.Behavior is OriginSigningBehavior.NoOverride && headers.Contains("authorization"u8))
        {
            return body;
        }

        // What the edge has changed is not what the viewer has a digest of.
        var digest = body is EncryptedFormBody ? null : viewers.Headers.GetText("x-amz-content-sha256"u8);
        var form = SignedPayload.Decide(digest, body is not null);
        foreach (var name in OfSignatures)
        {
            headers.Remove(name);
        }

        if (form.IsChunked)
        {
            CopyMissing(viewers.Headers, headers);
        }

        if (body is not null && form.DropsSignatures)
        {
            body = AwsChunkedBody.WithoutSignatures(body, form.HasTrailer, headers);
        }

        var question = target.IndexOf((byte)'?');
        var request = new SignableRequest(
            viewers.MethodToken,
            Encoding.Latin1.GetString(question < 0 ? target : target[..question]),
            question < 0 ? "" : Encoding.Latin1.GetString(target[(question + 1)..]),
            [.. Enumerable.Range(0, headers.Count).Select(i => KeyValuePair.Create(headers.NameText(i), headers.ValueText(i)))]);
        string[] alsoSign = [.. request.Headers.Select(static header => header.Key.ToLowerInvariant()).Where(static name => name.StartsWith("x-amz-", StringComparison.Ordinal)).Distinct()];
        foreach (var (name, value) in RequestSigner.Sign(request, signer.Key, signer.Region, signer.Service, form.Hash, time.GetUtcNow(), alsoSign))
        {
            headers.Add(name, value);
        }

        return body;
    }

    private static void CopyMissing(HeaderList from, HeaderList into)
    {
        foreach (var name in OfChunks)
        {
            if (!into.Contains(name) && from.TryGet(name, out var value))
            {
                into.Add(name, value);
            }
        }
    }
}
