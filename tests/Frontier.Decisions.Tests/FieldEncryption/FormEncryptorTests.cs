// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.FieldEncryption;
using Frontier.Protocols.FieldEncryption;
using Frontier.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.FieldEncryption;

/// <summary>DP-25.5 to DP-25.8: which values come out encrypted, and that nothing else changes.</summary>
public sealed class FormEncryptorTests
{
    private static readonly Decisions.Models.FieldEncryptionProfileModel Profile = Forms.Profile("card", "user[pin]", "secret.*");

    [Theory]
    [InlineData("name=Ann&card=4111+1111&x=1", "name=Ann&card=<4111 1111>&x=1")]
    [InlineData("card=%C3%A9%26%3D%2B%25", "card=<é&=+%>")]
    [InlineData("card=a=b==", "card=<a=b==>")]
    [InlineData("card=", "card=<>")]
    [InlineData("card=1&card=2&card=1", "card=<1>&card=<2>&card=<1>")]
    [InlineData("user%5Bpin%5D=12&user[pin]=34", "user%5Bpin%5D=<12>&user[pin]=<34>")]
    [InlineData("c%61rd=1&%63ard=2", "c%61rd=<1>&%63ard=<2>")]
    [InlineData("secret.=1&secret.a=2&secret.a+b=3&secret=4", "secret.=<1>&secret.a=<2>&secret.a+b=<3>&secret=4")]
    [InlineData("Card=1&CARD=2&card2=3&xcard=4&card+=5", "Card=1&CARD=2&card2=3&xcard=4&card+=5")]
    [InlineData("card", "card")]
    [InlineData("card&card&=card&&", "card&card&=card&&")]
    [InlineData("&&a=%20+%2b&=&=x&b", "&&a=%20+%2b&=&=x&b")]
    [InlineData("a;card=1&b=c;card=2", "a;card=1&b=c;card=2")]
    [InlineData("card=1\r\n", "card=<1\r\n>")]
    [InlineData("", "")]
    public void Values_of_matching_fields_are_encrypted_and_all_else_stays_byte_for_byte_DP_25_7(string form, string expected)
    {
        string[] names = ["card", "user%5Bpin%5D", "user[pin]", "c%61rd", "%63ard", "secret.", "secret.a", "secret.a+b"];
        for (var sliceBytes = 1; sliceBytes <= form.Length + 1; sliceBytes++)
        {
            var (encryptor, succeeded, output) = Forms.Encrypt(Profile, Encoding.UTF8.GetBytes(form), sliceBytes);
            Assert.True(succeeded);
            Assert.Equal(FieldEncryptionStatus.Processed, encryptor.Status);
            Assert.Equal(expected.Count(static one => one == '<'), encryptor.EncryptedFields);
            Assert.Equal(expected, Forms.Decrypt(output, [.. names]));
        }
    }

    [Fact]
    public void A_star_alone_encrypts_every_field_that_has_a_value() =>
        Assert.Equal("a=<1>&=<2>&b&c=<>", Forms.Decrypt(Forms.Encrypt(Forms.Profile("*"), "a=1&=2&b&c="u8).Output, "a", "", "c"));

    /// <summary>Whatever looks encrypted may as well be a trick to be let through.</summary>
    [Fact]
    public void What_is_encrypted_already_is_encrypted_again()
    {
        var once = Forms.Encrypt(Profile, "card=4111"u8).Output;
        var twice = Forms.Encrypt(Profile, Encoding.ASCII.GetBytes(once)).Output;
        var inner = TestDecryptor.Instance.DecryptField(twice["card=".Length..]);
        Assert.StartsWith("AYAB", inner, StringComparison.Ordinal);
        Assert.Equal("4111", Encoding.UTF8.GetString(TestDecryptor.Instance.Decrypt(Convert.FromBase64String(inner)).Plaintext));
    }

    [Fact]
    public void A_message_names_provider_and_key_and_no_two_are_alike_DP_25_8()
    {
        var output = Forms.Encrypt(Profile, "card=4111&card=4111"u8).Output.Split('&');
        Assert.NotEqual(output[0], output[1]);
        var message = Convert.FromBase64String(Uri.UnescapeDataString(output[0]["card=".Length..]));
        var read = TestDecryptor.Instance.Decrypt(message);
        Assert.Equal(("us", "forms"), (read.ProviderId, read.KeyName));
        Assert.DoesNotContain(output[0]["card=".Length..], static one => one is '+' or '/' or '='); // URL-encoded again (DP-25.7)
    }

    [Theory]
    [InlineData("card=1&x=%", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("card=1&x=%4", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("x=%zz", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("card=%4&x=1", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("c%u0061rd=4111", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("car%=1", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("%", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("card=1&card=2&card=3&card=4&card=5&card=6&card=7&card=8&card=9&card=10&card=11", FieldEncryptionStatus.FieldNumberLimitClientError)]
    public void What_cannot_be_told_for_sure_is_an_error_and_what_was_to_be_hidden_stays_inside_DP_25_6(string form, FieldEncryptionStatus expected)
    {
        for (var sliceBytes = 1; sliceBytes <= form.Length; sliceBytes++)
        {
            var (encryptor, succeeded, output) = Forms.Encrypt(Profile, Encoding.UTF8.GetBytes(form), sliceBytes);
            Assert.False(succeeded);
            Assert.Equal(expected, encryptor.Status);
            Assert.DoesNotContain("card=1&", output, StringComparison.Ordinal);
            Assert.DoesNotContain("4111", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(FormEncryptor.MaxFieldBytes, true)]
    [InlineData(FormEncryptor.MaxFieldBytes + 1, false)]
    public void A_value_has_at_most_16_KB_decoded_DP_25_6(int length, bool fits)
    {
        var escaped = Encoding.ASCII.GetBytes("card=" + string.Concat(Enumerable.Repeat("%41", length)));
        var (encryptor, succeeded, output) = Forms.Encrypt(Profile, escaped, sliceBytes: 4_096);
        Assert.Equal(fits, succeeded);
        Assert.Equal(fits ? FieldEncryptionStatus.Processed : FieldEncryptionStatus.FieldLengthLimitClientError, encryptor.Status);
        Assert.Equal(fits ? $"card=<{new string('A', length)}>" : "card=", Forms.Decrypt(output, fits ? ["card"] : []));
    }

    [Fact]
    public void Fields_that_are_not_encrypted_may_be_many_and_long()
    {
        var form = Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 100).Select(static i => $"f{i}={new string('v', 5_000)}")) + "&" + new string('n', 100_000) + "=1");
        var (encryptor, succeeded, output) = Forms.Encrypt(Profile, form, sliceBytes: 16_384);
        Assert.True(succeeded);
        Assert.Equal(0, encryptor.EncryptedFields);
        Assert.Equal(Encoding.ASCII.GetString(form), output);
    }

    [Theory]
    [InlineData(FormEncryptor.MaxBodyBytes, true)]
    [InlineData(FormEncryptor.MaxBodyBytes + 1, false)]
    public void A_form_has_at_most_1_MB_DP_25_6(int length, bool fits)
    {
        var (encryptor, succeeded, _) = Forms.Encrypt(Profile, Encoding.ASCII.GetBytes("x=" + new string('v', length - 2)), sliceBytes: 65_536);
        Assert.Equal((fits, fits ? FieldEncryptionStatus.Processed : FieldEncryptionStatus.RequestLengthLimitClientError), (succeeded, encryptor.Status));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(300)]
    public void Names_of_any_length_match_whole_or_by_their_beginning_DP_25_5(int length)
    {
        var name = new string('n', length);
        var exact = Forms.Profile(new string('n', 128));
        var prefix = Forms.Profile(new string('n', 127) + "*");
        Assert.Equal(length == 128 ? 1 : 0, Forms.Encrypt(exact, Encoding.ASCII.GetBytes($"{name}=1")).Encryptor.EncryptedFields);
        Assert.Equal(1, Forms.Encrypt(prefix, Encoding.ASCII.GetBytes($"{name}=1")).Encryptor.EncryptedFields);
    }

    /// <summary>Any bytes, in any slices: no exception, no matching value in the clear, everything else unchanged.</summary>
    [Fact]
    public void Of_any_bytes_the_values_of_matching_fields_alone_change() => Prop.ForAll(
        Gen.Elements("card", "c", "%63", "ard", "=", "&", "%", "%4", "+", "SECRET", "x", "\u00ff", "[", "secret.", "%3D", "%26").ListOf().Select(static parts => string.Concat(parts.Take(40))).ToArbitrary(),
        Gen.Choose(1, 20).ToArbitrary(),
        static (form, sliceBytes) =>
        {
            var bytes = Encoding.Latin1.GetBytes(form);
            var (encryptor, succeeded, output) = Forms.Encrypt(Profile, bytes, sliceBytes);
            if (!succeeded)
            {
                return encryptor.Status is FieldEncryptionStatus.MalformedInputClientError or FieldEncryptionStatus.FieldNumberLimitClientError;
            }

            var (before, after) = (form.Split('&'), output.Split('&'));
            return before.Length == after.Length && before.Zip(after).All(static pair => IsRight(pair.First, pair.Second));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    /// <summary>The same rules, told a second time and without regard to speed.</summary>
    private static bool IsRight(string before, string after)
    {
        var equals = before.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || !(Decode(before[..equals]) is var name && (name is "card" or "user[pin]" || name.StartsWith("secret.", StringComparison.Ordinal))))
        {
            return before == after;
        }

        var message = Convert.FromBase64String(Uri.UnescapeDataString(after[(equals + 1)..]));
        return after.StartsWith(before[..(equals + 1)], StringComparison.Ordinal)
            && Encoding.Latin1.GetString(TestDecryptor.Instance.Decrypt(message).Plaintext) == Decode(before[(equals + 1)..]);
    }

    private static string Decode(string text)
    {
        var decoded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            decoded.Append(text[i] switch { '+' => ' ', '%' => (char)Convert.ToByte(text.Substring(i + 1, 2), 16), var other => other });
            i += text[i] == '%' ? 2 : 0;
        }

        return decoded.ToString();
    }
}
