// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Functions;

/// <summary>A function as seen in one of its stages.</summary>
internal sealed record StagedFunction(Function Function, FunctionStage Stage, string StageName)
{
    /// <summary>Where a list goes on. No name holds a colon.</summary>
    public string Marker => StageName == FunctionStage.Development ? Function.Name : $"{Function.Name}:{StageName}";

    /// <summary>Null for a stage that the function has not reached.</summary>
    public static StagedFunction? Find(Function function, string stageName) =>
        (stageName == FunctionStage.Live ? function.Live : function.Development) is { } stage ? new StagedFunction(function, stage, stageName) : null;
}
