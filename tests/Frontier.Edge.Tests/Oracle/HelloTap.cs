// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Http;
using Frontier.Http.Tls;
using Microsoft.AspNetCore.Connections;

namespace Frontier.Edge.Tests.Oracle;

/// <summary>
/// Looks at a connection's first bytes before TLS does, and leaves them where they are: the ClientHello is all that a
/// fingerprint is made of. What cannot be read in time, or is too long, passes without one; TLS decides about it.
/// </summary>
internal static class HelloTap
{
    /// <summary>How long a hello is waited for; the handshake, which has as long again, meets the rest of a slow viewer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="wanted">Asked for each connection; if false, nothing is looked at.</param>
    public static void Attach(IConnectionBuilder connections, Func<bool> wanted, TimeProvider time) => connections.Use(next => async connection =>
    {
        if (wanted())
        {
            try
            {
                ViewerConnection.Of(connection.Features).Fingerprints = await LookAsync(connection, time);
            }
            catch (Exception gone) when (gone is IOException or ConnectionAbortedException)
            {
                return; // reset before it said anything, as port scans do
            }
        }

        await next(connection);
    });

    private static async Task<TlsFingerprints?> LookAsync(ConnectionContext connection, TimeProvider time)
    {
        var input = connection.Transport.Input;
        using var patience = new CancellationTokenSource(Patience, time);
        await using var cancelling = patience.Token.UnsafeRegister(static input => ((System.IO.Pipelines.PipeReader)input!).CancelPendingRead(), input);
        while (true)
        {
            var read = await input.ReadAsync(CancellationToken.None);
            var seen = read.Buffer;
            var isWhole = ClientHello.TryRead(seen.IsSingleSegment ? seen.FirstSpan : seen.ToArray(), out var hello);
            if (isWhole || read.IsCompleted || read.IsCanceled || seen.Length > ClientHello.MaxBytes)
            {
                input.AdvanceTo(seen.Start); // nothing used, nothing examined: TLS reads it again at once
                return hello is null ? null : ClientFingerprint.Of(hello);
            }

            input.AdvanceTo(seen.Start, seen.End);
        }
    }
}
