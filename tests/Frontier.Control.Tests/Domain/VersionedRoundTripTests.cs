// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.FieldEncryption;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Monitoring;
using Frontier.Control.Domain.RealtimeLogs;
using Frontier.Control.Domain.Streaming;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Control.Tests.Domain;

/// <summary>API-5.13: what is written of a resource reads back as the same.</summary>
public sealed class VersionedRoundTripTests
{
    private static readonly string[] Words = ["", " ", "a", "with space", "<&>\"'", "line\r\nend", "日本🙂"];
    private static readonly string[] Ids = ["K1", "P2", "C3"];

    [Fact]
    public void A_public_key_that_is_written_reads_back_the_same() => Check(
        random => new PublicKeySettings(One(random, Words), One(random, Words), One(random, Words), One(random, Words)), PublicKeyDocument.Read, PublicKeyDocument.WriteConfig);

    [Fact]
    public void A_key_group_that_is_written_reads_back_the_same() => Check(
        random => new KeyGroupSettings(One(random, Words), Many(random, Ids), One(random, Words)), KeyGroupDocument.Read, KeyGroupDocument.WriteConfig);

    [Fact]
    public void A_configuration_of_field_level_encryption_that_is_written_reads_back_the_same() => Check(
        random => new FieldEncryptionSettings
        {
            CallerReference = One(random, Words),
            Comment = One(random, Words),
            QueryArgProfiles = Coin(random) ? null : new QueryArgProfiles(Coin(random), [.. Many(random, Ids).Select(id => new QueryArgProfile(One(random, Words), id))]),
            ContentTypeProfiles = Coin(random) ? null : new ContentTypeProfiles(
                Coin(random), [.. Many(random, Ids).Select(id => new ContentTypeProfile("URLEncoded", "a/b", Coin(random) ? "" : id))]),
        },
        FieldEncryptionDocument.Read, FieldEncryptionDocument.WriteConfig);

    [Fact]
    public void A_profile_that_is_written_reads_back_the_same() => Check(
        random => new FieldEncryptionProfileSettings(
            One(random, Words), One(random, Words), One(random, Words), [.. Many(random, Ids).Select(id => new EncryptionEntity(id, One(random, Words), Many(random, Words)))]),
        FieldEncryptionProfileDocument.Read, FieldEncryptionProfileDocument.WriteConfig);

    [Fact]
    public void A_real_time_log_configuration_that_is_written_reads_back_the_same() => Check(
        random => new RealtimeLogSettings(
            One(random, Words), random.NextInt64(), [.. Many(random, Ids).Select(id => new LogEndPoint("Kinesis", id, "a&b"))], Many(random, Ids)),
        RealtimeLogDocument.Read, RealtimeLogDocument.WriteConfig);

    [Fact]
    public void A_monitoring_subscription_that_is_written_reads_back_the_same() => Check(
        random => new MonitoringSettings(Coin(random) ? "Enabled" : "Disabled"), MonitoringDocument.Read, MonitoringDocument.Write);

    [Fact]
    public void A_streaming_distribution_that_is_written_reads_back_the_same() => Check(
        random => new StreamingDistributionSettings
        {
            CallerReference = One(random, Words),
            DomainName = "b.s3.amazonaws.com",
            OriginAccessIdentity = One(random, Ids),
            Aliases = Many(random, ["a.test", "*.b.test"]),
            Comment = One(random, Words),
            Logging = Coin(random) ? new StreamingLogging(true, One(random, Words), One(random, Words)) : new StreamingLogging(false, "", ""),
            TrustedSigners = new SignerList(Coin(random), Many(random, ["self", "000000000000"])),
            PriceClass = One(random, Vocabulary.PriceClass),
            Enabled = Coin(random),
        },
        StreamingDistributionDocument.Read, StreamingDistributionDocument.WriteConfig);

    private static void Check<T>(Func<Random, T> make, Func<ElementReader, T> read, Func<T, XElement> write)
        where T : class => Prop.ForAll<int>(seed =>
        {
            var text = XmlText.Write(write(make(new Random(seed))));
            var failed = ElementReader.ReadRoot(XmlText.Read(text), read).Failed(out var error, out var again);
            return !failed && XmlText.Write(write(again!)) == text ? true : throw new InvalidOperationException(error?.Message ?? text);
        }).QuickCheckThrowOnFailure();

    private static bool Coin(Random random) => random.Next(2) == 0;

    private static T One<T>(Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];

    private static ImmutableArray<string> Many(Random random, IReadOnlyList<string> among) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => One(random, among))];
}
