// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;

namespace Frontier.OwnApi;

/// <summary>Makes commands that ask a control plane one thing.</summary>
internal static class ApiCommand
{
    /// <param name="run">Asks, and returns what is printed; its third argument is whether that is to be JSON.</param>
    /// <param name="symbols">Arguments and options beside those of <see cref="ApiFlags"/>.</param>
    public static Command New(string name, string description, Func<ApiClient, ParseResult, bool, CancellationToken, Task<string>> run, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else if (symbol is Option option)
            {
                command.Options.Add(option);
            }
        }

        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(flags.Read(parsed), (client, token) => run(client, parsed, flags.IsJson(parsed), token), cancellationToken));
        return command;
    }
}
