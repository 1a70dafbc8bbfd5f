// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Edge.Origins;

/// <summary>A response whose head has arrived, or why there is none.</summary>
public readonly record struct OriginResult(OriginFailure Failure, OriginResponse? Response)
{
    /// <summary>How long a failure that a cache above tells of is kept there; null where this machine has met it itself.</summary>
    internal TimeSpan? KeptFor { get; init; }

    [MemberNotNullWhen(true, nameof(Response))]
    public bool Succeeded => Failure is OriginFailure.None;

    internal static OriginResult Failed(OriginFailure failure) => new(failure, null);
}
