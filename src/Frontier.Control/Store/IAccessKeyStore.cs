// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>The part of a store that keeps access keys; what <see cref="IControlStore"/> promises of every method holds here, too.</summary>
public interface IAccessKeyStore
{
    Task<StoredAccessKeys> ReadAccessKeysAsync(CancellationToken cancellationToken);

    /// <summary>Of two changes that would together leave no active admin key, exactly one is made.</summary>
    Task<AccessKeyChanged> ChangeAccessKeyAsync(AccessKeyChange change, CancellationToken cancellationToken);

    /// <summary>Notes when a key was used; never goes back. A key that is not known stays so.</summary>
    Task NoteAccessKeyUseAsync(string id, DateTimeOffset usedAt, CancellationToken cancellationToken);

    /// <summary>Drops every access key, the last admin key included: for when what their secrets were encrypted with is lost.</summary>
    /// <returns>How many there were.</returns>
    Task<int> ForgetAccessKeysAsync(AuditCall audit, CancellationToken cancellationToken);
}
