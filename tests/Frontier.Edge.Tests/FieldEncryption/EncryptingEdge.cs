// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.FieldEncryption;

/// <summary>An edge whose distribution encrypts the fields <c>card</c> and <c>pin*</c> of forms.</summary>
internal static class EncryptingEdge
{
    public const string FormType = "application/x-www-form-urlencoded";

    public static async Task<TestEdge> StartAsync(
        Func<FieldEncryptionConfig, FieldEncryptionConfig>? encryption = null, Func<BehaviorConfig, BehaviorConfig>? behavior = null, string? publicKey = null)
    {
        var edge = await TestEdge.StartAsync();
        var config = new FieldEncryptionConfig { Id = "C1", KnowsForms = true, FormProfileId = "P1" };
        edge.Completes = snapshot => snapshot with
        {
            PublicKeys = [new PublicKeyConfig { Id = "KFLE", SubjectPublicKeyInfo = publicKey ?? TestDecryptor.Instance.PublicKey }],
            FieldEncryptions = [encryption?.Invoke(config) ?? config],
            FieldEncryptionProfiles = [new FieldEncryptionProfileConfig { Id = "P1", PublicKeyId = "KFLE", KeyName = "forms", ProviderId = "us", FieldPatterns = ["card", "pin*"] }],
        };
        var encrypting = TestEdge.Behavior("*") with
        {
            AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
            OriginRequestPolicyId = TestPolicies.AllViewer,
            FieldEncryptionId = config.Id,
        };
        edge.Configure(distribution => distribution with { DefaultBehavior = behavior?.Invoke(encrypting) ?? encrypting });
        await edge.DeployedAsync();
        edge.Origin.On("/pay").Reply(201, "made");
        return edge;
    }

    extension(TestEdge edge)
    {
        public async Task<ViewerAnswer> PostAsync(string form, string target = "/pay", string type = FormType, params IReadOnlyList<(string Name, string Value)> headers)
        {
            using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(form));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            return await edge.SendAsync(HttpMethod.Post, target, content, headers);
        }
    }

    /// <summary>What the application makes of a form: values in brackets were encrypted.</summary>
    public static string Read(ScriptedRequest request) => string.Join('&', request.BodyText.Split('&').Select(static pair =>
    {
        var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals ? (pair[..equals], pair[(equals + 1)..]) : (pair, "");
        return value.StartsWith("AYAB", StringComparison.Ordinal) ? $"{name}=<{TestDecryptor.Instance.DecryptField(value)}>" : pair;
    }));
}
