#!/usr/bin/env bash
# Measures the DNS server beside its peers: PowerDNS with its geo backend and Knot with its geo module, each on one core, with
# dnsperf on another. The servers of a row take turns, and medians are printed with Frontier's share of each peer, because only ratios of
# neighbouring runs mean anything on a shared machine. After each rate stands how much of its core the server used: where that is
# well below 100 %, dnsperf was the limit.
#
# Usage: bench/dns/run.sh [--only SECTION,…] [FILE]     writes the tables to FILE too
#   udp      one address each of many names, UDP
#   edns     the same with EDNS
#   subnet   one name whose answer depends on the client's network, which the query tells
#   tcp      as udp, over connections that stay
#   missing  names that do not exist
#   reload   queries lost while a zone is put anew again and again, 50 ms after the last time
#   memory   memory of 10,000 zones of 100 records, and of one of a million
# Environment, with defaults:
#   ROUNDS=5 SECONDS_EACH=5 WARM=5 NAMES=10000 CLIENTS=16 OUTSTANDING=500
#   RATE=20000 (queries a second while reloading) SERVER_CORES=0 GENERATOR_CORES=1
# Needs: dotnet, python3, dnsperf, and for their columns pdns-server, pdns-backend-geoip, knot and knot-module-geoip; installs the Debian
#   packages when it may. Everything takes about ten minutes.
# Exit codes: 0 measured, 1 a server did not start or answered wrongly, 2 wrong usage.
set -euo pipefail
usage() { sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; }
all="udp edns subnet tcp missing reload memory"
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/arguments.sh"
read_arguments section "$@"
. "$here/../rig/rig.sh"
need dnsperf:dnsperf dig:bind9-dnsutils taskset:util-linux
need pdns_server:pdns-server knotd:knot /usr/lib/x86_64-linux-gnu/pdns/libgeoipbackend.so:pdns-backend-geoip /usr/lib/x86_64-linux-gnu/knot/modules-3.2/geoip.so:knot-module-geoip 2>/dev/null ||
    need pdns_server:pdns-server knotd:knot

rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-5} warm=${WARM:-5} names=${NAMES:-10000} clients=${CLIENTS:-16} outstanding=${OUTSTANDING:-500} rate=${RATE:-20000}
zone=z0.bench.test
subnet="8:00011800c63364" # 198.51.100.0/24
say() { printf "$@" | tee -a "${table:-/dev/null}"; }

address_of() { printf '10.%d.%d.%d' $(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255)); }

write_zones() {
    mkdir -p "$work/knot" "$work/pdns" "$work/frontier"
    python3 - "$names" "$zone" "$work" <<'PY'
import random, sys
names, zone, work = int(sys.argv[1]), sys.argv[2], sys.argv[3]
address = lambda n: f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
with open(f"{work}/knot/zone", "w") as f:
    f.write(f"$ORIGIN {zone}.\n$TTL 60\n@ SOA ns1 hostmaster 1 7200 900 1209600 60\n@ NS ns1\nns1 A 192.0.2.53\nnear A 192.0.2.2\n")
    f.writelines(f"host{n} A {address(n)}\n" for n in range(names))
with open(f"{work}/knot/geo.conf", "w") as f:
    f.write(f"near.{zone}:\n  - net: 198.51.100.0/24\n    A: 192.0.2.1\n  - net: 0.0.0.0/0\n    A: 192.0.2.2\n")
with open(f"{work}/pdns/geo.yaml", "w") as f:
    f.write(f"domains:\n- domain: {zone}\n  ttl: 60\n  records:\n    {zone}:\n    - soa: ns1.{zone} hostmaster.{zone} 1 7200 900 1209600 60\n    - ns: ns1.{zone}\n    ns1.{zone}:\n    - a: 192.0.2.53\n    eu.{zone}:\n    - a: 192.0.2.1\n    rest.{zone}:\n    - a: 192.0.2.2\n")
    f.writelines(f"    host{n}.{zone}:\n    - a: {address(n)}\n" for n in range(names))
    f.write(f"  services:\n    near.{zone}:\n      default: [ 'rest.{zone}' ]\n      198.51.100.0/24: [ 'eu.{zone}' ]\n")
random.seed(53)
with open(f"{work}/udp", "w") as f:
    f.writelines(f"host{random.randrange(names)}.{zone} A\n" for _ in range(100_000))
with open(f"{work}/missing", "w") as f:
    f.writelines(f"nobody{random.randrange(names)}.{zone} A\n" for _ in range(100_000))
with open(f"{work}/subnet", "w") as f:
    f.write(f"near.{zone} A\n")
PY
}

declare -A port=()
start_frontier() { # [ARGUMENT…]
    port[frontier]=$(free_port)
    start frontier "$server_cores" "$root/artifacts/bin/Frontier.DnsServing/release/Frontier.DnsServing" --listen "127.0.0.1:${port[frontier]}" --names "$names" --sockets 1 --directory "$work/frontier" "$@"
    until_answers frontier
}

start_knot() {
    port[knot]=$(free_port)
    cat >"$work/knot/knot.conf" <<CONF
server:
    rundir: $work/knot
    listen: 127.0.0.1@${port[knot]}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
    edns-client-subnet: on
database:
    storage: $work/knot
log:
  - target: stderr
    any: warning
mod-geoip:
  - id: geo
    config-file: $work/knot/geo.conf
    ttl: 60
    mode: subnet
template:
  - id: default
    storage: $work/knot
    journal-content: none
    zonefile-load: whole
zone:
  - domain: $zone
    file: zone
    module: mod-geoip/geo
CONF
    start knot "$server_cores" knotd -c "$work/knot/knot.conf"
    until_answers knot
}

start_pdns() {
    port[pdns]=$(free_port)
    cat >"$work/pdns/pdns.conf" <<CONF
launch=geoip
geoip-zones-file=$work/pdns/geo.yaml
geoip-database-files=
edns-subnet-processing=yes
local-address=127.0.0.1
local-port=${port[pdns]}
receiver-threads=1
distributor-threads=1
socket-dir=$work/pdns
daemon=no
guardian=no
webserver=no
api=no
security-poll-suffix=
loglevel=3
CONF
    start pdns "$server_cores" pdns_server --config-dir="$work/pdns"
    until_answers pdns
}

until_answers() { # NAME
    local try
    for try in $(seq 300); do
        [ "$(dig @127.0.0.1 -p "${port[$1]}" +short +tries=1 +time=1 "host1.$zone" A 2>/dev/null)" = "$(address_of 1)" ] && return 0
        kill -0 "${server_pids[$1]}" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/$1.log" >&2
    echo "$1 does not answer" >&2
    exit 1
}

ticks() { local sum=0 pid; for pid in $(processes_of "$1"); do sum=$((sum + $(awk '{ print $14 + $15 }' "/proc/$pid/stat"))); done; echo "$sum"; }

# load NAME QUERIES SECONDS [ARGUMENT…]: prints queries a second and percent of a core.
load() {
    local name=$1 queries=$2 length=$3 before after
    shift 3
    before=$(ticks "$name")
    on_generator dnsperf -s 127.0.0.1 -p "${port[$name]}" -d "$work/$queries" -l "$length" -c "$clients" -q "$outstanding" -T 1 "$@" >"$work/dnsperf" 2>&1
    after=$(ticks "$name")
    awk -v used=$(((after - before) * 100 / $(getconf CLK_TCK) / length)) '/Queries per second/ { rate = $4 } /Queries lost/ { lost = $3 } END { printf "%d %d %d\n", rate, used, lost }' "$work/dnsperf"
}


# row TITLE QUERIES [ARGUMENT…]
row() {
    local title=$1 queries=$2 name round line
    shift 2
    declare -A rates=() used=()
    for name in frontier pdns knot; do load "$name" "$queries" "$warm" "$@" >/dev/null; done
    for round in $(seq "$rounds"); do
        for name in frontier pdns knot; do
            line=$(load "$name" "$queries" "$seconds" "$@")
            rates[$name]+="${line%% *}"$'\n'
            used[$name]+="$(echo "$line" | cut -d' ' -f2)"$'\n'
        done
    done
    declare -A middle=()
    for name in frontier pdns knot; do middle[$name]=$(printf '%s' "${rates[$name]}" | median); done
    say '| %s | %d (%d %%) | %d (%d %%) | %d (%d %%) | %s | %s |\n' "$title" \
        "${middle[frontier]}" "$(printf '%s' "${used[frontier]}" | median)" "${middle[pdns]}" "$(printf '%s' "${used[pdns]}" | median)" "${middle[knot]}" "$(printf '%s' "${used[knot]}" | median)" \
        "$(awk -v a="${middle[frontier]}" -v b="${middle[pdns]}" 'BEGIN { printf "%.2f", a / b }')" "$(awk -v a="${middle[frontier]}" -v b="${middle[knot]}" 'BEGIN { printf "%.2f", a / b }')"
}

dotnet build "$root/bench/Frontier.DnsServing/Frontier.DnsServing.csproj" --configuration Release --nologo --verbosity quiet >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }
write_zones
say '# DNS: the server beside its peers\n\n'
say 'Command: `ROUNDS=%s SECONDS_EACH=%s WARM=%s NAMES=%s CLIENTS=%s OUTSTANDING=%s bench/dns/run.sh --only %s`\n\n' "$rounds" "$seconds" "$warm" "$names" "$clients" "$outstanding" "$(echo $only | tr ' ' ,)"
say '%s.\nPowerDNS %s with its geo backend, Knot %s with its geo module, %s.\n' "$(machine)" "$(dpkg-query -Wf '${Version}' pdns-server)" "$(dpkg-query -Wf '${Version}' knot)" "$(dpkg-query -Wf '${Package} ${Version}' dnsperf)"
say 'Servers on core %s, dnsperf on core %s; medians of %s interleaved rounds of %s s. Queries per second, and in parentheses how much of a core the server used.\n\n' "$server_cores" "$generator_cores" "$rounds" "$seconds"

compared=
for section in $only; do case $section in reload | memory) ;; *) compared=1 ;; esac; done
if [ -n "$compared" ]; then
    start_frontier
    start_pdns
    start_knot
    for name in frontier pdns knot; do # what is compared must be the same answer
        near=$(dig @127.0.0.1 -p "${port[$name]}" +short +subnet=198.51.100.0/24 "near.$zone" A | tail -1)
        far=$(dig @127.0.0.1 -p "${port[$name]}" +short +subnet=203.0.113.0/24 "near.$zone" A | tail -1)
        [ "$near $far" = "192.0.2.1 192.0.2.2" ] || { echo "$name answers \"$near\" and \"$far\" to clients of two networks" >&2; exit 1; }
    done
    say '| queries | Frontier | PowerDNS | Knot | of PowerDNS | of Knot |\n|---|---:|---:|---:|---:|---:|\n'
    for section in $only; do
        case $section in
            udp) row "UDP, $names names" udp ;;
            edns) row "UDP with EDNS" udp -e ;;
            subnet) row "UDP with a client network, by place" subnet -E "$subnet" ;;
            tcp) row "TCP" udp -m tcp ;;
            missing) row "UDP, no such name" missing ;;
        esac
    done
    for name in frontier pdns knot; do stop_server "$name"; done
fi

for section in $only; do
    case $section in
        reload)
            start_frontier --reload-milliseconds 50
            line=$(load frontier udp 20 -Q "$rate")
            stop_server frontier
            say '\nA zone of %s names put anew again and again, 50 ms after the last time, under %s queries a second for 20 s: %s lost; %s.\n' "$names" "$rate" "${line##* }" "$(tail -n 1 "$work/frontier.out")"
            ;;
        memory)
            say '\n| zones | records | memory | bytes a record | resident |\n|---:|---:|---:|---:|---:|\n'
            for shape in "10000 100" "1 1000000"; do
                rm -rf "$work/memory" && mkdir "$work/memory"
                "$root/artifacts/bin/Frontier.DnsServing/release/Frontier.DnsServing" --listen "127.0.0.1:$(free_port)" --zones "${shape% *}" --names "${shape#* }" --directory "$work/memory" --memory >"$work/memory/out"
                say '%s\n' "$(tail -n 1 "$work/memory/out")"
            done
            ;;
    esac
done
