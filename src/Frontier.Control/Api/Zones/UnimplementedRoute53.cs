// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Api.Zones;

/// <summary>Operations of Route 53's API that are recognised, so that a client learns which one is missing rather than that a path is unknown.</summary>
internal static class UnimplementedRoute53
{
    private const int Never = 501;

    private const string Table =
        """
        POST keysigningkey/{HostedZoneId}/{Name}/activate ActivateKeySigningKey
        POST hostedzone/{Id}/associatevpc AssociateVPCWithHostedZone
        POST cidrcollection/{CidrCollectionId} ChangeCidrCollection
        POST cidrcollection CreateCidrCollection
        POST keysigningkey CreateKeySigningKey
        POST queryloggingconfig CreateQueryLoggingConfig
        POST delegationset CreateReusableDelegationSet
        POST trafficpolicy CreateTrafficPolicy
        POST trafficpolicyinstance CreateTrafficPolicyInstance
        POST trafficpolicy/{Id} CreateTrafficPolicyVersion
        POST hostedzone/{Id}/authorizevpcassociation CreateVPCAssociationAuthorization
        POST keysigningkey/{HostedZoneId}/{Name}/deactivate DeactivateKeySigningKey
        DELETE cidrcollection/{CidrCollectionId} DeleteCidrCollection
        DELETE keysigningkey/{HostedZoneId}/{Name} DeleteKeySigningKey
        DELETE queryloggingconfig/{Id} DeleteQueryLoggingConfig
        DELETE delegationset/{Id} DeleteReusableDelegationSet
        DELETE trafficpolicy/{Id}/{Version} DeleteTrafficPolicy
        DELETE trafficpolicyinstance/{Id} DeleteTrafficPolicyInstance
        POST hostedzone/{Id}/deauthorizevpcassociation DeleteVPCAssociationAuthorization
        POST hostedzone/{Id}/disable-dnssec DisableHostedZoneDNSSEC
        POST hostedzone/{Id}/disassociatevpc DisassociateVPCFromHostedZone
        POST hostedzone/{Id}/enable-dnssec EnableHostedZoneDNSSEC
        GET hostedzone/{Id}/dnssec GetDNSSEC
        GET queryloggingconfig/{Id} GetQueryLoggingConfig
        GET delegationset/{Id} GetReusableDelegationSet
        GET reusabledelegationsetlimit/{Id}/{Type} GetReusableDelegationSetLimit
        GET trafficpolicy/{Id}/{Version} GetTrafficPolicy
        GET trafficpolicyinstance/{Id} GetTrafficPolicyInstance
        GET trafficpolicyinstancecount GetTrafficPolicyInstanceCount
        GET cidrcollection/{CidrCollectionId}/cidrblocks ListCidrBlocks
        GET cidrcollection ListCidrCollections
        GET cidrcollection/{CidrCollectionId} ListCidrLocations
        GET hostedzonesbyvpc ListHostedZonesByVPC
        GET queryloggingconfig ListQueryLoggingConfigs
        GET delegationset ListReusableDelegationSets
        GET trafficpolicies ListTrafficPolicies
        GET trafficpolicyinstances ListTrafficPolicyInstances
        GET trafficpolicyinstances/hostedzone ListTrafficPolicyInstancesByHostedZone
        GET trafficpolicyinstances/trafficpolicy ListTrafficPolicyInstancesByPolicy
        GET trafficpolicies/{Id}/versions ListTrafficPolicyVersions
        GET hostedzone/{Id}/authorizevpcassociation ListVPCAssociationAuthorizations
        POST hostedzone/{Id}/features UpdateHostedZoneFeatures
        POST trafficpolicy/{Id}/{Version} UpdateTrafficPolicyComment
        POST trafficpolicyinstance/{Id} UpdateTrafficPolicyInstance
        """;

    public static IEnumerable<Operation> All { get; } =
    [
        .. Table.Split('\n').Select(static line => line.Trim().Split(' ')).Select(static parts => Route53Xml.New(parts[2], parts[0], parts[1], null, Never, null)),
    ];
}
