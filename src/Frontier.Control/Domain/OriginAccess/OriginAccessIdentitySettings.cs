// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.OriginAccess;

/// <summary>A legacy origin access identity (<c>api.md</c> §6.8): somebody whom a bucket policy can name, and the edge can sign as (DP-13.7).</summary>
internal sealed record OriginAccessIdentitySettings(string CallerReference, string Comment)
{
    private const string ReferencePrefix = "origin-access-identity/cloudfront/";

    /// <summary>How an origin names the identity with an id.</summary>
    public static string ReferenceOf(string id) => ReferencePrefix + id;

    /// <summary>Whether a creation with the same caller reference asks for the same thing; white space does not count (<c>api.md</c> §4).</summary>
    public bool SaysTheSameAs(OriginAccessIdentitySettings other) => WithoutSpace(Comment) == WithoutSpace(other.Comment);

    private static string WithoutSpace(string text) => string.Concat(text.Where(static character => !char.IsWhiteSpace(character)));
}
