// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets;

/// <summary>What an operator says of a bucket server.</summary>
public sealed record BucketOptions
{
    /// <summary>Where everything is kept; made if it is not there, and locked for one process.</summary>
    public required string Directory { get; init; }

    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>The suffix under which bucket hosts are understood as AWS's are under <c>amazonaws.com</c>, e.g. <c>frontier.localhost</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>The owner's keys: whoever holds one may do everything.</summary>
    public required IReadOnlyList<AccessKey> AccessKeys { get; init; }

    /// <summary>Finds the owner's other keys by id, which may come and go; a key for reading reads whatever the bucket's policy says. Asked with every request that is signed by none of <see cref="AccessKeys"/>.</summary>
    public Func<string, AccessKey?>? FindAccessKey { get; init; }

    /// <summary>From which the origin access keys of distributions and identities are derived (<see cref="OriginAccessKeys"/>); at least 32 bytes.</summary>
    public required byte[] OriginAccessSecret { get; init; }

    /// <summary>The account of distributions and owner; 12 digits.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>The region of buckets created without a location.</summary>
    public string Region { get; init; } = "us-east-1";
}
