// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>Verifies what an origin received as a server of Amazon's would.</summary>
internal static class OriginSignature
{
    public static void AssertIsOf(TestEdge edge, ScriptedRequest request, AccessKey key, string region, string payloadHash, string service = "s3")
    {
        var headers = Enumerable.Range(0, request.Head.Headers.Count).Select(i => KeyValuePair.Create(request.Head.Headers.NameText(i), request.Head.Headers.ValueText(i)));
        var target = request.Target.Split('?', 2);
        var signed = new SignableRequest(request.Method, target[0], target.Length > 1 ? target[1] : "", [.. headers, KeyValuePair.Create("Host", request.Header("Host")!)]);
        signed = signed with { Headers = [.. signed.Headers.DistinctBy(static header => header.Key.ToUpperInvariant())] };
        Assert.True(SignatureClaim.TryRead(signed, out var claim, out var fault), fault);
        Assert.Equal((key.Id, region, service), (claim!.AccessKeyId, claim.Scope.Region, claim.Scope.Service));
        Assert.Equal(payloadHash, request.Header("X-Amz-Content-Sha256"));
        Assert.Equal(SignatureVerdict.Valid, SignatureVerifier.Verify(signed, claim, key.Secret, payloadHash, service, edge.Clock.GetUtcNow()));
    }
}
