// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Edge.Tiers;

/// <summary>Who this machine is among those of its fleet, and how it knows them. Thread-safe.</summary>
public interface IFleetIdentity
{
    /// <summary>What it shows to those it asks and to those that ask it, the same object until it is renewed; null while there is none: then it asks nobody and answers nobody.</summary>
    SslStreamCertificateContext? Certificate { get; }

    /// <summary>The id of the machine that a certificate names; null for one that the fleet's authority has not signed, or not for now.</summary>
    string? NodeOf(X509Certificate2 certificate);
}
