// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.Metrics;
using System.Net;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.Certificates;
using Frontier.Edge.Listeners;
using Frontier.Edge.Telemetry;
using Frontier.Edge.ViewerCertificates;
using Frontier.Http;
using Frontier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Edge.Tests.Telemetry;

/// <summary>How handshakes ended, as a collector sees it.</summary>
public sealed class TlsMetricsTests
{
    [Fact]
    public void Handshakes_are_counted_and_failures_by_reason()
    {
        using var directory = new TemporaryDirectory();
        var clock = new ManualTimeProvider();
        var log = new HandshakeLog(clock, NullLogger.Instance);
        var refusals = new ViewerCertificateRefusals(clock, NullLogger.Instance);
        using var metrics = new TlsMetrics(log, refusals, HeldCertificates.Open(directory.Path, clock, NullLogger.Instance));
        foreach (var failure in new TlsFailure?[] { null, null, TlsFailure.Gone, TlsFailure.Version, TlsFailure.Version, TlsFailure.Version })
        {
            log.Note(new TlsHandshake(failure, IPAddress.Loopback, "a.example", ""));
        }

        refusals.Note("E1", ViewerCertificateError.Expired);
        refusals.Note("E2", ViewerCertificateError.Expired);
        refusals.Note("E1", ViewerCertificateError.Missing);
        var told = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => Listen(instrument, listening, metrics) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told[instrument.Name + string.Concat(tags.ToArray().Select(static tag => $" {tag.Value}"))] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["frontier.edge.tls.handshakes"] = 2,
                ["frontier.edge.tls.failures gone"] = 1,
                ["frontier.edge.tls.failures not_tls"] = 0,
                ["frontier.edge.tls.failures version"] = 3,
                ["frontier.edge.tls.failures suite"] = 0,
                ["frontier.edge.tls.failures refused"] = 0,
                ["frontier.edge.tls.failures not_admitted"] = 0,
                ["frontier.edge.tls.failures other"] = 0,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertMissing"] = 1,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertMaxChainDepthExceeded"] = 0,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertMaxSizeExceeded"] = 0,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertTypeUnsupported"] = 0,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertUntrusted"] = 0,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertNotYetValid"] = 0,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertExpired"] = 2,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertIntentInvalid"] = 0,
                ["frontier.edge.tls.viewer_certificates.refused ClientCertInvalid"] = 0,
                ["frontier.edge.tls.certificates.ready"] = 0,
            },
            told);
    }

    private static void Listen(Instrument instrument, MeterListener listener, TlsMetrics metrics)
    {
        if (ReferenceEquals(instrument.Meter, metrics.Meter))
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
