// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Matching;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Matching;

/// <summary>§3: the form of a path that patterns see.</summary>
public sealed class MatchPathTests
{
    [Theory]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/images//../x.php", "/x.php")]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("///a////b", "/a/b")]
    [InlineData("/a//", "/a/")]
    [InlineData("/.", "/")]
    [InlineData("/..", "/")]
    [InlineData("/./", "/")]
    [InlineData("/../", "/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/../../../b", "/b")]
    [InlineData("/a/b/c/./../../g", "/a/g")]
    [InlineData("/a/...", "/a/...")]
    [InlineData("/.a/..b/c.", "/.a/..b/c.")]
    public void Dot_segments_and_duplicate_slashes_are_removed_DP_3_6(string path, string normal) => Assert.Equal(normal, Normalize(path));

    [Theory]
    [InlineData("/%61%2D%2e%5f%7Eb", "/a-._~b")]
    [InlineData("/%41%5A%30%39", "/AZ09")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/a/%2e/b", "/a/b")]
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/a%2fb", "/a%2fb")]
    [InlineData("/%20%3F%2A%25", "/%20%3F%2A%25")]
    [InlineData("/%e4%BD", "/%e4%BD")]
    [InlineData("/%2541", "/%2541")]
    public void Escapes_are_decoded_for_unreserved_characters_only_DP_3_7(string path, string normal) => Assert.Equal(normal, Normalize(path));

    [Theory]
    [InlineData("/%", "/%")]
    [InlineData("/%4", "/%4")]
    [InlineData("/%zz", "/%zz")]
    [InlineData("/% 41", "/% 41")]
    [InlineData("/%%34%31", "/%41")]
    public void A_malformed_escape_stays_and_nothing_is_decoded_twice_DP_3_7(string path, string normal) => Assert.Equal(normal, Normalize(path));

    [Fact]
    public void A_normal_path_is_returned_itself()
    {
        var path = "/images/a.jpg"u8.ToArray();
        var normal = MatchPath.Normalize(path, new byte[path.Length]);

        Assert.True(normal.Overlaps(path, out var offset) && offset == 0 && normal.Length == path.Length);
    }

    [Fact]
    public void The_path_itself_is_never_changed_DP_3_6() =>
        Prop.ForAll(Paths.ToArbitrary(), path =>
        {
            var bytes = Encoding.Latin1.GetBytes(path);
            MatchPath.Normalize(bytes, new byte[bytes.Length]);
            return Encoding.Latin1.GetString(bytes) == path;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_result_has_dot_segments_or_duplicate_slashes_DP_3_6() =>
        Prop.ForAll(Paths.ToArbitrary(), path =>
        {
            var normal = Normalize(path);
            var segments = normal.Split('/');
            return normal.StartsWith('/') && !normal.Contains("//", StringComparison.Ordinal) && !segments.Contains(".") && !segments.Contains("..");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    /// <summary>Of well-formed paths: what is malformed has no normal form in RFC 3986.</summary>
    [Fact]
    public void A_normal_form_is_its_own_normal_form_DP_3_6() =>
        Prop.ForAll(WellFormed.ToArbitrary(), path => Normalize(Normalize(path)) == Normalize(path)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void It_agrees_with_the_algorithm_of_RFC_3986_section_5_2_4() =>
        Prop.ForAll(Segments.ToArbitrary(), path => Normalize(path) == Plain(path)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void No_way_up_leads_above_the_root_however_it_is_spelt_DP_3_6() =>
        Prop.ForAll(From("/..", "/%2e%2e", "/.%2E", "/%2E.", "//..", "/./..").ToArbitrary(), Paths.ToArbitrary(), static (up, path) => Normalize(up[1..] + path) == Normalize(path))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Rubbish_never_throws() =>
        Prop.ForAll<byte[]>(bytes => MatchPath.Normalize(bytes, new byte[bytes.Length]).Length <= bytes.Length).QuickCheckThrowOnFailure();

    private static Gen<string> Paths => From("/", "/", ".", "..", "a", "%2e", "%2F", "%61", "%", "2", "e", "%25", "%zz");

    private static Gen<string> WellFormed => From("/", "/", ".", "..", "a", "%2e", "%2F", "%61", "2", "e", "%25", "%e4");

    private static Gen<string> Segments => From("/", "/a", "/.", "/..", "/bc", "/...", "//");

    private static Gen<string> From(params string[] pieces) => Gen.ListOf(Gen.Elements(pieces)).Select(list => "/" + string.Concat(list));

    /// <summary>A stack of segments, with empty ones left out.</summary>
    private static string Plain(string path)
    {
        var kept = new List<string>();
        var segments = path.Split('/');
        foreach (var segment in segments)
        {
            if (segment == "..")
            {
                kept.RemoveRange(Math.Max(kept.Count - 1, 0), Math.Min(kept.Count, 1));
            }
            else if (segment.Length > 0 && segment != ".")
            {
                kept.Add(segment);
            }
        }

        var open = segments[^1] is "" or "." or "..";
        return kept.Count == 0 ? "/" : "/" + string.Join('/', kept) + (open ? "/" : "");
    }

    private static string Normalize(string path)
    {
        var bytes = Encoding.Latin1.GetBytes(path);
        return Encoding.Latin1.GetString(MatchPath.Normalize(bytes, new byte[bytes.Length]));
    }
}
