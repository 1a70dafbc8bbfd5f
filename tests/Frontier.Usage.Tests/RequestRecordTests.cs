// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Protocols.Http;
using Frontier.Usage.Tests.AccessLogs;

namespace Frontier.Usage.Tests;

/// <summary>A record that is used again: nothing of one request is told of the next.</summary>
public sealed class RequestRecordTests
{
    [Fact]
    public void After_a_reset_it_is_as_new_but_for_who_asks_and_what()
    {
        var used = Records.OfBrowser();
        used.TimeToFirstByte = TimeSpan.FromSeconds(1);
        used.Carries = CarriedProtocol.Grpc;
        (used.BehaviorPattern, used.Uncacheable, used.OriginHost, used.FailoverCode) = ("*", "Private", "origin", 502);
        (used.Result, used.ResponseResult, used.Detail) = (ResultType.Error, ResultType.Miss, ErrorDetail.OriginError);
        (used.MissReason, used.InvalidatedBy, used.RangeFirst, used.RangeLast) = (MissReason.Invalidated, 7, 1, 2);
        used.Reset();
        var fresh = new RequestRecord
        {
            Request = used.Request,
            StartedAt = used.StartedAt,
            Pop = used.Pop,
            ClientAddress = used.ClientAddress,
            ClientPort = used.ClientPort,
            TlsProtocol = used.TlsProtocol,
            TlsCipher = used.TlsCipher,
        };
        fresh.TakeRequestId(used);
        foreach (var property in typeof(RequestRecord).GetProperties().Where(static property => !property.PropertyType.IsByRefLike))
        {
            Assert.Equal(property.GetValue(fresh), property.GetValue(used));
        }

        Assert.True(used.ContentType.IsEmpty);
    }

    [Fact]
    public void A_record_that_belongs_to_no_request_says_so() => Assert.Throws<InvalidOperationException>(static () => new RequestRecord().Request);

    [Fact]
    public void An_id_has_the_length_and_the_alphabet_that_clients_know_and_comes_once()
    {
        var record = new RequestRecord();
        var seen = new HashSet<string>();
        for (var i = 0; i < 10_000; i++)
        {
            record.NewRequestId();
            Assert.Matches("^[A-Za-z0-9_-]{54}==$", record.RequestId);
            Assert.Equal(record.RequestId, Encoding.ASCII.GetString(record.RequestIdBytes));
            Assert.True(seen.Add(record.RequestId));
        }
    }

    [Fact]
    public void A_part_goes_by_the_id_of_the_whole()
    {
        var (whole, part) = (new RequestRecord(), new RequestRecord());
        whole.NewRequestId();
        part.NewRequestId();
        Assert.NotEqual(whole.RequestId, part.RequestId);
        part.TakeRequestId(whole);
        Assert.Equal(whole.RequestId, part.RequestId);
        whole.NewRequestId();
        Assert.NotEqual(whole.RequestId, part.RequestId);
    }

    [Fact]
    public void Filling_it_again_allocates_nothing()
    {
        var record = new RequestRecord();
        var request = new RequestHead();
        var address = IPAddress.Parse("2001:db8::1");
        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Fill();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Fill()
        {
            record.Reset();
            record.NewRequestId();
            record.Request = request;
            record.ClientAddress = address;
            record.SetContentType("text/html"u8);
            Assert.False(record.ClientAddressText.IsEmpty);
        }
    }
}
