// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Control.Credentials;

/// <summary>
/// Lets a signed change be made only around the moment it first came, though its signature is good for minutes. Clients sign to the
/// second, and what the AWS CLI signs of two equal calls within one second is the same, a retry or not: so what comes again within
/// seconds is a call like any other, as at AWS. What comes again later was recorded by somebody. Thread-safe.
/// </summary>
internal sealed class ReplayWindow(TimeProvider time)
{
    /// <summary>How long after its first arrival the same signed change may come again.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>About 12 MiB. More changes than this within ten minutes push the oldest out, which may then come again, as they may at AWS.</summary>
    private const int MostRemembered = 65_536;

    /// <summary>A signature may be dated ahead of the clock by the skew, and is good until it is as far behind.</summary>
    private static readonly TimeSpan LongestGood = 2 * SignatureVerifier.AllowedSkew;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _firstSeen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>Whether a change may be made, as far as this process knows.</summary>
    /// <param name="key"><see cref="SignedCall.Fingerprint"/>.</param>
    public bool Admits(string key)
    {
        lock (_gate)
        {
            DropOld();
            if (_firstSeen.TryGetValue(key, out var first))
            {
                return time.GetElapsedTime(first) <= Grace;
            }

            _firstSeen[key] = time.GetTimestamp();
            _order.Enqueue(key);
            return true;
        }
    }

    private void DropOld()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count >= MostRemembered || time.GetElapsedTime(_firstSeen[oldest]) > LongestGood))
        {
            _firstSeen.Remove(_order.Dequeue());
        }
    }
}
