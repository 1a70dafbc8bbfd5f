# The limit: bare.c, which does nothing but answer. No peer in earnest, and no cache.

peer_names[bare]="bare loop"
peer_schemes[bare]="http"
peer_needs[bare]="cc:gcc"

version_of_bare() { echo "bare loop of cc $(cc -dumpfullversion) -O2"; }

launch_bare() {
    local port
    port=$(free_port)
    cc -O2 -o "$work/bare" "$root/bench/load/bare.c"
    start bare "$server_cores" "$work/bare" "$port"
    until_port "$port" "the bare loop"
    urls[bare:http]="http://127.0.0.1:$port"
}
