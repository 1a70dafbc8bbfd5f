// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Edge;
using Frontier.Edge.Pipeline;
using Frontier.Edge.Tests.Harness;
using Frontier.Http;
using Frontier.Usage;
using Frontier.Usage.AccessLogs;
using Frontier.Usage.Metering;

namespace Frontier.Benchmarks;

/// <summary>What it takes to account for a request: its id, its record, its line, its counts.</summary>
internal sealed class RecordBenchmarks : IDisposable
{
    private const string Id = "E0000000000042";

    private readonly string _directory;
    private readonly AccessLogFiles _files;
    private readonly PerThread<LineRing> _rings = new(static _ => new LineRing(256 * 1_024));
    private readonly RequestCounters _counters = new();
    private readonly Admission _admission = new(new EdgeName("LCL50-C1", ""), null, tellsCacheStatus: false, [], TimeProvider.System);
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    private RecordBenchmarks(string directory)
    {
        _directory = directory;
        _files = new AccessLogFiles(new AccessLogOptions { Directory = directory });
        File.CreateSymbolicLink(Path.Combine(_directory, $"{Id}.{_now.UtcDateTime:yyyy-MM-dd-HH}.log"), "/dev/null"); // no disk is measured
    }

    public IEnumerable<Benchmark> All =>
    [
        new("request-id", "a new request id", static times =>
        {
            Span<byte> id = stackalloc byte[RequestIds.Length];
            for (var i = 0; i < times; i++)
            {
                RequestIds.Write(id);
            }
        }),
        Fill(),
        Line("log-line-bare", "its log line", Samples.Bare),
        Line("log-line-browser", "its log line", Samples.Browser),
        Write(),
        Count(),
        Record("record-bare", Samples.Bare),
        Record("record-browser", Samples.Browser),
    ];

    public static RecordBenchmarks Start() => new(Directory.CreateTempSubdirectory("frontier-bench-").FullName);

    public void Dispose()
    {
        _files.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private Benchmark Fill()
    {
        var (record, exchange) = (new RequestRecord(), Exchange(Samples.Browser));
        return new Benchmark("fill", "a record begun again", times =>
        {
            for (var i = 0; i < times; i++)
            {
                _admission.Fill(record, exchange, _now);
            }
        });
    }

    private Benchmark Line(string name, string what, byte[] head)
    {
        var (record, line, destination) = (Finished(new RequestRecord(), Exchange(head)), new StandardLogLine(), new byte[StandardLogLine.MaxBytes]);
        line.TryWrite(record, destination, out var length);
        return new Benchmark(name, $"{what} of {length} bytes", times =>
        {
            for (var i = 0; i < times; i++)
            {
                line.TryWrite(record, destination, out _);
            }
        });
    }

    /// <summary>The writer's part: what it costs another thread.</summary>
    private Benchmark Write()
    {
        var (id, line, hour) = (Encoding.ASCII.GetBytes(Id), new byte[400], _now.UtcTicks / TimeSpan.TicksPerHour);
        return new Benchmark("log-write", "a line of 400 bytes handed to its file, which is /dev/null", times =>
        {
            for (var i = 0; i < times; i++)
            {
                _files.Append(id, hour, line);
            }

            _files.Flush();
        });
    }

    private Benchmark Count()
    {
        var record = Finished(new RequestRecord(), Exchange(Samples.Browser));
        return new Benchmark("count", "a record counted", times =>
        {
            for (var i = 0; i < times; i++)
            {
                _counters.Record(record);
            }
        });
    }

    /// <summary>All that a request costs here, with the writer's part, which another thread bears.</summary>
    private Benchmark Record(string name, byte[] head)
    {
        var (record, exchange) = (new RequestRecord(), Exchange(head));
        return new Benchmark(name, "filled, logged, counted and written to /dev/null", times =>
        {
            for (var i = 0; i < times; i++)
            {
                Finished(record, exchange);
                _counters.Record(record);
                var ring = _rings.Own;
                ring.TryAppend(record);
                if (ring.IsHalfFull)
                {
                    ring.DrainTo(_files);
                }
            }
        });
    }

    private RequestRecord Finished(RequestRecord record, HttpExchange exchange)
    {
        _admission.Fill(record, exchange, _now);
        record.DistributionId = Id;
        record.DistributionDomain = "d0000000000042.frontier.localhost";
        record.Status = 200;
        record.SetContentType("image/webp"u8);
        record.ContentLength = 12_000;
        record.BytesReceived = 612;
        record.BytesSent = 12_345;
        record.TimeToFirstByte = TimeSpan.FromMicroseconds(42);
        record.EndedAt = _now + TimeSpan.FromMicroseconds(57);
        return record;
    }

    private static IdleExchange Exchange(byte[] head)
    {
        var exchange = new IdleExchange(new TlsConnection("TLSv1.3", "TLS_AES_128_GCM_SHA256", Samples.Host));
        var sample = Samples.Head(head);
        exchange.Request.SetTarget(sample.Target);
        exchange.Request.Host = sample.Host;
        exchange.Request.IsHttps = true;
        sample.Headers.CopyTo(exchange.Request.Headers);
        return exchange;
    }
}
