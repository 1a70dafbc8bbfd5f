# nginx with everything that makes it fast at this: proxy_cache on files that stay open, sendfile, one worker a core, kept
# connections to the origin, and an access log, buffered.

peer_names[nginx]="nginx"
peer_schemes[nginx]="http https"
peer_needs[nginx]="nginx:nginx"

version_of_nginx() { nginx -v 2>&1 | sed 's/.*: //; s,/, ,'; }

launch_nginx() {
    local home="$work/nginx" plain secure
    plain=$(free_port) secure=$(free_port)
    mkdir -p "$home/cache"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
        -keyout "$home/key.pem" -out "$home/cert.pem" 2>/dev/null
    cat >"$home/nginx.conf" <<CONF
daemon off; user root; worker_processes $server_count; pid $home/pid; error_log $home/error.log;
worker_rlimit_nofile $(ulimit -n);
events { worker_connections $(ulimit -n); }
http {
    $(nginx_temp "$home")
    access_log $home/access.log combined buffer=64k flush=1s;
    sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 600s; open_file_cache max=12000 inactive=1h;
    proxy_cache_path $home/cache keys_zone=hits:16m max_size=$disk_bytes inactive=1d;
    upstream origin { server 127.0.0.1:$origin; keepalive 64; keepalive_requests 1000000000; }
    server {
        listen 127.0.0.1:$plain backlog=4096;
        listen 127.0.0.1:$secure ssl http2 backlog=4096;
        ssl_certificate $home/cert.pem; ssl_certificate_key $home/key.pem; ssl_protocols TLSv1.2 TLSv1.3;
        proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host localhost;
        location / { proxy_cache hits; proxy_cache_valid 200 1d; proxy_pass http://origin; }
        location /pass/ { proxy_pass http://origin; }
    }
}
CONF
    start nginx "$server_cores" nginx -e "$home/error.log" -c "$home/nginx.conf"
    until_port "$plain" "nginx"
    urls[nginx:http]="http://127.0.0.1:$plain"
    urls[nginx:https]="https://127.0.0.1:$secure"
}
