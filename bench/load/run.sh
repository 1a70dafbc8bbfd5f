#!/usr/bin/env bash
# Measures the edge beside its peers: nginx, Varnish, Apache Traffic Server, and a loop that does nothing but answer as the limit.
# Servers are pinned to core 0 and the load generator (and the origin) to core 1; the peers of a row take turns, and medians are
# printed with Frontier's share of each, because only ratios of neighbouring runs mean anything on a shared machine. After each rate
# stands how much of its core the server used: where that is well below 100 %, the generator was the limit.
#
# Usage: bench/load/run.sh [--only SECTION,…] [FILE]     writes the tables to FILE too
#   http         hits over HTTP/1.1, against every peer
#   https        hits over HTTP/1.1 and TLS, against nginx
#   h2           hits over HTTP/2 and TLS, against nginx
#   connections  new TLS connections, against nginx
#   pass         misses passed through to the origin, against nginx, Varnish and Traffic Server
#   disk         hits from disk, against nginx and Traffic Server
#   idle         memory of idle connections, against nginx
#   latency      at half of nginx's peak rate, against nginx
# Environment, with defaults:
#   ROUNDS=5 SECONDS_EACH=3 CONNECTIONS=64 STREAMS=32
#   WARM=10 (seconds of load on Frontier before each row; before a section's first, three times that)
#   SIZES="1k 16k 128k 1m" (https: without 128k) MEMORY=128M DISK=4G (the caches' tiers)
#   DISK_SECONDS=10 IDLE_CONNECTIONS=10000 SETTLE_SECONDS=5
#   SERVER_CORES=0 GENERATOR_CORES=1 (lists such as 0-3; every server but the bare loop gets a thread or worker for each of its
#   cores, and wrk and h2load a thread; viewer.c has one)
# Needs: dotnet, nginx, wrk, h2load (nghttp2-client), aws (awscli), openssl, curl, python3, cc (gcc), libssl-dev, and for their
#   columns varnish and trafficserver; installs the Debian packages when it may. 10,500 open files for "idle"; 7 GB of disk under
#   TMPDIR for "disk". Everything takes about half an hour.
# Exit codes: 0 measured, 1 a server did not start or a request was not answered well, 2 wrong usage.
set -euo pipefail
usage() { sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; }
all="http https h2 connections pass disk idle latency"
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/arguments.sh"
read_arguments section "$@"
. "$here/../rig/rig.sh"
need nginx:nginx wrk:wrk h2load:nghttp2-client openssl:openssl curl:curl cc:gcc /usr/include/openssl/ssl.h:libssl-dev taskset:util-linux pgrep:procps
. "$here/../rig/origin.sh"
. "$here/../rig/traffic.sh"
. "$here/measure.sh"
for part in hits connections pass disk idle latency; do . "$here/sections/$part.sh"; done
install_peers
build_viewer

all_sizes=$(printf '%s\n' ${SIZES:-1k 16k 128k 1m} 1k | sort -u)
make_files $all_sizes
start_origin

say '# Load: the edge beside its peers\n\n'
say 'Command: `ROUNDS=%s SECONDS_EACH=%s WARM=%s CONNECTIONS=%s STREAMS=%s bench/load/run.sh --only %s`\n\n' \
    "$rounds" "$seconds" "$warm" "$connections" "$streams" "$(echo $only | tr ' ' ,)"
say '%s.\n%s; %s.\n' "$(machine)" "$(version_of_frontier)" "$(versions)"
say 'Servers on core %s, generator and origin on core %s; medians of %s interleaved rounds of %s s; access logs on in all but the bare\nloop. Requests per second, and in parentheses how much of its cores the server used.\n' \
    "$server_cores" "$generator_cores" "$rounds" "$seconds"
for section in $only; do "section_$section"; done
all_answered
