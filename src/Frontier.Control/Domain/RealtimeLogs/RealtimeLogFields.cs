// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;

namespace Frontier.Control.Domain.RealtimeLogs;

/// <summary>The fields that a real-time log can have (<c>dataplane.md</c> §29.2).</summary>
internal static class RealtimeLogFields
{
    private const string Table =
        """
        timestamp c-ip s-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host cs-uri-stem cs-bytes x-edge-location x-edge-request-id
        x-host-header time-taken cs-protocol-version c-ip-version cs-user-agent cs-referer cs-cookie cs-uri-query x-edge-response-result-type
        x-forwarded-for ssl-protocol ssl-cipher x-edge-result-type fle-encrypted-fields fle-status sc-content-type sc-content-len sc-range-start
        sc-range-end c-port x-edge-detailed-result-type c-country cs-accept-encoding cs-accept cache-behavior-path-pattern cs-headers cs-header-names
        cs-headers-count primary-distribution-id primary-distribution-dns-name origin-fbl origin-lbl asn
        cmcd-encoded-bitrate cmcd-buffer-length cmcd-buffer-starvation cmcd-content-id cmcd-object-duration cmcd-deadline cmcd-measured-throughput
        cmcd-next-object-request cmcd-next-range-request cmcd-object-type cmcd-playback-rate cmcd-requested-maximum-throughput cmcd-streaming-format
        cmcd-session-id cmcd-stream-type cmcd-startup cmcd-top-bitrate cmcd-version
        r-host sr-reason x-edge-mqcs distribution-tenant-id connection-id
        """;

    public static FrozenSet<string> All { get; } = Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
