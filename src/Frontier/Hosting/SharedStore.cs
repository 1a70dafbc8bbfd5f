// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;

namespace Frontier.Hosting;

/// <summary>What processes on one store have in common.</summary>
internal static class SharedStore
{
    public static Task<IControlStore> OpenAsync(RoleStack roles, UpSettings settings, TimeProvider time, CancellationToken cancellationToken) =>
        roles.StartAsync("store", "--store and --data", () => settings.Store.OpenAsync(time, roles.Loggers, cancellationToken));

    /// <summary>The secret behind every origin's key is one for all processes of an installation: of several data directories the first proposes it.</summary>
    public static async Task<byte[]> AgreeOriginAccessAsync(RoleStack roles, IControlStore store, CancellationToken cancellationToken)
    {
        const string Name = "origin-access";
        try
        {
            return Convert.FromHexString(await store.AgreeAsync(Name, Convert.ToHexStringLower(roles.Data.Secret(Name)), cancellationToken));
        }
        catch (IOException error)
        {
            throw new StartException($"The store cannot be used: {error.Message} (See --store and --data.)", error);
        }
    }
}
