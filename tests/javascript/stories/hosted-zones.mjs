// SPDX-License-Identifier: Apache-2.0
// The life of a hosted zone and of its health check by the client of Route 53: made, filled by a batch, waited for until DNS nodes have
// it, asked as a resolver would ask, listed in pages, tagged, emptied, gone; and what is refused, by the SDK's own errors.
import assert from "node:assert/strict";
import { Resolver } from "node:dns/promises";
import {
  HealthCheckInUse, HostedZoneAlreadyExists, HostedZoneNotEmpty, InvalidChangeBatch, InvalidInput, NoSuchChange, NoSuchHealthCheck, NoSuchHostedZone,
  paginateListHealthChecks, paginateListHostedZones, waitUntilResourceRecordSetsChanged,
} from "@aws-sdk/client-route-53";
import { cloudFront, patience, route53 } from "../clients.mjs";
import { distribution } from "../documents.mjs";

const made = await route53.createHostedZone({ Name: "story.example", CallerReference: "first", HostedZoneConfig: { Comment: "a <story>" } });
const { Id, ...zone } = made.HostedZone;
assert.match(Id, /^\/hostedzone\/Z[A-Z0-9]+$/);
assert.deepEqual(zone, { Name: "story.example.", CallerReference: "first", Config: { Comment: "a <story>", PrivateZone: false }, ResourceRecordSetCount: 2 });
assert.equal(made.ChangeInfo.Status, "PENDING");
assert.ok(made.ChangeInfo.SubmittedAt instanceof Date);
assert.ok(made.Location.endsWith(Id));
assert.ok(made.DelegationSet.NameServers.length > 0);
await assert.rejects(route53.createHostedZone({ Name: "other.example", CallerReference: "first" }), HostedZoneAlreadyExists);
assert.deepEqual((await route53.getHostedZone({ Id })).DelegationSet, made.DelegationSet);

const HealthCheckConfig = { Type: "HTTP", IPAddress: "192.0.2.1", Port: 80, ResourcePath: "/up", FailureThreshold: 3, RequestInterval: 30 };
const check = (await route53.createHealthCheck({ CallerReference: "check", HealthCheckConfig })).HealthCheck;
assert.equal(check.HealthCheckVersion, 1);
const changed = (await route53.updateHealthCheck({ HealthCheckId: check.Id, HealthCheckVersion: 1, FailureThreshold: 5, Disabled: true })).HealthCheck;
assert.deepEqual([changed.HealthCheckVersion, changed.HealthCheckConfig.FailureThreshold, changed.HealthCheckConfig.ResourcePath], [2, 5, "/up"]);
await assert.rejects(route53.updateHealthCheck({ HealthCheckId: check.Id, HealthCheckVersion: 1, Inverted: true }), { name: "HealthCheckVersionMismatch" });

// Every member of a record set comes back as it went.
const site = (await cloudFront.createDistribution({ DistributionConfig: distribution("zone") })).Distribution.DomainName;
const values = (...all) => all.map((Value) => ({ Value }));
const sets = [
  { Name: "a.story.example.", Type: "A", TTL: 300, ResourceRecords: values("192.0.2.1", "192.0.2.2") },
  { Name: "a.story.example.", Type: "TXT", TTL: 60, ResourceRecords: values('"one & two" "<three>"') },
  { Name: "*.wild.story.example.", Type: "CNAME", TTL: 60, ResourceRecords: values("a.story.example") },
  { Name: "w.story.example.", Type: "A", SetIdentifier: "one", Weight: 1, TTL: 60, ResourceRecords: values("192.0.2.3"), HealthCheckId: check.Id },
  { Name: "w.story.example.", Type: "A", SetIdentifier: "two", Weight: 0, TTL: 60, ResourceRecords: values("192.0.2.4") },
  { Name: "g.story.example.", Type: "A", SetIdentifier: "any", GeoLocation: { CountryCode: "*" }, TTL: 60, ResourceRecords: values("192.0.2.5") },
  { Name: "www.story.example.", Type: "A", AliasTarget: { HostedZoneId: "Z2FDTNDATAQYW2", DNSName: `${site}.`, EvaluateTargetHealth: false } },
];
const change = (Action, ...these) => route53.changeResourceRecordSets({ HostedZoneId: Id, ChangeBatch: { Comment: "by the SDK", Changes: these.map((ResourceRecordSet) => ({ Action, ResourceRecordSet })) } });
const { ChangeInfo } = await change("CREATE", ...sets);
assert.deepEqual([ChangeInfo.Status, ChangeInfo.Comment], ["PENDING", "by the SDK"]);
const waited = await waitUntilResourceRecordSetsChanged({ ...patience, client: route53 }, { Id: ChangeInfo.Id });
assert.equal(waited.state, "SUCCESS");
assert.equal((await route53.getChange({ Id: ChangeInfo.Id })).ChangeInfo.Status, "INSYNC");
await assert.rejects(route53.getChange({ Id: "CNOTHING" }), NoSuchChange);

// In sync is what a resolver finds.
const resolver = new Resolver({ timeout: 5_000 });
resolver.setServers([process.env.FRONTIER_DNS]);
assert.deepEqual((await resolver.resolve4("a.story.example")).sort(), ["192.0.2.1", "192.0.2.2"]);
assert.deepEqual(await resolver.resolveTxt("a.story.example"), [["one & two", "<three>"]]);
assert.deepEqual(await resolver.resolve4("www.story.example"), await resolver.resolve4(site));
const told = await route53.testDNSAnswer({ HostedZoneId: Id, RecordName: "a.story.example", RecordType: "A" });
assert.deepEqual([told.ResponseCode, told.RecordType, told.RecordData.sort()], ["NOERROR", "A", ["192.0.2.1", "192.0.2.2"]]);
assert.equal((await route53.testDNSAnswer({ HostedZoneId: Id, RecordName: "none.story.example", RecordType: "A" })).ResponseCode, "NXDOMAIN");

// Record sets have no paginator: one goes on from where the last page says.
const listed = [];
for (let next = {}; next;) {
  const page = await route53.listResourceRecordSets({ HostedZoneId: Id, MaxItems: 2, ...next });
  assert.ok(page.ResourceRecordSets.length <= 2);
  listed.push(...page.ResourceRecordSets);
  next = page.IsTruncated && { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType, StartRecordIdentifier: page.NextRecordIdentifier };
}
assert.equal(listed.length, sets.length + 2); // the zone's own SOA and NS
for (const set of sets) {
  const { ResourceRecords = [], ...rest } = listed.find((one) => one.Type === set.Type && one.Name.replace("\\052", "*") === set.Name && one.SetIdentifier === set.SetIdentifier);
  assert.deepEqual({ ...rest, Name: set.Name, ...(set.ResourceRecords && { ResourceRecords }) }, set);
}

// A batch is taken whole or not at all, and every fault of it is told.
await assert.rejects(change("CREATE", { ...sets[0], ResourceRecords: values("192.0.2.9") }, { Name: "bad.story.example", Type: "A", TTL: 60, ResourceRecords: values("nowhere") }, { Name: "good.story.example", Type: "A", TTL: 60, ResourceRecords: values("192.0.2.9") }), (error) => {
  assert.ok(error instanceof InvalidChangeBatch);
  assert.equal(error.$metadata.httpStatusCode, 400);
  const said = [...(error.messages ?? []), error.message].join("\n");
  assert.match(said, /already exists/);
  assert.match(said, /not a valid IPv4 address/);
  return true;
});
assert.equal((await route53.getHostedZone({ Id })).HostedZone.ResourceRecordSetCount, listed.length);
await assert.rejects(route53.getHostedZone({ Id: "ZNOTHING" }), NoSuchHostedZone);
await assert.rejects(route53.getHealthCheck({ HealthCheckId: "nothing" }), NoSuchHealthCheck);
await assert.rejects(route53.createHostedZone({ Name: "private.example", CallerReference: "p", HostedZoneConfig: { PrivateZone: true } }), InvalidInput);
await assert.rejects(route53.listTrafficPolicies({}), { name: "NotImplemented" });

// Pages of zones and of health checks.
const more = ["one.example", "two.example", "three.example", "four.example"];
for (const Name of more) {
  await route53.createHostedZone({ Name, CallerReference: Name });
  await route53.createHealthCheck({ CallerReference: Name, HealthCheckConfig: { Type: "TCP", IPAddress: "192.0.2.1", Port: 443 } });
}
const pages = async (paginator, pick) => {
  const found = [];
  for await (const page of paginator) {
    found.push(pick(page));
  }
  return found;
};
const zones = await pages(paginateListHostedZones({ client: route53, pageSize: 2 }, {}), (page) => page.HostedZones.map((one) => one.Name));
assert.deepEqual(zones.map((page) => page.length), [2, 2, 1]);
assert.deepEqual(zones.flat().sort(), ["story.example.", ...more.map((name) => `${name}.`)].sort());
const checks = await pages(paginateListHealthChecks({ client: route53, pageSize: 3 }, {}), (page) => page.HealthChecks.map((one) => one.Id));
assert.deepEqual(checks.map((page) => page.length), [3, 2]);
assert.equal(new Set(checks.flat()).size, 5);
assert.equal((await route53.getHostedZoneCount({})).HostedZoneCount, 5);
assert.equal((await route53.getHealthCheckCount({})).HealthCheckCount, 5);
assert.equal((await route53.listHostedZonesByName({ DNSName: "story.example", MaxItems: 1 })).HostedZones[0].Id, Id);

// Tags are of the id without what stands before it.
const tagged = { ResourceType: "hostedzone", ResourceId: Id.split("/").at(-1) };
await route53.changeTagsForResource({ ...tagged, AddTags: [{ Key: "team", Value: "web" }, { Key: "größe", Value: "1 + 1 = 2" }] });
await route53.changeTagsForResource({ ...tagged, AddTags: [{ Key: "team", Value: "dns" }], RemoveTagKeys: ["größe", "never"] });
assert.deepEqual((await route53.listTagsForResource(tagged)).ResourceTagSet.Tags, [{ Key: "team", Value: "dns" }]);
await route53.changeTagsForResource({ ResourceType: "healthcheck", ResourceId: check.Id, AddTags: [{ Key: "k", Value: "v" }] });
const both = await route53.listTagsForResources({ ResourceType: "healthcheck", ResourceIds: [check.Id] });
assert.deepEqual(both.ResourceTagSets[0].Tags, [{ Key: "k", Value: "v" }]);
assert.equal((await route53.updateHostedZoneComment({ Id, Comment: "new" })).HostedZone.Config.Comment, "new");

// The end: nothing that is still needed goes.
await assert.rejects(route53.deleteHostedZone({ Id }), HostedZoneNotEmpty);
const sum = (await route53.createHealthCheck({ CallerReference: "sum", HealthCheckConfig: { Type: "CALCULATED", HealthThreshold: 1, ChildHealthChecks: [check.Id] } })).HealthCheck;
await assert.rejects(route53.deleteHealthCheck({ HealthCheckId: check.Id }), HealthCheckInUse);
await change("DELETE", ...sets);
await route53.deleteHealthCheck({ HealthCheckId: sum.Id });
await route53.deleteHealthCheck({ HealthCheckId: check.Id });
const gone = await route53.deleteHostedZone({ Id });
await waitUntilResourceRecordSetsChanged({ ...patience, client: route53 }, { Id: gone.ChangeInfo.Id });
await assert.rejects(resolver.resolve4("a.story.example"), { code: "EREFUSED" });
