#!/usr/bin/env bash
# A PostgreSQL server for tests: its own data directory, socket and port, durable, and gone afterwards.
# Usage: ./eng/postgres.sh COMMAND…   runs the command with FRONTIER_TEST_POSTGRES set to the server's URL.
# Sourced, it gives start_postgres, which sets that variable, and stop_postgres.
set -uo pipefail

# Where Debian puts initdb and its kin, which are not on the path.
find_postgres() {
    local directory
    for directory in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
        [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ] && echo "$directory" && return
    done
    return 1
}

# PostgreSQL refuses to run as root; then the user its package made runs it.
as_postgres_user() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && exec runuser -u postgres -- "$@"); else "$@"; fi
}

# Memory, where there is some to spare: a test has a database of its own, and most of the making of one is waiting for disks. What was
# committed is there as well after programs are killed; no test takes the power from the machine.
room_for_postgres() {
    if [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -gt $((2 << 20)) ] 2>/dev/null; then echo /dev/shm; else echo /tmp; fi
}

start_postgres() {
    local programs port attempt password=frontier-test
    programs=$(find_postgres) || { echo "There is no PostgreSQL here; install it with: apt-get install postgresql"; return 1; }
    postgres_directory=$(mktemp -d "$(room_for_postgres)/frontier-postgres-XXXXXX")
    echo "$password" >"$postgres_directory/password"
    [ "$(id -u)" -ne 0 ] || chown -R postgres "$postgres_directory"
    as_postgres_user "$programs/initdb" -D "$postgres_directory/data" -U postgres -E UTF8 --locale=C -A scram-sha-256 --pwfile="$postgres_directory/password" >"$postgres_directory/initdb.log" 2>&1 ||
        { cat "$postgres_directory/initdb.log"; stop_postgres; return 1; }

    # A port may be taken between the choice and the start: another is tried.
    for attempt in 1 2 3; do
        port=$((20000 + RANDOM % 12000))
        if as_postgres_user "$programs/pg_ctl" -D "$postgres_directory/data" -w -s -l "$postgres_directory/data/server.log" \
            -o "-p $port -k $postgres_directory -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=200 -c max_wal_size=256MB" start; then
            export FRONTIER_TEST_POSTGRES="postgres://postgres:$password@127.0.0.1:$port/postgres"
            return 0
        fi
    done
    tail -n 20 "$postgres_directory/data/server.log"
    stop_postgres
    return 1
}

stop_postgres() {
    local pid
    [ -n "${postgres_directory:-}" ] || return 0
    if pid=$(head -n 1 "$postgres_directory/data/postmaster.pid" 2>/dev/null); then
        kill -INT "$pid" 2>/dev/null # "fast": sessions are ended, the data is written
        for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
        kill -QUIT "$pid" 2>/dev/null
    fi
    rm -rf "$postgres_directory"
    postgres_directory=""
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    [ "$#" -gt 0 ] || { sed -n '2,4s/^# //p' "$0"; exit 2; }
    start_postgres || exit 1
    trap stop_postgres EXIT
    "$@"
fi
