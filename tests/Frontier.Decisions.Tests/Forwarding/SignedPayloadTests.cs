// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Forwarding;
using Frontier.Protocols.SigV4;

namespace Frontier.Decisions.Tests.Forwarding;

/// <summary>What is signed for a body, by what its viewer says of it (DP-13.10).</summary>
public sealed class SignedPayloadTests
{
    private const string Hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    [Theory]
    [InlineData(null, "UNSIGNED-PAYLOAD", false, false, false)]
    [InlineData(Hash, Hash, false, false, false)]
    [InlineData("UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD", false, false, false)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", true, true, false)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "UNSIGNED-PAYLOAD", true, false, true)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", true, true, true)]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "UNSIGNED-PAYLOAD", true, false, true)]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", true, true, true)]
    [InlineData("nonsense", "nonsense", false, false, false)] // the origin's to refuse
    public void A_body_is_signed_as_its_viewer_says_as_far_as_the_edge_can_vouch_for_it(string? given, string hash, bool isChunked, bool hasTrailer, bool dropsSignatures) =>
        Assert.Equal(new SignedPayload(hash, isChunked, hasTrailer, dropsSignatures), SignedPayload.Decide(given, hasBody: true));

    [Theory]
    [InlineData(null)]
    [InlineData(Hash)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")]
    [InlineData("nonsense")]
    public void Without_a_body_nobody_s_word_counts(string? given) =>
        Assert.Equal(new SignedPayload(SignatureVerifier.EmptyPayloadHash, false, false, false), SignedPayload.Decide(given, hasBody: false));
}
