// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns;

/// <summary>A zone that is signed.</summary>
/// <param name="Name">E.g. <c>example.com</c>.</param>
/// <param name="KeyFile">A private key of ECDSA P-256 in PEM form; made with mode 0600 where it is not there.</param>
public sealed record SignedZone(string Name, string KeyFile);
