// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Samples;

/// <summary>The documents the sample is made of.</summary>
internal static class SampleContent
{
    public const string Index = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Frontier</title><link rel="stylesheet" href="/style.css"></head>
        <body>
        <h1>It works.</h1>
        <p>This page lies in a bucket and came to you through an edge cache. Reload it and look at the response
        headers: <code>X-Cache</code> says <em>Hit from cloudfront</em>, and <code>Age</code> how old the copy is.</p>
        </body>
        </html>

        """;

    public const string Style = """
        body { font: 18px/1.5 system-ui, sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em; color: #1a2b3c; }
        code { background: #eef2f6; padding: 0 .3em; border-radius: 3px; }

        """;

    public static string OriginAccessControl(string name) => $"""
        <OriginAccessControlConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
          <Name>{name}</Name>
          <Description></Description>
          <SigningProtocol>sigv4</SigningProtocol>
          <SigningBehavior>always</SigningBehavior>
          <OriginAccessControlOriginType>s3</OriginAccessControlOriginType>
        </OriginAccessControlConfig>
        """;

    public static string Distribution(string reference, string bucket, string originAccessControlId) => $"""
        <DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
          <CallerReference>{reference}</CallerReference>
          <Comment>{reference}</Comment>
          <Enabled>true</Enabled>
          <DefaultRootObject>index.html</DefaultRootObject>
          <Origins>
            <Quantity>1</Quantity>
            <Items>
              <Origin>
                <Id>bucket</Id>
                <DomainName>{bucket}.s3.amazonaws.com</DomainName>
                <S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig>
                <OriginAccessControlId>{originAccessControlId}</OriginAccessControlId>
              </Origin>
            </Items>
          </Origins>
          <DefaultCacheBehavior>
            <TargetOriginId>bucket</TargetOriginId>
            <ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy>
            <CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId>
          </DefaultCacheBehavior>
        </DistributionConfig>
        """;

    /// <summary>Lets this one distribution read the bucket, as it would be written at AWS (NB-1.9).</summary>
    public static string BucketPolicy(string bucket, string distributionArn) => $$$"""
        {
          "Version": "2012-10-17",
          "Statement": [{
            "Sid": "AllowCloudFront",
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::{{{bucket}}}/*",
            "Condition": {"StringEquals": {"AWS:SourceArn": "{{{distributionArn}}}"}}
          }]
        }
        """;
}
