// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>Ends a gRPC call over which nothing has come or gone for the origin's read timeout. Bytes in either direction begin it anew.</summary>
internal sealed class GrpcQuiet : IDisposable
{
    private readonly TimeSpan _longest;
    private readonly CancellationTokenSource _expiry;
    private readonly CancellationTokenSource _either;

    public GrpcQuiet(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        _longest = longest;
        _expiry = new CancellationTokenSource(longest, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_expiry.Token, cancellationToken);
    }

    /// <summary>Cancelled when the call must end, for whatever reason.</summary>
    public CancellationToken Ended => _either.Token;

    public bool HasExpired => _expiry.IsCancellationRequested;

    public void Broken() => _expiry.CancelAfter(_longest);

    public void End() => _either.Cancel();

    public void Dispose()
    {
        _either.Dispose();
        _expiry.Dispose();
    }
}
