// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Buckets.Objects;
using Frontier.Protocols.Http;

namespace Frontier.Buckets.Api;

/// <summary>What the conditional headers make of a request.</summary>
internal enum ConditionVerdict
{
    Proceed,
    NotModified,
    Failed,
}

/// <summary>Conditional headers in the precedence of RFC 9110, section 13.2.2 (NB-1.4). Null for absent.</summary>
internal sealed record Conditions(string? IfMatch, string? IfNoneMatch, string? IfModifiedSince, string? IfUnmodifiedSince)
{
    public static Conditions Of(S3Exchange exchange) => new(
        exchange.Header("If-Match"), exchange.Header("If-None-Match"), exchange.Header("If-Modified-Since"), exchange.Header("If-Unmodified-Since"));

    /// <summary>Those of a copy's source, which <c>x-amz-copy-source-if-…</c> carry.</summary>
    public static Conditions OfCopySource(S3Exchange exchange) => new(
        exchange.Header("x-amz-copy-source-if-match"), exchange.Header("x-amz-copy-source-if-none-match"),
        exchange.Header("x-amz-copy-source-if-modified-since"), exchange.Header("x-amz-copy-source-if-unmodified-since"));

    /// <summary>Decides for a read of an object that is there.</summary>
    public ConditionVerdict ForRead(StoredObject stored)
    {
        if (IfMatch is not null)
        {
            if (!Lists(IfMatch, stored, weakly: false))
            {
                return ConditionVerdict.Failed;
            }
        }
        else if (HttpDate.TryParse(IfUnmodifiedSince.AsSpan(), out var unmodified) && stored.LastModified > unmodified)
        {
            return ConditionVerdict.Failed;
        }

        if (IfNoneMatch is not null)
        {
            return Lists(IfNoneMatch, stored, weakly: true) ? ConditionVerdict.NotModified : ConditionVerdict.Proceed;
        }

        return HttpDate.TryParse(IfModifiedSince.AsSpan(), out var modified) && stored.LastModified <= modified ? ConditionVerdict.NotModified : ConditionVerdict.Proceed;
    }

    /// <summary>Decides for a write over what is there, if anything: only <c>If-Match</c> and <c>If-None-Match: *</c> are known for it.</summary>
    public S3Fault? ForWrite(StoredObject? present)
    {
        if (IfMatch is not null)
        {
            return present is null ? S3Error.NoSuchKey : Lists(IfMatch, present, weakly: false) ? null : S3Fault.With(S3Error.PreconditionFailed, "Condition", "If-Match");
        }

        return IfNoneMatch is not null && present is not null ? S3Fault.With(S3Error.PreconditionFailed, "Condition", "If-None-Match") : null;
    }

    public bool ConcernsWrite => IfMatch is not null || IfNoneMatch is not null;

    private static bool Lists(string list, StoredObject stored, bool weakly) =>
        EntityTag.ListContains(Encoding.Latin1.GetBytes(list), Encoding.Latin1.GetBytes(stored.QuotedETag), weakly);
}
