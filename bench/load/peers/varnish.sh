# Varnish as Debian packages it: bodies in memory, and its access log written by varnishncsa as its users do, on the server's cores.
# It speaks no TLS.

peer_names[varnish]="Varnish"
peer_schemes[varnish]="http"
peer_needs[varnish]="varnishd:varnish cc:gcc" # its configuration is compiled

version_of_varnish() { varnishd -V 2>&1 | awk 'NR == 1 { sub(/.*varnish-/, ""); sub(/ .*/, ""); print "Varnish " $0 }'; }

launch_varnish() {
    local home="$work/varnish" port
    port=$(free_port)
    mkdir -p "$home"
    cat >"$home/bench.vcl" <<CONF
vcl 4.1;
backend origin { .host = "127.0.0.1"; .port = "$origin"; }
sub vcl_recv { if (req.url ~ "^/pass/") { return (pass); } }
CONF
    start varnish "$server_cores" varnishd -F -j none -n "$home/run" -a "127.0.0.1:$port" -f "$home/bench.vcl" -s "malloc,$memory_bytes" \
        -p thread_pools="$server_count" -p thread_pool_min=200 -p timeout_idle=600
    until_port "$port" "Varnish"
    start varnishncsa "$server_cores" varnishncsa -n "$home/run" -t 10 -w "$home/access.log"
    urls[varnish:http]="http://127.0.0.1:$port"
}
land_varnish() { stop_server varnishncsa; }
