// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using static Frontier.Control.Tests.Harness.KeyDocuments;

namespace Frontier.Control.Tests.Harness;

/// <summary>One kind of versioned resource, as the tests of what all kinds share know it.</summary>
internal sealed record VersionedSample(string Path, string Name, string IdPattern, string Missing)
{
    public static IReadOnlyList<VersionedSample> All { get; } =
    [
        new("public-key", "PublicKey", "^K[A-Z0-9]{13}$", "NoSuchPublicKey") { TimeElement = "CreatedTime", ReferenceChanged = "CannotChangeImmutablePublicKeyFields" },
        new("key-group", "KeyGroup", "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", "NoSuchResource") { ConfigPath = "", ReferenceChanged = null },
        new("field-level-encryption", "FieldLevelEncryption", "^C[A-Z0-9]{13}$", "NoSuchFieldLevelEncryptionConfig") { ErrorName = "FieldLevelEncryptionConfig" },
        new("field-level-encryption-profile", "FieldLevelEncryptionProfile", "^P[A-Z0-9]{13}$", "NoSuchFieldLevelEncryptionProfile"),
        new("streaming-distribution", "StreamingDistribution", "^E[A-Z0-9]{13}$", "NoSuchStreamingDistribution") { IsFamilyA = true },
    ];

    /// <summary>API-6.2: what follows the id in the path of an update.</summary>
    public string ConfigPath { get; init; } = "/config";

    public string TimeElement { get; init; } = "LastModifiedTime";

    public string ErrorName { get; init; } = Name;

    public bool IsFamilyA { get; init; }

    /// <summary>The error of an update with another caller reference; null for kinds that have none.</summary>
    public string? ReferenceChanged { get; init; } = "IllegalUpdate";

    public static VersionedSample Of(string path) => All.Single(sample => sample.Path == path);

    /// <summary>Makes what a resource of this kind refers to, and gives what makes configurations by name.</summary>
    public async Task<Func<string, XElement>> PrepareAsync(TestControl control)
    {
        switch (Path)
        {
            case "public-key":
                return static name => PublicKey(name);
            case "key-group":
                var key = (await control.CallAsync("POST", "public-key", PublicKey("of-the-group"))).Expect(201).Text("Id")!;
                return name => KeyGroup(name, key);
            case "field-level-encryption":
                return static name => FieldEncryption(name);
            case "field-level-encryption-profile":
                var rsa = (await control.CallAsync("POST", "public-key", PublicKey("of-the-profile", Rsa))).Expect(201).Text("Id")!;
                return name => Profile(name, rsa, "Card*", "Name");
            case "streaming-distribution":
                return static name => Streaming(name);
            default:
                throw new InvalidOperationException($"There is no sample for {Path}.");
        }
    }
}
