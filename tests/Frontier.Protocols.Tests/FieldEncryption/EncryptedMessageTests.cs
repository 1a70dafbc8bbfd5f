// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.FieldEncryption;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.FieldEncryption;

/// <summary>DP-25.9, DP-25.10: the header byte by byte, the body as the format's cipher has it.</summary>
public sealed class EncryptedMessageTests
{
    private static readonly byte[] DataKey = [.. Enumerable.Range(0, 32).Select(static value => (byte)value)];
    private static readonly byte[] MessageId = [.. Enumerable.Range(100, 16).Select(static value => (byte)value)];

    [Fact]
    public void The_header_is_that_of_format_1_DP_25_9()
    {
        var message = Write("prov", "key", new byte[256], "secret"u8);
        var header = string.Concat(
            "01", "80", "0178", Convert.ToHexString(MessageId), "0000", "0001",
            "0004", Convert.ToHexString("prov"u8), "0003", Convert.ToHexString("key"u8), "0100", new string('0', 512),
            "02", "00000000", "0C", "00000006");
        Assert.StartsWith(header, Convert.ToHexString(message), StringComparison.Ordinal);
        var rest = message.AsSpan(header.Length / 2);
        Assert.Equal(new byte[12], rest[..12].ToArray()); // the header's IV; its tag follows
        Assert.Equal("FFFFFFFF" + "00000001" + "000000000000000000000001" + "00000006", Convert.ToHexString(rest[28..52]));
        Assert.Equal(52 + 6 + 16, rest.Length);
    }

    [Fact]
    public void Header_and_frame_are_authenticated_under_the_derived_key_DP_25_10()
    {
        var message = Write("prov", "key", new byte[256], "secret"u8);
        using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, DataKey, 32, info: [0x01, 0x78, .. MessageId]), 16);
        var header = message.AsSpan(0, message.Length - 74);
        var rest = message.AsSpan(header.Length);
        cipher.Decrypt(rest[..12], default, rest[12..28], default, header);
        var plaintext = new byte[6];
        byte[] authenticated = [.. MessageId, .. "AWSKMSEncryptionClient Final Frame"u8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 6];
        cipher.Decrypt(rest[36..48], rest[52..58], rest[58..74], plaintext, authenticated);
        Assert.Equal("secret", Encoding.ASCII.GetString(plaintext));
        Assert.False(message.AsSpan().IndexOf("secret"u8) >= 0);
    }

    [Fact]
    public void A_message_of_nothing_has_frames_of_one_byte_since_readers_refuse_none() =>
        Assert.Contains("02" + "00000000" + "0C" + "00000001", Convert.ToHexString(Write("p", "k", [1], default)), StringComparison.Ordinal);

    [Fact]
    public void A_message_is_as_long_as_was_told() => Prop.ForAll<byte[], NonNegativeInt, NonNegativeInt>(static (plaintext, provider, name) =>
    {
        var message = Write(new string('p', provider.Get % 300), new string('k', name.Get % 300), new byte[256], plaintext);
        return message.Length == 10 + 24 + 6 + 256 + (provider.Get % 300) + (name.Get % 300) + 28 + 24 + plaintext.Length + 16;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_status_but_none_has_its_word_for_the_log_DP_25_11()
    {
        Assert.Null(FieldEncryptionStatus.None.LogName);
        Assert.All(Enum.GetValues<FieldEncryptionStatus>().Skip(1), static status => Assert.Equal(status.ToString(), status.LogName));
        Assert.Equal(
            [FieldEncryptionStatus.None, FieldEncryptionStatus.Processed, FieldEncryptionStatus.ForwardedByContentType, FieldEncryptionStatus.ForwardedDueToNoProfile, FieldEncryptionStatus.ForwardedByQueryArgs],
            Enum.GetValues<FieldEncryptionStatus>().Where(static status => status.MayPass));
    }

    private static byte[] Write(string providerId, string keyName, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> plaintext)
    {
        var (provider, name) = (Encoding.ASCII.GetBytes(providerId), Encoding.ASCII.GetBytes(keyName));
        var message = new byte[EncryptedMessage.LengthOf(provider.Length, name.Length, wrapped.Length, plaintext.Length)];
        EncryptedMessage.Write(provider, name, wrapped, DataKey, MessageId, plaintext, message);
        return message;
    }
}
