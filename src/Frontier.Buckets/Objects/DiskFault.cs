// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Api;

namespace Frontier.Buckets.Objects;

/// <summary>Tells a full disk, which no retry cures, from other failures to write.</summary>
internal static class DiskFault
{
    private const int NoSpaceUnix = 28;
    private const int QuotaExceededLinux = 122;
    private const int DiskFullWindows = unchecked((int)0x80070070);

    public static bool IsFull(IOException error) => error.HResult is NoSpaceUnix or QuotaExceededLinux or DiskFullWindows;

    /// <summary>507 for a full disk, because clients retry an InternalError for ever.</summary>
    public static S3Fault Of(IOException error) => IsFull(error) ? S3Error.InsufficientStorage : S3Error.InternalError;
}
