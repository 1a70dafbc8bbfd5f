// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Buckets.Tests;

/// <summary>Policies that several tests use.</summary>
internal static class Policies
{
    public static byte[] PublicRead(string bucket, string actions = "\"s3:GetObject\"", string resource = "/*") => Encoding.UTF8.GetBytes(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":[{{actions}}],"Resource":"arn:aws:s3:::{{bucket}}{{resource}}"}]}""");

    public static byte[] Distribution(string bucket, string distribution, string actions = "\"s3:GetObject\"") => Encoding.UTF8.GetBytes(
        $$"""
        {"Version":"2008-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":[{{actions}}],
        "Resource":["arn:aws:s3:::{{bucket}}/*","arn:aws:s3:::{{bucket}}"],
        "Condition":{"StringEquals":{"AWS:SourceArn":"arn:aws:cloudfront::123456789012:distribution/{{distribution}}"} } } }
        """);

    public static byte[] Principal(string bucket, string kind, string principal) => Encoding.UTF8.GetBytes(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"{{kind}}":"{{principal}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::{{bucket}}/*"}]}""");
}
