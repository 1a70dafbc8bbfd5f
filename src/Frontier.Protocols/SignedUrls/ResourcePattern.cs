// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Text;
using Frontier.Protocols.Names;

namespace Frontier.Protocols.SignedUrls;

/// <summary>
/// The URLs that a policy's Resource means: <c>[protocol]://[domain]/[path]\?[query]</c>, each part with wildcards of its own that
/// reach no further than the part (DP-24.9). So <c>/public/*.jpg</c> is not satisfied by a query that ends in <c>.jpg</c>.
/// </summary>
public sealed class ResourcePattern
{
    /// <summary>How many question marks are tried as the beginning of the query, where none is escaped.</summary>
    private const int MostQuestionMarks = 16;

    // Compiled patterns have these for their wildcards, so that an escaped question mark can stand for itself; neither may stand in a Resource.
    private const byte Any = 1;
    private const byte One = 2;

    private readonly byte[]? _scheme;
    private readonly byte[]? _host;
    private readonly byte[]? _path;
    private readonly byte[]? _query;

    private ResourcePattern(byte[]? scheme, byte[]? host, byte[]? path, byte[]? query) => (_scheme, _host, _path, _query) = (scheme, host, path, query);

    /// <summary>How much of the policy is held on to.</summary>
    public int Length => (_scheme?.Length ?? 0) + (_host?.Length ?? 0) + (_path?.Length ?? 0) + (_query?.Length ?? 0);

    /// <summary>False for a text with control characters, which stand in no URL.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ResourcePattern? pattern)
    {
        pattern = text.Length > 0 && !text.Any(char.IsControl) ? Parse(Encoding.UTF8.GetBytes(text)) : null;
        return pattern is not null;
    }

    public bool Matches(RequestedUrl url) =>
        (_scheme is null || Glob.Matches(_scheme, url.Scheme, Any, One)) && MatchesHost(url.Host) && MatchesTarget(url.Path, url.Query, url.HasQuery);

    private static ResourcePattern Parse(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'*'])
        {
            return new ResourcePattern(null, null, null, null);
        }

        byte[]? scheme = null;
        if (text.IndexOf("://"u8) is >= 0 and var end && !text[..end].Contains((byte)'/'))
        {
            scheme = Compile(text[..end]);
            text = text[(end + 3)..];
        }

        var slash = text.IndexOf((byte)'/');
        var host = Compile(slash < 0 ? text : text[..slash]);
        Ascii.ToLowerInPlace(host, out _);
        if (slash < 0)
        {
            return host is [.., Any] ? new ResourcePattern(scheme, host, null, null) : new ResourcePattern(scheme, host, "/"u8.ToArray(), null);
        }

        var target = text[slash..];
        return target.IndexOf("\\?"u8) is >= 0 and var query // DP-24.10
            ? new ResourcePattern(scheme, host, Compile(target[..query]), Compile(target[(query + 2)..]))
            : new ResourcePattern(scheme, host, Compile(target), null);
    }

    private static byte[] Compile(ReadOnlySpan<byte> text)
    {
        var compiled = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\' && i + 1 < text.Length && text[i + 1] == (byte)'?')
            {
                compiled.Add((byte)'?');
                i++;
            }
            else
            {
                compiled.Add(text[i] switch { (byte)'*' => Any, (byte)'?' => One, var other => other });
            }
        }

        return [.. compiled];
    }

    /// <summary>DP-24.11. A pattern that names no port means every port: a distribution is the same on all of them.</summary>
    private bool MatchesHost(ReadOnlySpan<char> host)
    {
        if (_host is null)
        {
            return true;
        }

        if (!_host.AsSpan().Contains((byte)':') && host.LastIndexOf(':') is >= 0 and var colon)
        {
            host = host[..colon];
        }

        Span<byte> lower = stackalloc byte[512];
        return host.Length <= lower.Length && Ascii.ToLower(host, lower, out var length) is System.Buffers.OperationStatus.Done && Glob.Matches(_host, lower[..length], Any, One);
    }

    private bool MatchesTarget(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query, bool hasQuery)
    {
        if (_path is null)
        {
            return true;
        }

        if (_query is not null)
        {
            return hasQuery && Glob.Matches(_path, path, Any, One) && Glob.Matches(_query, query, Any, One);
        }

        return ((!hasQuery || _path is [.., Any]) && Glob.Matches(_path, path, Any, One)) || (hasQuery && MatchesAcross(_path, path, query));
    }

    /// <summary>An unescaped question mark means any one character: also the one that a query begins with.</summary>
    private static bool MatchesAcross(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        var tried = 0;
        for (var i = 0; i < pattern.Length && tried < MostQuestionMarks; i++)
        {
            if (pattern[i] != One)
            {
                continue;
            }

            tried++;
            if (Glob.Matches(pattern[..i], path, Any, One) && Glob.Matches(pattern[(i + 1)..], query, Any, One))
            {
                return true;
            }
        }

        return false;
    }
}
