// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;
using Frontier.Control.Tests.Store;

namespace Frontier.Control.Postgres.Tests;

public sealed class DurabilityTests : DurabilityContract
{
    protected override async Task<IAsyncDisposable> NewLocationAsync() => await TestDatabase.CreateAsync();

    protected override string Name(IAsyncDisposable location) => ((TestDatabase)location).Url;

    protected override async Task<IControlStore> OpenAsync(string name) => await TestDatabase.OpenPatientlyAsync(TestDatabase.Parse(name));
}
