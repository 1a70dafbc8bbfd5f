// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Control.Domain.Policies;

/// <summary>The security section of a response headers policy; a header that was not sent is null.</summary>
internal sealed record SecurityHeaders
{
    public XssProtection? XssProtection { get; init; }

    /// <summary>DENY or SAMEORIGIN.</summary>
    public SecurityValue? FrameOptions { get; init; }

    public SecurityValue? ReferrerPolicy { get; init; }

    public SecurityValue? ContentSecurityPolicy { get; init; }

    /// <summary>Whether it overrides; the header has one value only.</summary>
    public bool? ContentTypeOptionsOverride { get; init; }

    public StrictTransport? StrictTransportSecurity { get; init; }

    public bool IsEmpty =>
        XssProtection is null && FrameOptions is null && ReferrerPolicy is null && ContentSecurityPolicy is null && ContentTypeOptionsOverride is null && StrictTransportSecurity is null;

    /// <summary>The headers with their whole values (DP-21.11).</summary>
    public IEnumerable<AddedHeaderConfig> ToHeaders()
    {
        if (XssProtection is { } xss)
        {
            yield return new AddedHeaderConfig("X-XSS-Protection", xss.Value, xss.Override);
        }

        if (FrameOptions is { } frame)
        {
            yield return new AddedHeaderConfig("X-Frame-Options", frame.Value, frame.Override);
        }

        if (ReferrerPolicy is { } referrer)
        {
            yield return new AddedHeaderConfig("Referrer-Policy", referrer.Value, referrer.Override);
        }

        if (ContentSecurityPolicy is { } content)
        {
            yield return new AddedHeaderConfig("Content-Security-Policy", content.Value, content.Override);
        }

        if (ContentTypeOptionsOverride is { } overrides)
        {
            yield return new AddedHeaderConfig("X-Content-Type-Options", "nosniff", overrides);
        }

        if (StrictTransportSecurity is { } transport)
        {
            yield return new AddedHeaderConfig("Strict-Transport-Security", transport.Value, transport.Override);
        }
    }
}

internal sealed record SecurityValue(string Value, bool Override);

/// <summary>Mode and report exclude each other; both mean nothing while the protection is off.</summary>
internal sealed record XssProtection(bool Override, bool Protection, bool ModeBlock, string? ReportUri)
{
    public string Value => !Protection ? "0" : ModeBlock ? "1; mode=block" : ReportUri is null ? "1" : $"1; report={ReportUri}";
}

/// <param name="MaxAgeSeconds">At least 0.</param>
internal sealed record StrictTransport(bool Override, int MaxAgeSeconds, bool IncludeSubdomains, bool Preload)
{
    public string Value => $"max-age={MaxAgeSeconds}{(IncludeSubdomains ? "; includeSubDomains" : "")}{(Preload ? "; preload" : "")}";
}
