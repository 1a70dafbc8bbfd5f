// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Freshness;

/// <summary>Why an answer is not stored; <see cref="None"/> when it is. The access log's and explain's reason for a lasting miss.</summary>
public enum NotStored
{
    None,

    /// <summary>The method is not among the behavior's cached ones (DP-4.6).</summary>
    Method,

    /// <summary>The cache policy's MaxTTL is 0 (DP-6.13).</summary>
    CachingDisabled,

    NoStore,

    Private,

    NoCache,

    /// <summary>Its time to live is zero, and it has nothing by which the origin could be asked whether it still holds.</summary>
    ZeroTtl,

    /// <summary>The status is not one that is kept (DP-14.10, §19).</summary>
    Status,

    /// <summary><c>Vary: *</c> (DP-14.8).</summary>
    VaryStar,

    /// <summary>A part of an object, or an answer to the viewer's own condition.</summary>
    Partial,

    /// <summary>The request carried Authorization, and the answer does not allow sharing (RFC 9111, section 3.5).</summary>
    Authorization,

    /// <summary>The request said no-store (RFC 9111, section 5.2.1.5).</summary>
    AskedNotTo,
}

/// <summary>What the TTL arithmetic says of one answer.</summary>
public readonly record struct StorageVerdict
{
    public NotStored Reason { get; private init; }

    public bool IsStored => Reason is NotStored.None;

    /// <summary>Kept to be asked about with its validators (DP-14.3); served unasked only where the origin fails and does not forbid it.</summary>
    public bool IsForValidationOnly => IsStored && FreshFor <= TimeSpan.Zero && StaleWhileRevalidate <= TimeSpan.Zero;

    /// <summary>Time to live from the moment of receipt, the answer's own age already taken off. Zero where <see cref="IsForValidationOnly"/>.</summary>
    public TimeSpan FreshFor { get; private init; }

    /// <summary>How old the answer was when it came (DP-14.6).</summary>
    public TimeSpan InitialAge { get; private init; }

    public TimeSpan StaleWhileRevalidate { get; private init; }

    /// <summary>Null when the origin did not say (DP-18.3 then applies); zero forbids (DP-18.2).</summary>
    public TimeSpan? StaleIfError { get; private init; }

    public bool MustRevalidate { get; private init; }

    /// <summary>Where the time to live came from, and what it was before any bound.</summary>
    public TtlSource Source { get; init; }

    public TimeSpan Said { get; init; }

    /// <summary>The same of an answer that has come from a cache above, where it is good for no longer than that says (DP-26.1).</summary>
    public StorageVerdict Within(in ToldLifetime told) => !IsStored
        ? this
        : this with
        {
            FreshFor = Shorter(FreshFor, told.FreshFor),
            StaleWhileRevalidate = Shorter(StaleWhileRevalidate, told.StaleWhileRevalidate),
            StaleIfError = told.StaleIfError is { } staleIfError ? Shorter(StaleIfError ?? staleIfError, staleIfError) : StaleIfError,
        };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    public static StorageVerdict Refuse(NotStored reason) => new() { Reason = reason };

    public static StorageVerdict Store(TimeSpan freshFor, TimeSpan initialAge, TimeSpan staleWhileRevalidate, TimeSpan? staleIfError, bool mustRevalidate) =>
        new() { FreshFor = freshFor, InitialAge = initialAge, StaleWhileRevalidate = staleWhileRevalidate, StaleIfError = staleIfError, MustRevalidate = mustRevalidate };
}
