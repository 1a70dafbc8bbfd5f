// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Xml.Linq;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Harness;

/// <summary>What continuous deployment takes: copies, policies, attachments.</summary>
internal static class Deployment
{
    public const string ByHeader = "<Type>SingleHeader</Type><SingleHeaderConfig><Header>aws-cf-cd-try</Header><Value>yes</Value></SingleHeaderConfig>";

    public const string ByWeight = "<Type>SingleWeight</Type><SingleWeightConfig><Weight>0.05</Weight></SingleWeightConfig>";

    public const string Sticky =
        "<Type>SingleWeight</Type><SingleWeightConfig><Weight>0.15</Weight><SessionStickinessConfig><IdleTTL>300</IdleTTL><MaximumTTL>600</MaximumTTL></SessionStickinessConfig></SingleWeightConfig>";

    public static XElement Policy(string stagingName, string traffic = ByHeader, bool enabled = true) => Parse(
        $"""
         <ContinuousDeploymentPolicyConfig>
           <StagingDistributionDnsNames><Quantity>1</Quantity><Items><DnsName>{stagingName}</DnsName></Items></StagingDistributionDnsNames>
           <Enabled>{(enabled ? "true" : "false")}</Enabled>{(traffic.Length > 0 ? $"<TrafficConfig>{traffic}</TrafficConfig>" : "")}
         </ContinuousDeploymentPolicyConfig>
         """);

    public static async Task<Answer> CopyAsync(this TestControl control, string primary, string reference, string enabled = "", string? ifMatch = null, string? staging = "true")
    {
        var body = Encoding.UTF8.GetBytes(
            $"<CopyDistributionRequest><CallerReference>{reference}</CallerReference>{(enabled.Length > 0 ? $"<Enabled>{enabled}</Enabled>" : "")}</CopyDistributionRequest>");
        var request = control.NewRequest("POST", $"/2020-05-31/distribution/{primary}/copy", body, ifMatch);
        if (staging is not null)
        {
            request.Headers.Add("Staging", staging);
        }

        return await control.SendAsync(control.Sign(request, body));
    }

    /// <summary>Creates a primary distribution and its copy.</summary>
    public static async Task<(Answer Primary, Answer Staging)> CreatePairAsync(this TestControl control, string reference = "ref", params (string Path, string? Xml)[] changes)
    {
        var primary = (await control.CallAsync("POST", "distribution", Distribution(reference, changes))).Expect(201);
        return (primary, (await control.CopyAsync(primary.Text("Id")!, reference + "-staging")).Expect(201));
    }

    public static async Task<Answer> CreatePolicyAsync(this TestControl control, XElement policy) => (await control.CallAsync("POST", "continuous-deployment-policy", policy)).Expect(201);

    /// <summary>Changes a distribution's configuration as it is now.</summary>
    public static async Task<Answer> ReviseAsync(this TestControl control, string id, params (string Path, string? Xml)[] changes)
    {
        var config = (await control.CallAsync("GET", $"distribution/{id}/config")).Expect(200);
        var root = config.Root;
        foreach (var (path, xml) in changes)
        {
            Change(root, path, xml);
        }

        return await control.CallAsync("PUT", $"distribution/{id}/config", root, config.ETag);
    }

    /// <summary>A pair with an enabled policy, attached.</summary>
    public static async Task<(string PrimaryId, string StagingId, string PolicyId)> DeployAsync(this TestControl control, string traffic = ByHeader, string reference = "ref")
    {
        var (primary, staging) = await control.CreatePairAsync(reference);
        var policy = await control.CreatePolicyAsync(Policy(staging.Text("DomainName")!, traffic));
        (await control.ReviseAsync(primary.Text("Id")!, ("ContinuousDeploymentPolicyId", policy.Text("Id")))).Expect(200);
        return (primary.Text("Id")!, staging.Text("Id")!, policy.Text("Id")!);
    }
}
