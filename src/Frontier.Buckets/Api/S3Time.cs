// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Buckets.Api;

/// <summary>The form of times in documents: <c>2026-08-07T12:00:00.000Z</c>.</summary>
internal static class S3Time
{
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Without the part of a second that no HTTP date can carry.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
