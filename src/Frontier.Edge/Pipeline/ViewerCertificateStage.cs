// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.ViewerCertificates;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Whether the request's connection was made as its distribution asks (DP-31.4). The request says which distribution that is; the handshake may have been told another.</summary>
internal static class ViewerCertificateStage
{
    public static EdgeAnswer? Check(RequestContext context)
    {
        var asked = context.Distribution.ViewerCertificates;
        var handshake = context.Exchange.Tls?.Judge as ViewerHandshake;
        var verdict = ViewerCertificateVerdicts.Decide(asked, context.Request.IsHttps, handshake?.Asked, handshake?.Certificate, context.Record.StartedAt);
        context.ViewerCertificate = verdict;
        if (verdict is ViewerCertificateVerdict.Allowed && asked is not null)
        {
            context.Viewer = context.Viewer with { WasAskedForCertificate = true, Certificate = context.Request.IsHttps ? handshake?.Certificate : null };
        }

        return verdict switch
        {
            ViewerCertificateVerdict.Allowed => null,
            ViewerCertificateVerdict.NotSecure => EdgeAnswer.Error(context, 403, ErrorPage.CertificateRequired, ErrorDetail.InvalidRequestCertificate),
            ViewerCertificateVerdict.Misdirected => EdgeAnswer.Error(context, 421, ErrorPage.CertificateNotChecked, ErrorDetail.InvalidRequestCertificate),
        };
    }
}
