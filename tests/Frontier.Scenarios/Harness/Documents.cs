// SPDX-License-Identifier: Apache-2.0

using Frontier.Samples;

namespace Frontier.Scenarios.Harness;

/// <summary>Documents of the control API that stories share.</summary>
internal static class Documents
{
    /// <summary>A distribution in front of a bucket, open to HTTP so that stories need no certificate.</summary>
    public static string OfBucket(string reference, string bucket, string originAccessControlId) =>
        SampleContent.Distribution(reference, bucket, originAccessControlId).Replace("redirect-to-https", "allow-all", StringComparison.Ordinal);

    /// <summary>A distribution in front of an HTTP server of this machine.</summary>
    public static string OfOrigin(string reference, int port) => $"""
        <DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
          <CallerReference>{reference}</CallerReference>
          <Comment></Comment>
          <Enabled>true</Enabled>
          <Origins>
            <Quantity>1</Quantity>
            <Items>
              <Origin>
                <Id>origin</Id>
                <DomainName>localhost</DomainName>
                <CustomOriginConfig><HTTPPort>{port}</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig>
              </Origin>
            </Items>
          </Origins>
          <DefaultCacheBehavior>
            <TargetOriginId>origin</TargetOriginId>
            <ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>
            <CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId>
          </DefaultCacheBehavior>
        </DistributionConfig>
        """;

    public static string Invalidation(string reference, params IReadOnlyList<string> paths) => $"""
        <InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
          <CallerReference>{reference}</CallerReference>
          <Paths><Quantity>{paths.Count}</Quantity><Items>{string.Concat(paths.Select(static path => $"<Path>{path}</Path>"))}</Items></Paths>
        </InvalidationBatch>
        """;
}
