// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Usage;

/// <summary>Hands every record to several sinks, in their order.</summary>
public sealed class RecordFanout(ImmutableArray<IRequestRecordSink> sinks) : IRequestRecordSink
{
    public void Record(RequestRecord record)
    {
        foreach (var sink in sinks)
        {
            sink.Record(record);
        }
    }
}
