// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Names;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Names;

public sealed class S3HostNameTests
{
    private static readonly string[] Suffixes = [S3HostName.AwsSuffix, "s3.example", "frontier.localhost"];

    [Theory]
    [InlineData("b00.s3.amazonaws.com", "b00", S3Endpoint.Rest, "us-east-1")]
    [InlineData("b00.s3.eu-west-1.amazonaws.com", "b00", S3Endpoint.Rest, "eu-west-1")]
    [InlineData("b00.s3-eu-west-1.amazonaws.com", "b00", S3Endpoint.Rest, "eu-west-1")]
    [InlineData("b00.s3.dualstack.eu-west-1.amazonaws.com", "b00", S3Endpoint.Rest, "eu-west-1")]
    [InlineData("b00.s3-website-eu-west-1.amazonaws.com", "b00", S3Endpoint.Website, "eu-west-1")]
    [InlineData("b00.s3-website.eu-west-1.amazonaws.com", "b00", S3Endpoint.Website, "eu-west-1")]
    [InlineData("my.dotted.bucket.s3.amazonaws.com", "my.dotted.bucket", S3Endpoint.Rest, "us-east-1")]
    [InlineData("my.s3.bucket.s3.eu-west-1.amazonaws.com", "my.s3.bucket", S3Endpoint.Rest, "eu-west-1")]
    [InlineData("s3-b00.s3.amazonaws.com", "s3-b00", S3Endpoint.Rest, "us-east-1")]
    [InlineData("b00.s3.frontier.localhost", "b00", S3Endpoint.Rest, "us-east-1")]
    [InlineData("b00.s3-website.r1.frontier.localhost", "b00", S3Endpoint.Website, "r1")]
    public void A_bucket_is_read_from_every_form_of_its_name_NB_1_1(string host, string bucket, S3Endpoint endpoint, string region)
    {
        Assert.True(S3HostName.TryParse(host, Suffixes, out var name));
        Assert.Equal(new S3HostName(bucket, endpoint, region), name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("amazonaws.com")]
    [InlineData(".amazonaws.com")]
    [InlineData("s3.amazonaws.com")]
    [InlineData("s3.eu-west-1.amazonaws.com")]
    [InlineData("b00.s3.eu-west-1.example.com")]
    [InlineData("b00.s3.amazonaws.com.evil.example")]
    [InlineData("b00.s3.evilamazonaws.com")]
    [InlineData("b00.s3xamazonaws.com")]
    [InlineData("b00.ec2.amazonaws.com")]
    [InlineData("b00.s3.a.b.amazonaws.com")]
    [InlineData("b00.s3-accelerate.amazonaws.com")]
    [InlineData("b00.s3-accelerate.dualstack.amazonaws.com")]
    [InlineData("b00.s3-website.amazonaws.com")]
    [InlineData("b00.s3-website-.amazonaws.com")]
    [InlineData("b00.s3-.amazonaws.com")]
    [InlineData("b00.s3.dualstack.amazonaws.com")]
    [InlineData("b00.s3..amazonaws.com")]
    [InlineData("b00.s3.dualstack..amazonaws.com")]
    [InlineData("b00.s3-website..amazonaws.com")]
    [InlineData("B00.s3.amazonaws.com")]
    [InlineData("b.s3.amazonaws.com")]
    [InlineData("b..c.s3.amazonaws.com")]
    public void Other_names_address_no_bucket(string host)
    {
        Assert.False(S3HostName.TryParse(host, Suffixes, out var name));
        Assert.Equal(default, name);
    }

    [Fact]
    public void Rubbish_never_throws_and_no_host_gives_an_invalid_bucket() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements("s3", "s3-", "website", "-", ".", "b00", "eu-west-1", "dualstack", "amazonaws.com")).ToArbitrary(), labels =>
            !S3HostName.TryParse(string.Concat(labels) + ".amazonaws.com", Suffixes, out var name)
            || (BucketName.IsValid(name.Bucket) && name.Region.Length > 0)).QuickCheckThrowOnFailure();
}
