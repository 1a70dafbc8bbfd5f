// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// A program and what it says, of which the last lines are kept. Nobody waits for the end of its output: processes that it started may hold that open
/// when it is long gone.
/// </summary>
internal sealed class RunningProgram : IDisposable
{
    private const int MostLines = 60;

    private readonly Process _process;
    private readonly Queue<string> _said = new();
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningProgram(Process process)
    {
        _process = process;
        Reading = Task.WhenAll(ReadAsync(process.StandardOutput, isOutput: true), ReadAsync(process.StandardError, isOutput: false));
    }

    /// <summary>Of its standard output; null where that ended without one.</summary>
    public Task<string?> FirstLine => _firstLine.Task;

    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>Of all that it says; ends when nobody can say any more.</summary>
    public Task Reading { get; }

    public void Dispose() => _process.Dispose();

    private async Task ReadAsync(StreamReader reader, bool isOutput)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (_said)
                {
                    _said.Enqueue(line);
                    if (_said.Count > MostLines)
                    {
                        _said.Dequeue();
                    }
                }

                if (isOutput)
                {
                    _firstLine.TrySetResult(line);
                }
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or IOException)
        {
            // The program was killed, and nobody wants to know what else it had to say.
        }

        if (isOutput)
        {
            _firstLine.TrySetResult(null);
        }
    }
}
