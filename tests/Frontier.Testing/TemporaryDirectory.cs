// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Testing;

/// <summary>A directory of a test's own, deleted with all it holds.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("frontier-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
