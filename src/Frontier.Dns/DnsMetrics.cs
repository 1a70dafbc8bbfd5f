// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.Metrics;
using Frontier.Dns.Server;

namespace Frontier.Dns;

/// <summary>What a DNS server counts, as instruments of the meter <c>Frontier.Dns</c>. They are looked up when somebody asks, and cost nothing before.</summary>
internal sealed class DnsMetrics : IDisposable
{
    public const string MeterName = "Frontier.Dns";

    private const int NameError = 3;
    private const int Refused = 5;

    public DnsMetrics(Func<DnsStatistics> read, Func<int> zones, Func<int> connections)
    {
        Meter = new Meter(MeterName);
        Counter("frontier.dns.answers", "{answer}", "Answers sent.", static counted => counted.Answers);
        Counter("frontier.dns.answers.name_error", "{answer}", "Answers that a name does not exist.", static counted => counted.ByCode[NameError]);
        Counter("frontier.dns.answers.refused", "{answer}", "Answers about names that are served elsewhere.", static counted => counted.ByCode[Refused]);
        Counter("frontier.dns.answers.truncated", "{answer}", "Answers that did not fit, so that the client comes by TCP.", static counted => counted.Truncated);
        Counter("frontier.dns.answers.tcp", "{answer}", "Answers over TCP.", static counted => counted.OverTcp);
        Counter("frontier.dns.answers.limited", "{answer}", "Answers not sent, because their network had had too many like them.", static counted => counted.Dropped);
        Counter("frontier.dns.ignored", "{packet}", "Packets that were no queries.", static counted => counted.Silent);
        Meter.CreateObservableUpDownCounter("frontier.dns.zones", () => zones(), "{zone}", "Zones that are served.");
        Meter.CreateObservableUpDownCounter("frontier.dns.connections", () => connections(), "{connection}", "Connections over TCP.");

        void Counter(string name, string unit, string description, Func<DnsStatistics, long> value) =>
            Meter.CreateObservableCounter(name, () => value(read()), unit, description);
    }

    /// <summary>One of the same name for each server of the process.</summary>
    internal Meter Meter { get; }

    public void Dispose() => Meter.Dispose();
}
