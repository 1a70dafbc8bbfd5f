// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;
using Frontier.Control.Tests.Store;
using Frontier.Testing;

namespace Frontier.Control.Sqlite.Tests;

public sealed class SqliteMachinesContractTests : MachinesContract
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override async Task<IControlStore> OpenAsync() => await SqliteControlStore.OpenAsync(_directory["control.db"], TimeProvider.System, default);
}
