# Sourced by the measuring scripts: where they work, what they need installed, who runs on which cores, and how all of it ends.
# A script that sources this gets $root, $work (removed at the end) and servers that stop with it.
# Needs: bash 5, python3, util-linux (taskset); Linux's /proc.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export PATH="$PATH:/usr/sbin" AWS_PAGER= AWS_EC2_METADATA_DISABLED=true
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION || true

# Lists of cores as taskset takes them. The origin shares the generator's, so that the server measured has its own to itself.
server_cores=${SERVER_CORES:-0} generator_cores=${GENERATOR_CORES:-1}
on_generator() { taskset -c "$generator_cores" "$@"; }

# start NAME CORES COMMAND…: a server in the background, with its output in a file of its own; it ends with the script.
declare -A server_pids=() # its process, by its name
start() {
    local name=$1 cores=$2
    shift 2
    taskset -c "$cores" "$@" >"$work/$name.out" 2>"$work/$name.log" </dev/null & # taskset becomes the command: one process
    server_pids[$name]=$!
}

# need PROGRAM:PACKAGE…: installs what is missing from Debian when it may, and fails when something still is.
need() {
    local pair missing=
    for pair in "$@"; do has "$pair" || missing="$missing ${pair##*:}"; done
    [ -n "$missing" ] || return 0
    install_packages $missing
    for pair in "$@"; do has "$pair" || { echo "Missing: ${pair##*:}" >&2; exit 1; }; done
}
has() { case $1 in /*) [ -e "${1%%:*}" ] ;; *) command -v "${1%%:*}" >/dev/null ;; esac; }
install_packages() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 0
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 || true
}

work=$(mktemp -d)
chmod 711 "$work" # servers that drop root's rights read their files as users of their own
stop_server() { # NAME
    local pid=${server_pids[$1]:-}
    [ -n "$pid" ] || return 0
    unset "server_pids[$1]"
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}
clean_up() {
    local status=$? name
    trap - EXIT
    for name in "${!server_pids[@]}"; do stop_server "$name"; done
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# until_port PORT NAME: waits at most 30 s until something listens.
until_port() {
    local try
    for try in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0; sleep 0.1; done
    echo "$2 does not answer on port $1" >&2
    exit 1
}

# Sizes as wrk and nginx write them: 1k, 1m.
bytes_of() { case $1 in *k) echo $((${1%k} * 1024)) ;; *m) echo $((${1%m} * 1048576)) ;; *g) echo $((${1%g} * 1073741824)) ;; *) echo "$1" ;; esac; }

# The processes of a server: its own and its children's.
processes_of() { # NAME
    local pid=${server_pids[$1]} child
    echo "$pid"
    for child in $(pgrep -P "$pid" || true); do echo "$child"; pgrep -P "$child" || true; done
}

# Of the lines read, by one column of them.
median() { # [COLUMN]
    sort -n -k "${1:-1},${1:-1}" | awk -v column="${1:-1}" '{ v[NR] = $column } END { if (NR) print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

machine() { # one line on where the figures were taken
    printf '%s, %s cores; Linux %s; .NET %s' "$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)" \
        "$(uname -r | cut -d- -f1)" "$(dotnet --list-runtimes | awk '/NETCore.App/ { v = $2 } END { print v }')"
}
