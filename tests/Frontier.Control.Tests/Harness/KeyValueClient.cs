// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Frontier.Protocols.SigV4;
using static Frontier.Control.Tests.Harness.FunctionDocuments;

namespace Frontier.Control.Tests.Harness;

/// <summary>Calls the API of pairs for one key value store, with asymmetric signatures unless told otherwise.</summary>
internal sealed class KeyValueClient(TestControl control, string arn)
{
    private const string Service = "cloudfront-keyvaluestore";

    public string Arn => arn;

    public string Path { get; } = "/key-value-stores/" + Uri.EscapeDataString(arn);

    /// <summary>Creates a store and a client for it.</summary>
    public static async Task<KeyValueClient> CreateAsync(TestControl control, string name = "one") =>
        new(control, (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore(name))).Expect(201).Text("ARN")!);

    public Task<Answer> DescribeAsync() => CallAsync("GET", "");

    public Task<Answer> GetAsync(string key) => CallAsync("GET", KeyPath(key));

    public Task<Answer> ListAsync(string query = "") => CallAsync("GET", "/keys" + query);

    public Task<Answer> PutAsync(string key, string value, string? ifMatch) => CallAsync("PUT", KeyPath(key), new JsonObject { ["Value"] = value }.ToJsonString(), ifMatch);

    public Task<Answer> DeleteAsync(string key, string? ifMatch) => CallAsync("DELETE", KeyPath(key), "", ifMatch);

    public Task<Answer> UpdateAsync(string json, string? ifMatch) => CallAsync("POST", "/keys", json, ifMatch);

    /// <summary>The ETag of the pairs.</summary>
    public async Task<string> ETagAsync() => (await DescribeAsync()).Expect(200).ETag!;

    /// <param name="target">Below the path of the store.</param>
    public Task<Answer> CallAsync(string method, string target, string body = "", string? ifMatch = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return control.SendAsync(Sign(control.NewRequest(method, Path + target, bytes, ifMatch), bytes));
    }

    /// <summary>The same call with a symmetric signature.</summary>
    public Task<Answer> CallSymmetricAsync(string method, string target, string body = "", string? ifMatch = null, string service = Service)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return control.SendAsync(control.Sign(control.NewRequest(method, Path + target, bytes, ifMatch), bytes, service: service));
    }

    public HttpRequestMessage Sign(HttpRequestMessage request, byte[] body, AccessKey? key = null, string regions = "*", string service = Service)
    {
        var timestamp = control.Clock.GetUtcNow().UtcDateTime.ToString(SignatureClaim.TimestampForm, CultureInfo.InvariantCulture);
        var signable = new SignableRequest(
            request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query.TrimStart('?'),
            [new("host", request.RequestUri.Authority), new("x-amz-date", timestamp), new("x-amz-region-set", regions)]);
        const string SignedHeaders = "host;x-amz-date;x-amz-region-set";
        var scope = new CredentialScope(timestamp[..8], "", service);
        var canonical = CanonicalRequest.Build(signable, SignedHeaders.Split(';'), Convert.ToHexStringLower(SHA256.HashData(body)), doubleEncodePath: true)!;
        using var pair = AsymmetricKey.Derive(key ?? TestControl.Key);
        var text = Encoding.UTF8.GetBytes(scope.StringToSign(AsymmetricKey.Algorithm, timestamp, canonical));
        var signature = Convert.ToHexStringLower(pair.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        request.Headers.TryAddWithoutValidation("x-amz-date", timestamp);
        request.Headers.TryAddWithoutValidation("x-amz-region-set", regions);
        request.Headers.TryAddWithoutValidation("Authorization", $"{AsymmetricKey.Algorithm} Credential={(key ?? TestControl.Key).Id}/{scope}, SignedHeaders={SignedHeaders}, Signature={signature}");
        return request;
    }

    private static string KeyPath(string key) => "/keys/" + Uri.EscapeDataString(key);
}

/// <summary>Reads answers in JSON.</summary>
internal static class JsonAnswers
{
    public static JsonElement Json(this Answer answer) => JsonDocument.Parse(answer.Body).RootElement;

    public static string ErrorType(this Answer answer) => answer.Headers.GetValues("x-amzn-ErrorType").Single();

    /// <summary>An error of this name and status, whose message says <paramref name="words"/>.</summary>
    public static void ExpectException(this Answer answer, int status, string name, string words = "")
    {
        Assert.Equal((status, name), (answer.Status, answer.ErrorType()));
        Assert.Equal("application/json", answer.ContentType);
        Assert.Contains(words, answer.Json().GetProperty("Message").GetString(), StringComparison.Ordinal);
    }
}
