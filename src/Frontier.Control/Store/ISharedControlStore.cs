// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>A store that several control processes may use at once, so that what another one committed has to be found out.</summary>
public interface ISharedControlStore : IControlStore
{
    /// <summary>
    /// Completes when some process says that it committed something, or after <paramref name="longest"/>. Only a hint: it may come
    /// late, twice or never, so whoever waits reads the store afterwards. One caller at a time.
    /// </summary>
    Task WaitForHintAsync(TimeSpan longest, CancellationToken cancellationToken);
}
