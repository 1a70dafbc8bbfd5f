// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Frontier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Tests.Acme;

/// <summary>
/// A certificate authority that does what a test says, by RFC 8555: it verifies every signature, takes each nonce once, and looks at names by
/// asking the test. Thread-safe.
/// </summary>
internal sealed class ScriptedAcme : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly WebApplication _application;
    private readonly TestAuthority _authority;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _nonces = [];
    private readonly Dictionary<string, JsonElement> _accounts = [];
    private readonly List<Order> _orders = [];

    private ScriptedAcme(WebApplication application, TestAuthority authority, TimeProvider time) => (_application, _authority, _time) = (application, authority, time);

    public Uri Directory { get; private set; } = null!;

    /// <summary>Whether a name shows this key authorization; asked when the client says that it does.</summary>
    public Func<string, string, string, bool> Finds { get; set; } = static (_, _, _) => true;

    /// <summary>What names come to that are not found, or whatever their orders come to if it is set.</summary>
    public string Problem { get; set; } = "urn:ietf:params:acme:error:connection";

    /// <summary>How many signed calls are refused for their nonce, good as it is.</summary>
    public int BadNonces { get; set; }

    /// <summary>How a new order is refused: status, error and seconds after which it may be tried again; null for not at all.</summary>
    public (int Status, string Type, int? RetryAfter)? RefusesOrders { get; set; }

    /// <summary>Every call gets 503 and no reason.</summary>
    public bool IsAway { get; set; }

    /// <summary>Orders whose names were found stay as they are.</summary>
    public bool IsSlow { get; set; }

    public (string KeyId, byte[] Key)? ExternalAccount { get; set; }

    /// <summary>What is issued in the place of what was asked for.</summary>
    public Func<byte[], string>? Issues { get; set; }

    /// <summary>Method and path of each call.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>The names of each order that was made.</summary>
    public List<string[]> Orders
    {
        get
        {
            lock (_gate)
            {
                return [.. _orders.Select(static order => order.Names)];
            }
        }
    }

    public int Accounts
    {
        get
        {
            lock (_gate)
            {
                return _accounts.Count;
            }
        }
    }

    public static async Task<ScriptedAcme> StartAsync(TestAuthority authority, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var server = new ScriptedAcme(application, authority, time);
        application.Run(server.HandleAsync);
        await application.StartAsync();
        server.Directory = new Uri(application.Urls.First() + "/dir");
        return server;
    }

    /// <summary>Every name that was asked about is found.</summary>
    public void Approve()
    {
        lock (_gate)
        {
            _orders.ForEach(static order => Array.Fill(order.States, "valid"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        Log.Enqueue($"{context.Request.Method} {context.Request.Path}");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Reply reply;
        lock (_gate)
        {
            reply = IsAway ? new Reply(503) : Answer(context.Request, body.ToArray());
            var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            _nonces.Add(nonce);
            context.Response.Headers["Replay-Nonce"] = nonce;
        }

        context.Response.StatusCode = reply.Status;
        if (reply.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        if (reply.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        if (!HttpMethods.IsHead(context.Request.Method) && reply.Body is { } text)
        {
            context.Response.ContentType = reply.Status >= 400 ? "application/problem+json" : text.StartsWith('{') ? "application/json" : "application/pem-certificate-chain";
            await context.Response.WriteAsync(text);
        }
    }

    private Reply Answer(HttpRequest request, byte[] body)
    {
        var path = request.Path.Value!.Split('/')[1..];
        switch (path)
        {
            case ["dir"]:
                return Json(200, new JsonObject { ["newNonce"] = At("nonce"), ["newAccount"] = At("account"), ["newOrder"] = At("order") });
            case ["nonce"]:
                return new Reply(200, "");
        }

        if (request.ContentType != "application/jose+json")
        {
            return Fault(415, "malformed");
        }

        if (Verify(request, body, out var payload, out var account) is { } refused)
        {
            return refused;
        }

        return path switch
        {
            ["account"] => NewAccount(body, payload),
            ["order"] => NewOrder(payload),
            ["orders", var id] => Json(200, Describe(_orders[int.Parse(id)])),
            ["authz", var id, var name] => Authorization(_orders[int.Parse(id)], int.Parse(name)),
            ["challenge", var id, var name] => Look(_orders[int.Parse(id)], int.Parse(name), account),
            ["finalize", var id] => Finish(_orders[int.Parse(id)], payload),
            ["cert", var id] => new Reply(200, _orders[int.Parse(id)].Certificate),
            _ => Fault(404, "malformed"),
        };
    }

    /// <summary>Section 6: signature, address, nonce.</summary>
    private Reply? Verify(HttpRequest request, byte[] body, out JsonElement payload, out JsonElement account)
    {
        var jws = JsonDocument.Parse(body).RootElement;
        var (head, encoded) = (jws.GetProperty("protected").GetString()!, jws.GetProperty("payload").GetString()!);
        var fields = JsonDocument.Parse(Base64Url.DecodeFromChars(head)).RootElement;
        payload = encoded.Length == 0 ? default : JsonDocument.Parse(Base64Url.DecodeFromChars(encoded)).RootElement;
        var path = request.Path.Value!;
        account = default;
        if (path == "/account")
        {
            account = fields.GetProperty("jwk");
        }
        else if (!_accounts.TryGetValue(fields.GetProperty("kid").GetString()!, out account))
        {
            return Fault(400, "accountDoesNotExist");
        }

        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Base64Url.DecodeFromChars(account.GetProperty("x").GetString()!), Y = Base64Url.DecodeFromChars(account.GetProperty("y").GetString()!) },
        });
        var signed = fields.GetProperty("alg").GetString() == "ES256" && fields.GetProperty("url").GetString() == At(path[1..])
            && key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{encoded}"), Base64Url.DecodeFromChars(jws.GetProperty("signature").GetString()!), HashAlgorithmName.SHA256);
        var fresh = _nonces.Remove(fields.GetProperty("nonce").GetString()!);
        if (BadNonces > 0)
        {
            (fresh, BadNonces) = (false, BadNonces - 1);
        }

        return !signed ? Fault(403, "unauthorized") : !fresh ? Fault(400, "badNonce") : null;
    }

    private Reply NewAccount(byte[] body, JsonElement payload)
    {
        var jwk = JsonDocument.Parse(Base64Url.DecodeFromChars(JsonDocument.Parse(body).RootElement.GetProperty("protected").GetString()!)).RootElement.GetProperty("jwk");
        if (!payload.GetProperty("termsOfServiceAgreed").GetBoolean())
        {
            return Fault(403, "userActionRequired");
        }

        if (ExternalAccount is { } external && !IsBound(payload, jwk, external))
        {
            return Fault(403, "externalAccountRequired");
        }

        var address = At("accounts/" + Thumbprint(jwk));
        _accounts[address] = jwk.Clone();
        return Json(201, new JsonObject { ["status"] = "valid" }) with { Location = address };
    }

    private bool IsBound(JsonElement payload, JsonElement jwk, (string KeyId, byte[] Key) external)
    {
        if (!payload.TryGetProperty("externalAccountBinding", out var binding))
        {
            return false;
        }

        var (head, inner) = (binding.GetProperty("protected").GetString()!, binding.GetProperty("payload").GetString()!);
        var fields = JsonDocument.Parse(Base64Url.DecodeFromChars(head)).RootElement;
        return fields.GetProperty("alg").GetString() == "HS256" && fields.GetProperty("kid").GetString() == external.KeyId && fields.GetProperty("url").GetString() == At("account")
            && JsonDocument.Parse(Base64Url.DecodeFromChars(inner)).RootElement.GetProperty("x").GetString() == jwk.GetProperty("x").GetString()
            && Base64Url.EncodeToString(HMACSHA256.HashData(external.Key, Encoding.ASCII.GetBytes($"{head}.{inner}"))) == binding.GetProperty("signature").GetString();
    }

    private Reply NewOrder(JsonElement payload)
    {
        if (RefusesOrders is { } refusal)
        {
            return Fault(refusal.Status, refusal.Type) with { RetryAfter = refusal.RetryAfter };
        }

        var order = new Order(_orders.Count, [.. payload.GetProperty("identifiers").EnumerateArray().Select(static identifier => identifier.GetProperty("value").GetString()!)]);
        _orders.Add(order);
        return Json(201, Describe(order)) with { Location = At($"orders/{order.Id}") };
    }

    private Reply Authorization(Order order, int name)
    {
        JsonObject Challenge(string type) => new() { ["type"] = type, ["url"] = At($"challenge/{order.Id}/{name}"), ["status"] = order.States[name], ["token"] = order.Token(name) };
        var challenge = Challenge("http-01");
        if (order.States[name] == "invalid")
        {
            challenge["error"] = new JsonObject { ["type"] = Problem, ["detail"] = "looked in vain" };
        }

        return Json(200, new JsonObject
        {
            ["status"] = order.States[name],
            ["identifier"] = new JsonObject { ["type"] = "dns", ["value"] = order.Names[name] },
            ["challenges"] = new JsonArray(Challenge("dns-01"), challenge, Challenge("tls-alpn-01")),
        });
    }

    private Reply Look(Order order, int name, JsonElement account)
    {
        if (!IsSlow)
        {
            order.States[name] = Finds(order.Names[name], order.Token(name), $"{order.Token(name)}.{Thumbprint(account)}") ? "valid" : "invalid";
        }

        return Json(200, new JsonObject { ["status"] = "processing" });
    }

    private Reply Finish(Order order, JsonElement payload)
    {
        if (order.Status != "ready")
        {
            return Fault(403, "orderNotReady");
        }

        var request = Base64Url.DecodeFromChars(payload.GetProperty("csr").GetString()!);
        order.Certificate = Issues is { } issues ? issues(request) : _authority.IssueFor(request, _time.GetUtcNow().AddHours(-1), _time.GetUtcNow().AddDays(9));
        return Json(200, Describe(order));
    }

    private JsonObject Describe(Order order) => new()
    {
        ["status"] = order.Status,
        ["authorizations"] = new JsonArray([.. order.Names.Select((_, name) => (JsonNode)At($"authz/{order.Id}/{name}"))]),
        ["finalize"] = At($"finalize/{order.Id}"),
        ["certificate"] = order.Certificate is null ? null : At($"cert/{order.Id}"),
    };

    private string At(string path) => new Uri(Directory, "/" + path).AbsoluteUri;

    private static string Thumbprint(JsonElement jwk) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(
        $$"""{"crv":"{{jwk.GetProperty("crv").GetString()}}","kty":"{{jwk.GetProperty("kty").GetString()}}","x":"{{jwk.GetProperty("x").GetString()}}","y":"{{jwk.GetProperty("y").GetString()}}"}""")));

    private static Reply Fault(int status, string type) => Json(status, new JsonObject { ["type"] = "urn:ietf:params:acme:error:" + type, ["detail"] = $"refused: {type}" });

    private static Reply Json(int status, JsonObject body) => new(status, body.ToJsonString());

    private sealed record Reply(int Status, string? Body = null, string? Location = null, int? RetryAfter = null);

    private sealed class Order(int id, string[] names)
    {
        public int Id => id;

        public string[] Names => names;

        public string[] States { get; } = [.. names.Select(static _ => "pending")];

        public string? Certificate { get; set; }

        public string Status => Certificate is not null ? "valid" : States.Contains("invalid") ? "invalid" : States.All(static state => state == "valid") ? "ready" : "pending";

        public string Token(int name) => $"token-{id}-{name}";
    }
}
