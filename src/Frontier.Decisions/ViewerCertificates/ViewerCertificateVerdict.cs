// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.ViewerCertificates;

/// <summary>Whether a request may come by its connection, as far as certificates of viewers go (DP-31.4).</summary>
public enum ViewerCertificateVerdict
{
    Allowed,

    /// <summary>It came in the clear, where a certificate is required.</summary>
    NotSecure,

    /// <summary>The connection was made for another name, under other rules, or so long ago that they or the certificate have ended since.</summary>
    Misdirected,
}

public static class ViewerCertificateVerdicts
{
    /// <summary>
    /// What counts is what was checked while the connection was made: viewers put several hosts on one connection, and hostile ones
    /// name one host to the handshake and another to the request.
    /// </summary>
    /// <param name="asked">What the request's distribution asks for; null for nothing.</param>
    /// <param name="checkedAs">What the connection was made under; null for nothing.</param>
    /// <param name="shown">What the viewer has shown then; null for no certificate.</param>
    public static ViewerCertificateVerdict Decide(ViewerCertificatesModel? asked, bool isHttps, ViewerCertificatesModel? checkedAs, ViewerCertificateFacts? shown, DateTimeOffset now) => asked switch
    {
        null => ViewerCertificateVerdict.Allowed,
        _ when !isHttps => asked.Mode is ViewerCertificateMode.Required ? ViewerCertificateVerdict.NotSecure : ViewerCertificateVerdict.Allowed,
        _ when asked != checkedAs => ViewerCertificateVerdict.Misdirected,
        _ when asked is { IgnoresExpiry: false, Mode: not ViewerCertificateMode.Passthrough } && shown?.NotAfter < now => ViewerCertificateVerdict.Misdirected,
        _ => ViewerCertificateVerdict.Allowed,
    };
}
