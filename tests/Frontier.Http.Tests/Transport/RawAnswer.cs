// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Tests.Transport;

/// <summary>An answer as it came: head with its empty line, body without its coding, and the trailers' lines.</summary>
internal sealed record RawAnswer(string Head, string Body, string Trailers)
{
    public int Status => int.Parse(Head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the line is in the head, whole.</summary>
    public bool Has(string line) => Head.Contains($"\r\n{line}\r\n", StringComparison.Ordinal);
}
