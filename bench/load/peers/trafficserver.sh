# Apache Traffic Server as Debian packages it: its memory cache before a file on the disk, one network thread a core, an access
# log in text. The data lies in the measurement's own directory; the process drops to the package's user, as it always does.

peer_names[trafficserver]="Traffic Server"
peer_schemes[trafficserver]="http"
peer_needs[trafficserver]="/usr/bin/traffic_server:trafficserver"

version_of_trafficserver() { traffic_server -V 2>&1 | awk '/Traffic Server [0-9]/ { print "Traffic Server " $3; exit }'; }

launch_trafficserver() {
    local home="$work/trafficserver" port
    port=$(free_port)
    mkdir -p "$home/etc" "$home/log" "$home/run" "$home/cache"
    cp -r /etc/trafficserver/. "$home/etc/"
    cat >"$home/runroot.yaml" <<CONF
prefix: /usr
exec_prefix: /usr
bindir: /usr/bin
sbindir: /usr/sbin
sysconfdir: $home/etc
datadir: $home/cache
libdir: /usr/lib/trafficserver
libexecdir: /usr/lib/trafficserver/modules
localstatedir: $home/run
runtimedir: $home/run
logdir: $home/log
cachedir: $home/cache
CONF
    cat >"$home/etc/records.config" <<CONF
CONFIG proxy.config.http.server_ports STRING $port:ip-in=127.0.0.1
CONFIG proxy.config.exec_thread.autoconfig INT 0
CONFIG proxy.config.exec_thread.limit INT $server_count
CONFIG proxy.config.exec_thread.affinity INT 0
CONFIG proxy.config.accept_threads INT 0
CONFIG proxy.config.cache.ram_cache.size INT $memory_bytes
CONFIG proxy.config.cache.ram_cache_cutoff INT 4194304
CONFIG proxy.config.cache.min_average_object_size INT 64000
CONFIG proxy.config.http.cache.required_headers INT 2
CONFIG proxy.config.http.insert_request_via_str INT 0
CONFIG proxy.config.http.insert_response_via_str INT 0
CONFIG proxy.config.http.keep_alive_no_activity_timeout_in INT 600
CONFIG proxy.config.url_remap.remap_required INT 1
CONFIG proxy.config.url_remap.pristine_host_hdr INT 0
CONFIG proxy.config.log.logging_enabled INT 3
CONFIG proxy.config.dns.resolv_conf STRING $home/etc/resolv.conf
CONFIG proxy.config.admin.user_id STRING trafficserver
CONFIG proxy.config.crash_log_helper STRING NULL
CONF
    echo "nameserver 127.0.0.1" >"$home/etc/resolv.conf" # asked for nothing: the origin is an address
    echo "$home/cache ${disk_bytes}" >"$home/etc/storage.config"
    cat >"$home/etc/remap.config" <<CONF
map /pass/ http://127.0.0.1:$origin/pass/ @plugin=conf_remap.so @pparam=proxy.config.http.cache.http=0
map / http://127.0.0.1:$origin/
CONF
    cat >"$home/etc/logging.yaml" <<'CONF'
logging:
  formats:
    - name: access
      format: '%<chi> - %<caun> [%<cqtn>] "%<cqtx>" %<pssc> %<pscl> "%<{Referer}cqh>" "%<{User-Agent}cqh>" %<crc>'
  logs:
    - filename: access
      format: access
      mode: ascii
CONF
    chown -R trafficserver "$home"
    start trafficserver "$server_cores" traffic_server --run-root="$home/runroot.yaml"
    until_port "$port" "Traffic Server"
    urls[trafficserver:http]="http://127.0.0.1:$port"
    # It listens before its cache has been opened, and passes everything through until then.
    until_cached trafficserver
}
