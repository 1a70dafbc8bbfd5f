// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Zones;
using Frontier.Dns.Signing;
using Frontier.Dns.Zones;
using Frontier.Protocols.Dns;
using Frontier.Protocols.Dns.MasterFiles;

namespace Frontier.Dns.Tests.Harness;

/// <summary>Zones written as master files.</summary>
internal static class TestZone
{
    public const string Start = "@ 3600 IN SOA ns1 hostmaster 7 7200 900 1209600 300\n@ 3600 IN NS ns1\nns1 3600 IN A 192.0.2.53\n";

    /// <param name="text">What follows on the SOA and NS records.</param>
    public static ZoneConfig Config(string name, string text, params RecordSetConfig[] more)
    {
        Assert.True(DnsName.TryParse(name, out var origin));
        var read = MasterFileReader.Read(Start + text, origin);
        Assert.Empty(read.Faults);
        return new ZoneConfig { Id = $"Z{name.TrimEnd('.').ToUpperInvariant().Replace('.', 'X')}", Name = name, Version = 1, RecordSets = [.. Sets(read.Records), .. more] };
    }

    public static Zone Make(string name, string text, params RecordSetConfig[] more) => Compile(Config(name, text, more));

    public static Zone Compile(ZoneConfig config, ZoneSigner? signer = null)
    {
        var faults = new List<string>();
        var zone = ZoneEditor.Compile(config, signer, faults);
        Assert.Empty(faults);
        return zone!;
    }

    public static IEnumerable<RecordSetConfig> Sets(ImmutableArray<MasterRecord> records) =>
        records.GroupBy(static record => (Name: record.Name.ToLower().ToString(), Type: record.Type.Name)).Select(static set => new RecordSetConfig
        {
            Name = set.Key.Name,
            Type = set.Key.Type,
            Ttl = (int)set.First().Ttl,
            Values = [.. set.Select(static record => RecordDataText.TryFormat(record.Type, record.Data, EscapeForm.Decimal, out var text) ? text : throw new InvalidOperationException())],
        });
}
