// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using Frontier.Control.Acme;
using Frontier.Control.Store;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;

namespace Frontier.Control.Tests.Acme;

/// <summary>A control plane, an authority that issues, and an edge that the authority looks at.</summary>
internal sealed class AcmeWorld : IAsyncDisposable
{
    public const string Name = "www.example.com";

    /// <summary>Less than the pause between two looks, and slow enough for all that a step sets off.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>The clock of a test leaps over days, and runs on while an edge, on a busy machine, comes to report: none is given up for that.</summary>
    private static readonly TimeSpan EdgeSilence = TimeSpan.FromDays(365);

    private AcmeWorld(TestControl control, ScriptedAcme authority) => (Control, Authority, Edge) = (control, authority, new ListeningEdge(control.Address));

    public TestControl Control { get; }

    public ScriptedAcme Authority { get; }

    public ListeningEdge Edge { get; }

    public static async Task<AcmeWorld> StartAsync(Func<AcmeOptions, AcmeOptions>? change = null, Func<IControlStore, IControlStore>? wraps = null)
    {
        // The clock of the authority is that of the control plane, which is there only later.
        var time = new LateTime();
        var authority = await ScriptedAcme.StartAsync(CertificateCalls.Authority, time);
        var options = new AcmeOptions { Directory = authority.Directory };
        var control = await TestControl.StartAsync(usual => usual with { Acme = change is null ? options : change(options), EdgesCertifyAliases = false, EdgeSilence = EdgeSilence }, wraps);
        time.Clock = control.Clock;
        var world = new AcmeWorld(control, authority);
        authority.Finds = world.Edge.Answers;
        return world;
    }

    /// <returns>The ARN.</returns>
    public async Task<string> RequestAsync(params string[] names) =>
        (await Control.AcmAsync("RequestCertificate", Body(names))).Expect(200).Json().GetProperty("CertificateArn").GetString()!;

    public static JsonObject Body(params string[] names)
    {
        names = names.Length == 0 ? [Name] : names;
        // A key of RSA takes so long to make that the clock of a test, on a busy machine, runs away meanwhile.
        var body = new JsonObject { ["DomainName"] = names[0], ["ValidationMethod"] = "DNS", ["KeyAlgorithm"] = "EC_prime256v1" };
        if (names.Length > 1)
        {
            body["SubjectAlternativeNames"] = new JsonArray([.. names.Skip(1).Select(static name => (JsonNode)name)]);
        }

        return body;
    }

    public async Task<JsonElement> DescribeAsync(string arn) =>
        (await Control.AcmAsync("DescribeCertificate", CertificateCalls.Named(arn))).Expect(200).Json().GetProperty("Certificate");

    public async Task<string> StatusAsync(string arn) => (await DescribeAsync(arn)).GetProperty("Status").GetString()!;

    /// <summary>The clock runs on until it is so.</summary>
    public Task PassUntilAsync(Func<Task<bool>> condition) => Eventually.IsTrueAsync(async () =>
    {
        Control.Clock.Advance(Tick);
        return await condition();
    });

    public Task PassUntilAsync(Func<bool> condition) => PassUntilAsync(() => Task.FromResult(condition()));

    public Task StatusComesAsync(string arn, string status) => PassUntilAsync(async () => await StatusAsync(arn) == status);

    /// <summary>What went wrong last, once something has.</summary>
    public async Task<string> ProblemComesAsync(string arn, string words)
    {
        var problem = "";
        await PassUntilAsync(async () =>
        {
            var certificate = await DescribeAsync(arn);
            problem = certificate.TryGetProperty("FailureReason", out var reason) ? reason.GetString()!
                : certificate.TryGetProperty("RenewalSummary", out var renewal) && renewal.TryGetProperty("RenewalStatusReason", out reason) ? reason.GetString()! : "";
            return problem.Contains(words, StringComparison.Ordinal);
        });
        return problem;
    }

    /// <returns>The ARN of a certificate that was issued.</returns>
    public async Task<string> IssueAsync(params string[] names)
    {
        var arn = await RequestAsync(names);
        await StatusComesAsync(arn, "ISSUED");
        return arn;
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        await Control.DisposeAsync();
        await Authority.DisposeAsync();
    }

    private sealed class LateTime : TimeProvider
    {
        public TimeProvider Clock { get; set; } = new ManualTimeProvider();

        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();
    }
}
