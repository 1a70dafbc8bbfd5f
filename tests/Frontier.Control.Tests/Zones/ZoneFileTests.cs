// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Route53Calls;

namespace Frontier.Control.Tests.Zones;

/// <summary>Zone files in and out, by Frontier's own API.</summary>
public sealed class ZoneFileTests
{
    private const string File = """
        $ORIGIN a.example.
        $TTL 1h
        @ SOA ns.elsewhere.example. root.elsewhere.example. 7 2h 15m 2w 1d
        @ NS ns.elsewhere.example.
        @ MX 10 mail
        mail A 192.0.2.1
             A 192.0.2.2
        *.wild 300 TXT "one" two\032words
        """;

    [Fact]
    public async Task A_file_is_imported_whole_exported_and_imported_again_without_a_change()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(
            zone,
            Simple("CREATE", "gone.a.example", "A", "192.0.2.9"),
            Simple("CREATE", "mail.a.example", "A", "192.0.2.9"),
            Routed("w.a.example", "A", "one", "<Weight>1</Weight>", "192.0.2.3"))).Expect(200);

        var imported = await ImportAsync(control, zone, File);
        Assert.Equal((3, 1, 1), (imported.GetProperty("put").GetInt32(), imported.GetProperty("removed").GetInt32(), imported.GetProperty("kept").GetInt32()));
        (await control.Route53Async("GET", "change/" + imported.GetProperty("changeId").GetString())).Expect(200);
        var listed = (await control.Route53Async("GET", $"hostedzone/{zone}/rrset")).Expect(200);
        Assert.Equal(["a.example. MX", "a.example. NS", "a.example. SOA", "mail.a.example. A", "w.a.example. A", @"\052.wild.a.example. TXT"], listed.ZoneTexts("Name").Zip(listed.ZoneTexts("Type"), static (name, type) => $"{name} {type}"));
        Assert.Contains("\"one\" \"two words\"", listed.ZoneTexts("Value"));
        Assert.Contains("ns1.frontier.localhost.", listed.ZoneTexts("Value"));
        Assert.DoesNotContain("ns.elsewhere.example.", listed.ZoneTexts("Value"));

        var text = (await control.CallOwnAsync("GET", $"zones/{zone}/file")).Expect(200).Json().GetProperty("text").GetString()!;
        Assert.Contains("mail.a.example.\t3600\tIN\tA\t192.0.2.2\n", text, StringComparison.Ordinal);
        Assert.Contains("; not in this file: w.a.example. A one of several, \"one\"\n", text, StringComparison.Ordinal);
        var again = await ImportAsync(control, zone, text);
        Assert.Equal((0, 0, 1, false), (again.GetProperty("put").GetInt32(), again.GetProperty("removed").GetInt32(), again.GetProperty("kept").GetInt32(), again.TryGetProperty("changeId", out _)));
    }

    [Fact]
    public async Task A_file_with_faults_changes_nothing_and_every_fault_is_told_with_its_line()
    {
        await using var control = await TestControl.StartAsync();
        var zone = await control.CreateZoneAsync("a.example");
        (await control.ChangeAsync(zone, Routed("mail.a.example", "A", "one", "<Weight>1</Weight>", "192.0.2.3"))).Expect(200);

        var faults = await RefuseAsync(control, zone, File.Replace("192.0.2.1", "300.0.2.1", StringComparison.Ordinal).Replace("MX 10", "MX ten", StringComparison.Ordinal), "InvalidZoneFile");
        Assert.Contains("5", faults.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("Value is not a valid IPv4 address: 300.0.2.1.", faults, StringComparison.Ordinal);
        Assert.Contains("no DNSKEY records", await RefuseAsync(control, zone, File + "\n@ DNSKEY 257 3 13 AAAA\n", "InvalidZoneFile"), StringComparison.Ordinal);
        Assert.Contains("outside", await RefuseAsync(control, zone, File + "\nwww.b.example. A 192.0.2.1\n", "InvalidZoneFile"), StringComparison.Ordinal);
        Assert.Contains("$INCLUDE", await RefuseAsync(control, zone, File + "\n$INCLUDE /etc/passwd\n", "InvalidZoneFile"), StringComparison.Ordinal);
        Assert.Contains("cannot be mixed", await RefuseAsync(control, zone, File, "InvalidChangeBatch"), StringComparison.Ordinal);
        Assert.Equal(3, (await control.Route53Async("GET", $"hostedzone/{zone}/rrset")).Expect(200).ZoneTexts("Name").Count);
        (await control.CallOwnAsync("GET", "zones/Z0/file")).ExpectProblem(404, "NoSuchHostedZone");
    }

    private static async Task<JsonElement> ImportAsync(TestControl control, string zone, string text) => (await PutAsync(control, zone, text)).Expect(200).Json();

    private static async Task<string> RefuseAsync(TestControl control, string zone, string text, string code) => (await PutAsync(control, zone, text)).ExpectProblem(400, code);

    private static Task<Answer> PutAsync(TestControl control, string zone, string text) =>
        control.CallOwnAsync("PUT", $"zones/{zone}/file", new JsonObject { ["text"] = text }.ToJsonString());
}
