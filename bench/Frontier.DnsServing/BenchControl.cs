// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Zones;

namespace Frontier.Dns.Serving;

/// <summary>A control plane that tells made-up zones, and the first one again and again where it is asked to.</summary>
internal sealed class BenchControl : IDisposable
{
    /// <summary>Of the name whose answer depends on the client's network; in every zone.</summary>
    public const string Near = "near";

    private readonly HttpListener _listener = new();
    private readonly TaskCompletionSource _allTold = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _zones;
    private readonly int _names;
    private readonly int _reloadMilliseconds;

    public BenchControl(int zones, int names, int reloadMilliseconds)
    {
        (_zones, _names, _reloadMilliseconds) = (zones, names, reloadMilliseconds);
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        Answering = AnswerAsync();
    }

    public Uri Address { get; }

    public Task Answering { get; }

    /// <summary>Completes when all zones are in effect.</summary>
    public Task AllTold => _allTold.Task;

    public int Reloads { get; private set; }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    /// <summary>As a master file would have it: SOA, NS, a name for each record, and two sets for clients of two places.</summary>
    private ZoneConfig Zone(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"z{number}.bench.test.");
        RecordSetConfig Set(string owner, string type, params ReadOnlySpan<string> values) => new() { Name = owner + name, Type = type, Ttl = 60, Values = [.. values] };
        return new ZoneConfig
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"Z{number}"),
            Name = name,
            Version = Reloads + 1,
            RecordSets =
            [
                Set("", "SOA", $"ns1.{name} hostmaster.{name} 1 7200 900 1209600 60"), Set("", "NS", $"ns1.{name}"), Set("ns1.", "A", "192.0.2.53"),
                .. Enumerable.Range(0, _names).Select(each => Set(string.Create(CultureInfo.InvariantCulture, $"host{each}."), "A", string.Create(CultureInfo.InvariantCulture, $"10.{each >> 16 & 255}.{each >> 8 & 255}.{each & 255}"))),
                Set(Near + ".", "A", "192.0.2.1") with { SetIdentifier = "eu", Routing = new RoutingConfig { Geo = new GeoLocationConfig("EU", null, null) } },
                Set(Near + ".", "A", "192.0.2.2") with { SetIdentifier = "rest", Routing = new RoutingConfig { Geo = new GeoLocationConfig(null, "*", null) } },
            ],
        };
    }

    private async Task AnswerAsync()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Max(1, _reloadMilliseconds)));
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var report = (await JsonSerializer.DeserializeAsync(context.Request.InputStream, ContractsJson.Default.ZoneReport))!;
                if (report.Position >= _zones)
                {
                    _allTold.TrySetResult();
                    await (_reloadMilliseconds == 0 ? Task.Delay(Timeout.Infinite) : pause.WaitForNextTickAsync().AsTask());
                    Reloads++;
                }

                await JsonSerializer.SerializeAsync(context.Response.OutputStream, Next((int)report.Position), ContractsJson.Default.ZoneAnswer);
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or HttpListenerException)
        {
            // It is over.
        }
    }

    private ZoneAnswer Next(int position)
    {
        if (position >= _zones)
        {
            return new ZoneAnswer { Position = position + 1, Zones = [Zone(0)] };
        }

        var page = Math.Clamp(10_000 / _names, 1, _zones - position);
        return new ZoneAnswer { Position = position + page, StartsAnew = position == 0, HasMore = position + page < _zones, Zones = [.. Enumerable.Range(position, page).Select(Zone)] };
    }
}
