// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Scenarios.Harness;

/// <summary>What a program left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string Everything => $"exit code {ExitCode}\n{Output}\n{Error}";
}
