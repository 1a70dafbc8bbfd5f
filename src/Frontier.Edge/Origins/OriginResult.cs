// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Edge.Origins;

/// <summary>A response whose head has arrived, or why there is none.</summary>
public readonly record struct OriginResult(OriginFailure Failure, OriginResponse? Response)
{
    [MemberNotNullWhen(true, nameof(Response))]
    public bool Succeeded => Failure is OriginFailure.None;

    internal static OriginResult Failed(OriginFailure failure) => new(failure, null);
}
