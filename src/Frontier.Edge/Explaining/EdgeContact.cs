// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Frontier.Edge.Certificates;

namespace Frontier.Edge.Explaining;

/// <summary>
/// How a command of the same owner finds a running edge and proves who it is: two files in the edge's directory. The token is
/// a secret of mode 0600 that stays; the addresses are there while the edge runs, and stay behind where it is killed.
/// </summary>
/// <param name="Token">64 hex digits.</param>
/// <param name="Http">Null where no edge has left its addresses.</param>
public sealed record EdgeContact(string Token, IPEndPoint? Http, IPEndPoint? Https)
{
    private const string TokenFile = "explain-token";
    private const string AddressesFile = "addresses.json";
    private const int TokenDigits = 64;

    /// <summary>What an edge wrote into its directory; null when none ever ran there.</summary>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The token belongs to somebody else.</exception>
    public static EdgeContact? Find(string directory)
    {
        var token = Path.Combine(directory, TokenFile);
        if (!File.Exists(token))
        {
            return null;
        }

        var addresses = Path.Combine(directory, AddressesFile);
        var known = File.Exists(addresses) ? JsonSerializer.Deserialize(File.ReadAllText(addresses), EdgeAddressesJson.Default.EdgeAddresses) : null;
        return new EdgeContact(File.ReadAllText(token).Trim(), Address(known?.Http), Address(known?.Https));
    }

    /// <summary>The token, made at first start.</summary>
    internal static string LoadOrCreateToken(string directory)
    {
        var path = Path.Combine(directory, TokenFile);
        if (!File.Exists(path) || new FileInfo(path).Length < TokenDigits)
        {
            SecretFile.Write(path, RandomNumberGenerator.GetHexString(TokenDigits, lowercase: true) + "\n");
        }

        return File.ReadAllText(path).Trim();
    }

    internal static void WriteAddresses(string directory, IPEndPoint http, IPEndPoint https) => File.WriteAllText(
        Path.Combine(directory, AddressesFile),
        JsonSerializer.Serialize(new EdgeAddresses(http.ToString(), https.ToString()), EdgeAddressesJson.Default.EdgeAddresses));

    internal static void RemoveAddresses(string directory) => File.Delete(Path.Combine(directory, AddressesFile));

    private static IPEndPoint? Address(string? text) => IPEndPoint.TryParse(text ?? "", out var address) ? address : null;
}

/// <summary>The file's form.</summary>
internal sealed record EdgeAddresses(string Http, string Https);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EdgeAddresses))]
internal sealed partial class EdgeAddressesJson : JsonSerializerContext;
