// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Names;

namespace Frontier.Protocols.Tests.Names;

/// <summary>Which service and region a host's signature is for (DP-13.9, API-10.5).</summary>
public sealed class SignedServiceHostTests
{
    [Theory]
    [InlineData("abc123.lambda-url.eu-west-1.on.aws", "lambda", "eu-west-1")]
    [InlineData("c1.data.mediastore.us-east-1.amazonaws.com", "mediastore", "us-east-1")]
    [InlineData("ch.egress.group.mediapackagev2.eu-central-1.amazonaws.com", "mediapackagev2", "eu-central-1")]
    [InlineData("abc.lambda-url.local-1.cdn.example.com", "lambda", "local-1")]
    [InlineData("c1.data.mediastore.local-1.cdn.example.com", "mediastore", "local-1")]
    public void The_name_says_the_service_and_the_region(string host, string service, string region)
    {
        Assert.True(SignedServiceHost.TryParse(host, "cdn.example.com", out var name));
        Assert.Equal(new SignedServiceHost(service, region), name);
    }

    [Theory]
    [InlineData("lambda-url.eu-west-1.on.aws")]
    [InlineData("abc.lambda-url.on.aws")]
    [InlineData("a.b.lambda-url.eu-west-1.on.aws")]
    [InlineData("abc.lambda-url.eu-west-1.amazonaws.com")]
    [InlineData("abc.lambda-url.eu-west-1.on.aws.evil.example")]
    [InlineData("abclambda-url.eu-west-1xon.aws")]
    [InlineData("data.mediastore.us-east-1.amazonaws.com")]
    [InlineData("mediapackagev2.us-east-1.amazonaws.com")]
    [InlineData("pictures.s3.amazonaws.com")]
    [InlineData("www.example.com")]
    public void Other_names_are_nobody_s_to_sign_for(string host) => Assert.False(SignedServiceHost.TryParse(host, "cdn.example.com", out _));
}
