// SPDX-License-Identifier: Apache-2.0

using System.Net.Http.Json;
using System.Text;
using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Tests.Harness;

/// <summary>Calls of Route 53's API, and what DNS nodes say.</summary>
internal static class Route53Calls
{
    private const string Namespace = "https://route53.amazonaws.com/doc/2013-04-01/";

    public static async Task<Answer> Route53Async(this TestControl control, string method, string target, string? body = null, AccessKey? key = null, string service = "route53")
    {
        var bytes = body is null ? [] : Encoding.UTF8.GetBytes(body);
        var request = control.NewRequest(method, "/2013-04-01/" + target, bytes);
        return await control.SendAsync(control.Sign(request, bytes, key, service));
    }

    /// <returns>The zone's id, bare.</returns>
    public static async Task<string> CreateZoneAsync(this TestControl control, string name, string? reference = null) =>
        (await control.Route53Async("POST", "hostedzone", NewZone(name, reference ?? name))).Expect(201).ZoneText("Id")!["/hostedzone/".Length..];

    public static string NewZone(string name, string reference, string more = "") =>
        $"<CreateHostedZoneRequest xmlns=\"{Namespace}\"><Name>{name}</Name><CallerReference>{reference}</CallerReference>{more}</CreateHostedZoneRequest>";

    public static Task<Answer> ChangeAsync(this TestControl control, string zone, params string[] changes) =>
        control.Route53Async("POST", $"hostedzone/{zone}/rrset/", Batch(changes));

    public static string Batch(params string[] changes) =>
        $"<ChangeResourceRecordSetsRequest xmlns=\"{Namespace}\"><ChangeBatch><Comment>c</Comment><Changes>{string.Concat(changes)}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>";

    /// <summary>A change of a simple record set; values are separated by bars.</summary>
    public static string Simple(string action, string name, string type, string values, int ttl = 300) => Change(action, name, type, $"<TTL>{ttl}</TTL>{Records(values)}");

    public static string Routed(string name, string type, string identifier, string routing, string values, string more = "") =>
        Change("CREATE", name, type, $"<SetIdentifier>{identifier}</SetIdentifier>{routing}<TTL>60</TTL>{Records(values)}{more}");

    public static string Alias(string action, string name, string type, string zone, string target, bool evaluate = false) => Change(
        action, name, type, $"<AliasTarget><HostedZoneId>{zone}</HostedZoneId><DNSName>{target}</DNSName><EvaluateTargetHealth>{(evaluate ? "true" : "false")}</EvaluateTargetHealth></AliasTarget>");

    public static string Change(string action, string name, string type, string members) =>
        $"<Change><Action>{action}</Action><ResourceRecordSet><Name>{name}</Name><Type>{type}</Type>{members}</ResourceRecordSet></Change>";

    public static string Records(string values) =>
        $"<ResourceRecords>{string.Concat(values.Split('|').Select(static value => $"<ResourceRecord><Value>{new XText(value)}</Value></ResourceRecord>"))}</ResourceRecords>";

    /// <summary>A DNS node's report, and what it is answered.</summary>
    public static async Task<ZoneAnswer> ReportZonesAsync(this TestControl control, string node, long position, params HealthObservation[] observations)
    {
        using var response = await control.PostZonesAsync(new ZoneReport { NodeId = node, Position = position, AtOnce = true, Observations = [.. observations] });
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ZoneAnswer))!;
    }

    public static async Task<HttpResponseMessage> PostZonesAsync(this TestControl control, ZoneReport report, string token = TestControl.EdgeToken)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(control.Address, ZoneReport.Path));
        request.Headers.Authorization = new("Bearer", token);
        request.Content = JsonContent.Create(report, ContractsJson.Default.ZoneReport);
        return await client.SendAsync(request);
    }

    public static string? ZoneText(this Answer answer, string name) => answer.ZoneTexts(name).FirstOrDefault();

    public static List<string> ZoneTexts(this Answer answer, string name) => [.. answer.Root.Descendants(XName.Get(name, Namespace)).Select(static element => element.Value)];

    public static string ExpectZoneError(this Answer answer, int status, string code, string words = "")
    {
        answer.Expect(status);
        Assert.Equal(("ErrorResponse", code), (answer.Root.Name.LocalName, answer.ZoneText("Code")));
        Assert.Contains(words, answer.ZoneText("Message"), StringComparison.Ordinal);
        return answer.ZoneText("Message")!;
    }
}
