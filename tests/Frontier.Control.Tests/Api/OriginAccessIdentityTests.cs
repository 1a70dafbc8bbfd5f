// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.8, §4: legacy origin access identities.</summary>
public sealed class OriginAccessIdentityTests
{
    private const string Path = "origin-access-identity/cloudfront";

    [Fact]
    public async Task An_identity_lives_from_create_to_delete()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", Path, Identity("r", "for pictures"))).Expect(201);
        var one = $"{Path}/{created.Text("Id")}";
        Assert.Equal("CloudFrontOriginAccessIdentity", created.Root.Name.LocalName);
        Assert.Equal(["Id", "S3CanonicalUserId", "CloudFrontOriginAccessIdentityConfig"], created.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Matches("^E[A-Z0-9]{13}$", created.Text("Id"));
        Assert.Matches("^[0-9a-f]{96}$", created.Text("S3CanonicalUserId"));
        Assert.Equal(OriginAccessKeys.CanonicalUserOf(created.Text("Id")!), created.Text("S3CanonicalUserId"));
        Assert.Equal($"{control.Address}2020-05-31/{one}", created.Location);

        var config = (await control.CallAsync("GET", one + "/config")).Expect(200);
        Assert.Equal(created.ETag, config.ETag);
        Assert.Equal(["CallerReference", "Comment"], config.Root.Elements().Select(element => element.Name.LocalName));
        (await control.CallAsync("PUT", one + "/config", config.Root)).ExpectError(400, "InvalidIfMatchVersion");
        (await control.CallAsync("PUT", one + "/config", Identity("other", ""), config.ETag)).ExpectError(400, "IllegalUpdate");
        var updated = (await control.CallAsync("PUT", one + "/config", Identity("r", "changed"), config.ETag)).Expect(200);
        Assert.Equal("changed", (await control.CallAsync("GET", one)).Expect(200).Text("Comment"));

        var list = (await control.CallAsync("GET", Path)).Expect(200);
        Assert.Equal("CloudFrontOriginAccessIdentityList", list.Root.Name.LocalName);
        Assert.Equal(["Marker", "MaxItems", "IsTruncated", "Quantity", "Items"], list.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal([created.Text("Id")!], list.Texts("Id"));
        Assert.Equal(["changed"], list.Texts("Comment"));

        (await control.CallAsync("DELETE", one, (XElement?)null, created.ETag)).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("DELETE", one, (XElement?)null, updated.ETag)).Expect(204);
        foreach (var (method, target) in new[] { ("GET", one), ("GET", one + "/config"), ("PUT", one + "/config"), ("DELETE", one) })
        {
            (await control.CallAsync(method, target, (XElement?)null, updated.ETag)).ExpectError(404, "NoSuchCloudFrontOriginAccessIdentity");
        }
    }

    /// <summary>§4: idempotent by caller reference, white space aside.</summary>
    [Fact]
    public async Task The_same_request_again_returns_the_first_identity()
    {
        await using var control = await TestControl.StartAsync();
        var first = (await control.CallAsync("POST", Path, Identity("r", "a comment"))).Expect(201);

        var again = (await control.CallAsync("POST", Path, Identity("r", " a  comment "))).Expect(201);

        Assert.Equal((first.Body, first.ETag, first.Location), (again.Body, again.ETag, again.Location));
        (await control.CallAsync("POST", Path, Identity("r", "another"))).ExpectError(409, "CloudFrontOriginAccessIdentityAlreadyExists");
        Assert.Equal("1", (await control.CallAsync("GET", Path)).Text("Quantity"));
    }

    [Fact]
    public async Task Bounds_and_quotas_hold()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { OriginAccessIdentities = 1, DistributionsPerOriginAccessIdentity = 1 } });
        (await control.CallAsync("POST", Path, Identity("", ""))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", Path, Identity("r", new string('c', 129)))).ExpectError(400, "InvalidArgument");
        var identity = (await control.CallAsync("POST", Path, Identity("r", ""))).Expect(201).Text("Id")!;
        (await control.CallAsync("POST", Path, Identity("s", ""))).ExpectError(400, "TooManyCloudFrontOriginAccessIdentities");

        (await control.CallAsync("POST", "distribution", OfBucket("a", identity))).Expect(201);
        var refused = (await control.CallAsync("POST", "distribution", OfBucket("b", identity))).ExpectError(400, "InvalidArgument");
        Assert.Contains("maximum number of distributions", refused.ErrorMessage, StringComparison.Ordinal);
    }

    /// <summary>API-5.11, §8.2.</summary>
    [Fact]
    public async Task An_identity_in_use_stays_and_an_unknown_one_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        var identity = (await control.CallAsync("POST", Path, Identity("r", ""))).Expect(201);
        var id = identity.Text("Id")!;
        (await control.CallAsync("POST", "distribution", OfBucket("none", "ENONE"))).ExpectError(400, "InvalidOriginAccessIdentity");
        var malformed = Distribution("bare", ("Origins/Items/Origin/DomainName", "pics.s3.amazonaws.com"), ("Origins/Items/Origin/CustomOriginConfig", $"<S3OriginConfig><OriginAccessIdentity>{id}</OriginAccessIdentity></S3OriginConfig>"));
        (await control.CallAsync("POST", "distribution", malformed)).ExpectError(400, "InvalidOriginAccessIdentity");
        (await control.CallAsync("POST", "distribution", OfBucket("a", id))).Expect(201);

        (await control.CallAsync("DELETE", $"{Path}/{id}", (XElement?)null, identity.ETag)).ExpectError(409, "CloudFrontOriginAccessIdentityInUse");
    }

    /// <summary>DP-13.7: the edge asks as the identity, whatever Authorization the viewer sent.</summary>
    [Fact]
    public async Task A_bucket_with_an_identity_gets_the_identitys_key()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", Path, Identity("r", ""))).Text("Id")!;
        (await control.CallAsync("POST", "distribution", OfBucket("a", id))).Expect(201);

        var origin = (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().Origins.Single();

        var key = OriginAccessKeys.DeriveForIdentity(control.Options.OriginAccessSecret, id);
        Assert.Equal(Contracts.OriginProtocol.MatchViewer, origin.Protocol); // DP-13.2
        Assert.Equal(
            new Contracts.S3OriginConfig { Bucket = "pics", Region = "us-east-1", Signing = Contracts.OriginSigningBehavior.Always, AccessKeyId = key.Id, SecretAccessKey = key.Secret },
            origin.S3);
    }

    private static XElement Identity(string reference, string comment) => Parse(
        $"<CloudFrontOriginAccessIdentityConfig><CallerReference>{reference}</CallerReference><Comment>{comment}</Comment></CloudFrontOriginAccessIdentityConfig>");

    private static XElement OfBucket(string reference, string identity) => Distribution(
        reference,
        ("Origins/Items/Origin/DomainName", "pics.s3.amazonaws.com"),
        ("Origins/Items/Origin/CustomOriginConfig", $"<S3OriginConfig><OriginAccessIdentity>origin-access-identity/cloudfront/{identity}</OriginAccessIdentity></S3OriginConfig>"));
}
