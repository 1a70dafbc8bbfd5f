// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;
using Frontier.Control.Tests.Store;

namespace Frontier.Control.Postgres.Tests;

public sealed class PostgresMachinesContractTests : MachinesContract
{
    private TestDatabase? _database;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database!.DisposeAsync();
    }

    protected override async Task<IControlStore> OpenAsync()
    {
        _database = await TestDatabase.CreateAsync();
        return await _database.OpenAsync();
    }
}
