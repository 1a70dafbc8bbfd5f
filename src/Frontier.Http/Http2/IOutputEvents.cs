// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

internal interface IOutputEvents
{
    /// <summary>All that the stream had has been put out, its end included when there was one. Called under the connection's lock.</summary>
    void OnDrained(StreamOutput stream);
}
