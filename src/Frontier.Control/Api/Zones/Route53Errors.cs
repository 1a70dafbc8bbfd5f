// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;

namespace Frontier.Control.Api.Zones;

/// <summary>The errors of Route 53's API (NB-5.1).</summary>
internal static class Route53Errors
{
    public static readonly ApiError InvalidInput = new("InvalidInput", 400, "The input is not valid.");
    public static readonly ApiError InvalidChangeBatch = new("InvalidChangeBatch", 400, "The change batch is not valid.");
    public static readonly ApiError InvalidDomainName = new("InvalidDomainName", 400, "The specified domain name is not valid.");
    public static readonly ApiError NoSuchHostedZone = new("NoSuchHostedZone", 404, "No hosted zone found with this ID.");
    public static readonly ApiError HostedZoneAlreadyExists = new("HostedZoneAlreadyExists", 409, "A hosted zone has already been created with the specified caller reference.");
    public static readonly ApiError HostedZoneNotEmpty = new("HostedZoneNotEmpty", 400, "The specified hosted zone contains non-required resource record sets and so cannot be deleted.");
    public static readonly ApiError TooManyHostedZones = new("TooManyHostedZones", 400, "You have reached the maximum number of hosted zones.");
    public static readonly ApiError ConflictingDomainExists = new("ConflictingDomainExists", 400, "The name belongs to another zone.");
    public static readonly ApiError DelegationSetNotAvailable = new("DelegationSetNotAvailable", 400, "There is a hosted zone of this name, and the name servers can serve only one.");
    public static readonly ApiError NoSuchChange = new("NoSuchChange", 404, "A change with the specified change ID does not exist, or is too old to be known.");
    public static readonly ApiError PriorRequestNotComplete = new("PriorRequestNotComplete", 400, "The zone is being changed by others without pause. Try again.");
    public static readonly ApiError NoSuchGeoLocation = new("NoSuchGeoLocation", 404, "The geolocation is not supported.");
    public static readonly ApiError NoSuchHealthCheck = new("NoSuchHealthCheck", 404, "No health check exists with the specified ID.");
    public static readonly ApiError HealthCheckAlreadyExists = new("HealthCheckAlreadyExists", 409, "The caller reference was used before for a health check with other settings.");
    public static readonly ApiError HealthCheckVersionMismatch = new("HealthCheckVersionMismatch", 409, "The value of HealthCheckVersion in the request doesn't match the version of the health check.");
    public static readonly ApiError HealthCheckInUse = new("HealthCheckInUse", 400, "The health check is a child of a calculated one.");
    public static readonly ApiError TooManyHealthChecks = new("TooManyHealthChecks", 400, "You have reached the maximum number of health checks.");
}
