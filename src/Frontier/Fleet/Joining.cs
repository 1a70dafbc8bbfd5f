// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Hosting;

namespace Frontier.Fleet;

/// <summary>How a machine gets its certificates (decision 23). Its keys are made here and go nowhere.</summary>
internal static class Joining
{
    private const int MostRefusal = 4_096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>The key, in PEM, and what was made for it.</returns>
    /// <exception cref="StartException">No control plane answers, or none that the token names, or it refuses; the message says what to do.</exception>
    public static async Task<(string Key, MachineCertificate Certificate)> JoinAsync(MachineSettings settings, JoinToken token, NodeFacts facts, TimeProvider time, CancellationToken cancellationToken)
    {
        using var key = NewKey();
        var request = new JoinRequest
        {
            Secret = token.Secret,
            NodeId = $"{NodeRoleNames.Of(settings.Role)}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}",
            Pop = settings.Pop,
            Facts = facts,
            CertificateRequest = RequestFor(key),
        };
        var unanswered = new List<string>();
        foreach (var control in settings.Controls)
        {
            try
            {
                var trust = await MeetAsync(control, token, cancellationToken);
                using var client = Client(control, (_, certificate, _, _) => trust.Read(certificate, time.GetUtcNow()) is { Role: null });
                using var response = await client.PostAsJsonAsync(JoinRequest.Path, request, ContractsJson.Default.JoinRequest, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    throw new StartException($"{control} does not let this machine into the fleet. {await ReasonOfAsync(response, cancellationToken)}");
                }

                return (key.ExportPkcs8PrivateKeyPem(), await ReadAsync(response, cancellationToken));
            }
            catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                unanswered.Add($"{control}: {error.InnerException?.Message ?? error.Message}");
            }
        }

        throw new StartException($"This machine cannot join: no control plane answers ({string.Join("; ", unanswered)}). Does --control name listeners for machines (--fleet), and can they be reached from here?");
    }

    /// <summary>The next certificate, for a new key, by the one that the transport shows.</summary>
    /// <exception cref="HttpRequestException">There was none to be had; the message says why.</exception>
    public static async Task<(string Key, MachineCertificate Certificate)> RenewAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var key = NewKey();
        using var response = await client.PostAsJsonAsync(RenewRequest.Path, new RenewRequest { CertificateRequest = RequestFor(key) }, ContractsJson.Default.RenewRequest, cancellationToken);
        return response.IsSuccessStatusCode
            ? (key.ExportPkcs8PrivateKeyPem(), await ReadAsync(response, cancellationToken))
            : throw new HttpRequestException(await ReasonOfAsync(response, cancellationToken), null, response.StatusCode);
    }

    /// <summary>Says nothing yet: whoever answers may be anybody. The authority that the token names is found by its fingerprint.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "Nothing is told to whoever answers, and what it says is believed only where it has the fingerprint that the token names.")]
    private static async Task<FleetTrust> MeetAsync(Uri control, JoinToken token, CancellationToken cancellationToken)
    {
        using var client = Client(control, static (_, _, _, _) => true);
        try
        {
            var answer = await client.GetFromJsonAsync(AuthorityAnswer.Path, ContractsJson.Default.AuthorityAnswer, cancellationToken);
            var authorities = answer is null or { Authorities.IsDefault: true } ? [] : answer.Authorities.Select(static pem => X509Certificate2.CreateFromPem(pem)).ToImmutableArray();
            if (authorities.FirstOrDefault(authority => FleetTrust.FingerprintOf(authority) == token.Fingerprint) is { } named)
            {
                return new FleetTrust([named]);
            }
        }
        catch (Exception error) when (error is JsonException or CryptographicException)
        {
            throw Foreign(control, error);
        }

        throw Foreign(control, null);
    }

    private static StartException Foreign(Uri control, Exception? error) => new(
        $"{control} is not of the fleet that the token is for, so this machine has told it nothing. Does --control name the right server? If it does, somebody stands between: get a new token where the control plane runs, and compare the fingerprint that its log tells.", error);

    private static HttpClient Client(Uri control, RemoteCertificateValidationCallback believe) =>
        new(FleetTls.Connect(believe, show: null, Patience)) { BaseAddress = control, Timeout = Patience };

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Who the machine is, is the authority's to write.</summary>
    private static string RequestFor(ECDsa key) => new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Frontier machine", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    private static async Task<MachineCertificate> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ContractsJson.Default.MachineCertificate, cancellationToken) ?? throw new HttpRequestException("the answer is empty");
        }
        catch (JsonException error)
        {
            throw new HttpRequestException("the answer is not that of a control plane", error);
        }
    }

    private static async Task<string> ReasonOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = response.Content.Headers.ContentType?.MediaType == "text/plain" ? await response.Content.ReadAsStringAsync(cancellationToken) : "";
        return text.Length is > 0 and <= MostRefusal ? text : string.Create(CultureInfo.InvariantCulture, $"It answers with status {(int)response.StatusCode}.");
    }
}
