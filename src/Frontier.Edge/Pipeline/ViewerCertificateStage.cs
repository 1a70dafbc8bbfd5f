// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;
using Frontier.Decisions.Models;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.ViewerCertificates;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Whether the request's connection was made as its distribution asks (DP-31.4). The request says which distribution that is; the handshake may have been told another.</summary>
internal static class ViewerCertificateStage
{
    public static EdgeAnswer? Check(RequestContext context)
    {
        // A staging distribution stands in its primary's place: neither side's rules are a way around the other's.
        var verdict = Decide(context, context.Deployment?.Primary ?? context.Distribution);
        verdict = verdict is ViewerCertificateVerdict.Allowed ? Decide(context, context.Distribution) : verdict;
        context.ViewerCertificate = verdict;
        if (verdict is ViewerCertificateVerdict.Allowed && context.Distribution.ViewerCertificates is not null)
        {
            context.Viewer = context.Viewer with { WasAskedForCertificate = true, Certificate = HandshakeOf(context)?.Certificate };
        }

        return verdict switch
        {
            ViewerCertificateVerdict.Allowed => null,
            ViewerCertificateVerdict.NotSecure => EdgeAnswer.Error(context, 403, ErrorPage.CertificateRequired, ErrorDetail.InvalidRequestCertificate),
            ViewerCertificateVerdict.Misdirected => EdgeAnswer.Error(context, 421, ErrorPage.CertificateNotChecked, ErrorDetail.InvalidRequestCertificate),
        };
    }

    private static ViewerCertificateVerdict Decide(RequestContext context, DistributionModel distribution) => ViewerCertificateVerdicts.Decide(
        distribution.ViewerCertificates, context.Request.IsHttps, HandshakeOf(context)?.Asked, HandshakeOf(context)?.Certificate, context.Record.StartedAt);

    private static ViewerHandshake? HandshakeOf(RequestContext context) => context.Exchange.Tls?.Judge as ViewerHandshake;
}
