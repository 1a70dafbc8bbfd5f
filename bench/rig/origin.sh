# Sourced after rig.sh: the origin, an nginx that serves $files from memory, on the generator's cores.

files="$work/files"
origin=$(free_port)
mkdir -p "$files/pass" "$work/origin"

# Where nginx may keep what does not fit its buffers.
nginx_temp() { printf 'client_body_temp_path %s/body; proxy_temp_path %s/proxy; fastcgi_temp_path %s/f; uwsgi_temp_path %s/u; scgi_temp_path %s/s;' "$1" "$1" "$1" "$1" "$1"; }

# One file for each SIZE at /SIZE.bin, and the same under /pass/, which no cache keeps.
make_files() {
    local size
    for size in "$@"; do
        head -c "$(bytes_of "$size")" /dev/urandom >"$files/$size.bin"
        cp "$files/$size.bin" "$files/pass/$size.bin"
    done
}

start_origin() {
    cat >"$work/origin/nginx.conf" <<CONF
daemon off; user root; worker_processes 1; pid $work/origin/pid; error_log $work/origin/error.log;
worker_rlimit_nofile 16384;
events { worker_connections 8192; }
http {
    $(nginx_temp "$work/origin")
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=12000 inactive=1h;
    server {
        listen 127.0.0.1:$origin backlog=4096; root $files;
        add_header Cache-Control "max-age=86400";
        location = /requests { stub_status; }
        location /live/ { open_file_cache off; } # what is replaced while it is served
    }
}
CONF
    start origin "$generator_cores" nginx -e "$work/origin/error.log" -c "$work/origin/nginx.conf"
    until_port "$origin" "the origin"
}

# How many requests the origin has answered since it started, this question included.
origin_requests() { curl -s "http://127.0.0.1:$origin/requests" | awk 'NR == 3 { print $3 }'; }
