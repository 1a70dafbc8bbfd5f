// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.Metrics;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.Certificates;
using Frontier.Edge.Listeners;
using Frontier.Edge.ViewerCertificates;
using Frontier.Http;

namespace Frontier.Edge.Telemetry;

/// <summary>Handshakes with viewers and certificates at hand, as instruments of the meter <c>Frontier.Edge</c>. Looked up when somebody asks.</summary>
internal sealed class TlsMetrics : IDisposable
{
    public TlsMetrics(HandshakeLog handshakes, ViewerCertificateRefusals refusals, HeldCertificates certificates)
    {
        Meter = new Meter(CacheMetrics.MeterName);
        Meter.CreateObservableCounter("frontier.edge.tls.handshakes", () => handshakes.Completed, "{handshake}", "Handshakes with viewers that succeeded.");
        Meter.CreateObservableCounter(
            "frontier.edge.tls.failures",
            () => Enum.GetValues<TlsFailure>().Select(failure => new Measurement<long>(handshakes.Failures(failure), new KeyValuePair<string, object?>("reason", ReasonOf(failure)))),
            "{handshake}", "Handshakes with viewers that failed, by reason.");
        Meter.CreateObservableCounter(
            "frontier.edge.tls.viewer_certificates.refused",
            () => Enum.GetValues<ViewerCertificateError>().Where(static error => error is not ViewerCertificateError.None)
                .Select(error => new Measurement<long>(refusals.Count(error), new KeyValuePair<string, object?>("reason", error.LogName))),
            "{connection}", "Connections refused for their viewers' certificates, by reason.");
        Meter.CreateObservableUpDownCounter("frontier.edge.tls.certificates.ready", () => (long)certificates.Ready, "{certificate}", "Imported certificates that stand ready in memory.");
    }

    /// <summary>One of the same name for each edge of the process.</summary>
    internal Meter Meter { get; }

    public void Dispose() => Meter.Dispose();

    private static string ReasonOf(TlsFailure failure) => failure switch
    {
        TlsFailure.Gone => "gone",
        TlsFailure.NotTls => "not_tls",
        TlsFailure.Version => "version",
        TlsFailure.Suite => "suite",
        TlsFailure.Refused => "refused",
        TlsFailure.NotAdmitted => "not_admitted",
        TlsFailure.Other => "other",
    };
}
