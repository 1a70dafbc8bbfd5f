// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Credentials;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Control.Tests.Credentials;

public sealed class SecretSealTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

    [Fact]
    public void What_is_sealed_is_opened_by_the_same_key_for_the_same_id_alone() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((id, secret) =>
        {
            var (keyId, plain) = ("FK" + Valid(id.Get), Valid(secret.Get));
            var text = new SecretSeal(Key).Seal(keyId, plain);
            return new SecretSeal(Key).TryOpen(keyId, text) == plain
                && new SecretSeal(Key).TryOpen(keyId + "2", text) is null
                && new SecretSeal([.. Key.Reverse()]).TryOpen(keyId, text) is null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_secret_is_never_sealed_alike_and_stands_nowhere_in_the_open()
    {
        var seal = new SecretSeal(Key);

        Assert.NotEqual(seal.Seal("FK1", "a secret"), seal.Seal("FK1", "a secret"));
        Assert.DoesNotContain(Convert.ToBase64String("a secret"u8)[..8], seal.Seal("FK1", "a secret"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_seal_that_was_altered_anywhere_does_not_open()
    {
        var seal = new SecretSeal(Key);
        var box = Convert.FromBase64String(seal.Seal("FK1", "a secret")[2..]);

        for (var i = 0; i < box.Length; i++)
        {
            var altered = box.ToArray();
            altered[i] ^= 1;
            Assert.Null(seal.TryOpen("FK1", "1:" + Convert.ToBase64String(altered)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1:")]
    [InlineData("1:AAAA")]
    [InlineData("2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("1:no base64!")]
    public void What_is_no_seal_does_not_open(string text) => Assert.Null(new SecretSeal(Key).TryOpen("FK1", text));

    /// <summary>Half a surrogate pair is no text, and no secret.</summary>
    private static string Valid(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
