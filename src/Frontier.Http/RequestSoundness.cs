// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Http;

/// <summary>
/// Whether a request head could be written to an origin as it stands. Servers differ in what they let in; what we could not
/// send on must be refused before anything is decided by it, or the refusal would look like the origin's failure.
/// </summary>
public static class RequestSoundness
{
    public static bool IsSound(RequestHead request)
    {
        if (!Http1Bytes.IsToken(Encoding.Latin1.GetBytes(request.MethodToken)) || !Http1Bytes.IsTarget(request.Target))
        {
            return false;
        }

        for (var i = 0; i < request.Headers.Count; i++)
        {
            if (!Http1Bytes.IsToken(request.Headers.Name(i)) || !Http1Bytes.IsValue(request.Headers.Value(i)))
            {
                return false;
            }
        }

        return true;
    }
}
