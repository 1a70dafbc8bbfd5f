// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Control.Acme;

/// <summary>What an ACME server answered, or why it did not.</summary>
/// <param name="Location">Of what was made; null where nothing was.</param>
/// <param name="RetryAfter">When the server wants to be asked again; null where it does not say.</param>
internal sealed record AcmeReply<T>(T? Value, AcmeFault? Fault, string? Location = null, DateTimeOffset? RetryAfter = null)
    where T : class
{
    public bool Failed([NotNullWhen(true)] out AcmeFault? fault, [NotNullWhen(false)] out T? value)
    {
        (fault, value) = (Fault, Value);
        return fault is not null;
    }
}
