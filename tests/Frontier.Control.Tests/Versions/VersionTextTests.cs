// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Versions;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Control.Tests.Versions;

/// <summary>What is kept of a document reads back as it was.</summary>
public sealed class VersionTextTests
{
    [Fact]
    public void Any_document_reads_back_as_it_was() =>
        Prop.ForAll<string, byte>((text, times) =>
        {
            // Halves of surrogate pairs are no characters: no XML holds them.
            var document = "<x>" + string.Concat(Enumerable.Repeat(new string([.. (text ?? "").Where(character => !char.IsSurrogate(character))]), times)) + "</x>";
            return VersionText.Unpack(VersionText.Pack(document)) == document;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_short_document_is_kept_as_it_is() => Assert.Equal("<x/>", VersionText.Pack("<x/>"));

    [Fact]
    public void A_long_document_takes_less_room() => Assert.True(VersionText.Pack($"<x>{string.Concat(Enumerable.Repeat("<Quantity>0</Quantity>", 500))}</x>").Length < 500);
}
