// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;
using Frontier.Control.Tests.Store;
using Frontier.Testing;

namespace Frontier.Control.Sqlite.Tests;

public sealed class DurabilityTests : DurabilityContract
{
    protected override Task<IAsyncDisposable> NewLocationAsync() => Task.FromResult<IAsyncDisposable>(new Location());

    protected override string Name(IAsyncDisposable location) => ((Location)location).Directory["control.db"];

    protected override async Task<IControlStore> OpenAsync(string name) => await SqliteControlStore.OpenAsync(name, TimeProvider.System, default);

    private sealed class Location : IAsyncDisposable
    {
        public TemporaryDirectory Directory { get; } = new();

        public ValueTask DisposeAsync()
        {
            Directory.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
