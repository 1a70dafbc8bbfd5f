// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Pipeline;
using Frontier.Http;
using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Pipeline;

/// <summary>The record of a request as it begins, in an object that served others before.</summary>
public sealed class AdmissionTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly IdleExchange _exchange = new(new TlsConnection("TLSv1.3", "TLS_AES_128_GCM_SHA256", "a.example"));

    private Admission Admission => new(EdgeName.Of("edge", "FRA50-C1"), null, tellsCacheStatus: false, [], _clock);

    [Fact]
    public void A_used_record_begins_again_with_what_is_known_of_the_next_request()
    {
        var record = new RequestRecord { Status = 404, Result = ResultType.Error, DistributionId = "E1", Pop = "", TlsCipher = "old" };
        record.NewRequestId();
        var id = record.RequestId;
        Admission.Fill(record, _exchange, _clock.GetUtcNow());
        Assert.NotEqual(id, record.RequestId);
        Assert.Same(_exchange.Request, record.Request);
        Assert.Equal((_clock.GetUtcNow(), "FRA50-C1", "192.0.2.1", 50_000), (record.StartedAt, record.Pop, record.ClientAddress.ToString(), record.ClientPort));
        Assert.Equal(("TLSv1.3", "TLS_AES_128_GCM_SHA256"), (record.TlsProtocol, record.TlsCipher));
        Assert.Equal((0, ResultType.Hit, ""), (record.Status, record.Result, record.DistributionId));
        Admission.Fill(record, new IdleExchange(null), _clock.GetUtcNow());
        Assert.Equal((null, null), (record.TlsProtocol, record.TlsCipher));
    }

    [Fact]
    public void Filling_allocates_nothing()
    {
        var (admission, record, now) = (Admission, new RequestRecord(), _clock.GetUtcNow());
        admission.Fill(record, _exchange, now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            admission.Fill(record, _exchange, now);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
