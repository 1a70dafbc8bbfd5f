// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage;

/// <summary>Takes finished requests. Must return at once and never throw: it is called on the request's own thread.</summary>
public interface IRequestRecordSink
{
    /// <summary>Reads the record before it returns: record and request are used again afterwards. Many threads may call at once.</summary>
    void Record(RequestRecord record);
}
