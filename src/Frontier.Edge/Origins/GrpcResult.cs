// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>A gRPC answer whose head has arrived, or why there is none.</summary>
internal readonly record struct GrpcResult(OriginFailure Failure, GrpcResponse? Response)
{
    public static GrpcResult Failed(OriginFailure failure) => new(failure, null);
}
