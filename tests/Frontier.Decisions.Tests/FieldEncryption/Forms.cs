// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.FieldEncryption;
using Frontier.Decisions.Models;
using Frontier.Testing;

namespace Frontier.Decisions.Tests.FieldEncryption;

/// <summary>Profiles whose messages <see cref="TestDecryptor"/> reads, and forms put through them.</summary>
internal static class Forms
{
    public static PublicKeyConfig Key { get; } = new() { Id = "KFLE", SubjectPublicKeyInfo = TestDecryptor.Instance.PublicKey };

    public static FieldEncryptionProfileConfig ProfileConfig(string id, params string[] patterns) =>
        new() { Id = id, PublicKeyId = Key.Id, KeyName = "forms", ProviderId = "us", FieldPatterns = [.. patterns] };

    public static FieldEncryptionProfileModel Profile(params string[] patterns) =>
        new(ProfileConfig("P1", patterns), TrustedKey.TryCreate(Key, out var key) ? key : throw new InvalidOperationException("The key is none."));

    /// <summary>The form as it goes to the origin.</summary>
    /// <param name="sliceBytes">How it comes in.</param>
    public static (FormEncryptor Encryptor, bool Succeeded, string Output) Encrypt(FieldEncryptionProfileModel profile, ReadOnlySpan<byte> form, int sliceBytes = int.MaxValue)
    {
        var encryptor = new FormEncryptor(profile);
        var output = new ArrayBufferWriter<byte>();
        while (!form.IsEmpty)
        {
            var slice = form[..Math.Min(form.Length, sliceBytes)];
            if (!encryptor.TryAdd(slice, output))
            {
                return (encryptor, false, Encoding.Latin1.GetString(output.WrittenSpan));
            }

            form = form[slice.Length..];
        }

        var finished = encryptor.TryFinish(output);
        return (encryptor, finished, Encoding.Latin1.GetString(output.WrittenSpan));
    }

    /// <summary>The form with each of these fields decrypted; their names are given as they stand in the form.</summary>
    public static string Decrypt(string output, params ImmutableArray<string> names) => string.Join('&', output.Split('&').Select(pair =>
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0 && names.Contains(pair[..equals]) ? $"{pair[..equals]}=<{TestDecryptor.Instance.DecryptField(pair[(equals + 1)..])}>" : pair;
    }));
}
