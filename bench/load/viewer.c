// SPDX-License-Identifier: Apache-2.0
//
// The viewers that wrk and h2load do not play. HTTP/1.1, plain or over TLS 1.3; one thread, one epoll loop.
//   viewer new URL HOST CONNECTIONS SECONDS         every request on a new connection with a full TLS handshake (nothing is
//                                                   resumed, as wrk would); prints requests per second
//   viewer paced URL HOST CONNECTIONS SECONDS RATE [HISTOGRAM]
//                                                   RATE requests a second whatever the server does; latency counts from when a
//                                                   request was due, so that one that had to queue counts with its wait;
//                                                   prints the rate reached and p50, p99, p99.9 and the maximum, in microseconds;
//                                                   appends to the file HISTOGRAM lines of a bound in microseconds and how many took
//                                                   longer than the bound before and no longer than this one
//   viewer idle URL HOST CONNECTIONS                one request on each connection, which then stays open; prints "open", and
//                                                   when standard input ends, how many the server has closed meanwhile
// URL is http:// or https://ADDRESS:PORT/PATH; HOST goes into the request. Every answer must be a 200 with a Content-Length.
// Exit codes: 0 all answered, 1 some were not (the first reason is printed), 2 wrong usage.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_HEAD = 8192, EVENTS = 256, OPENING = 64 };
enum phase { CLOSED, CONNECTING, SENDING, READING_HEAD, READING_BODY, AWAITING_END, RESTING };

struct connection {
    int descriptor;
    SSL *tls;
    enum phase phase;
    size_t sent;
    char *head; // MAX_HEAD bytes while a head is read
    size_t head_length, body_left;
    double due; // seconds
};

static enum { NEW, PACED, IDLE } mode;
static struct sockaddr_in address;
static SSL_CTX *context; // null for plain HTTP
static char request[1024];
static size_t request_length;
static struct connection *connections;
static int connection_count, poll_descriptor;
static double duration, rate, started;
static long answered, failures;
static char first_failure[256];

static float *latencies; // seconds, one for each answer
static long due_count, assigned_count;
static int *resting, resting_count;
static int opened, opening;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void disconnect(struct connection *c) {
    if (c->tls != NULL) SSL_free(c->tls);
    if (c->phase != CLOSED) close(c->descriptor);
    c->tls = NULL;
    c->phase = CLOSED;
}

static void connect_anew(struct connection *c);

static void fail(struct connection *c, const char *format, ...) {
    if (failures++ == 0) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(first_failure, sizeof first_failure, format, arguments);
        va_end(arguments);
    }
    disconnect(c);
    if (mode == IDLE) opening--;
    // A server that refuses everything is not asked for ever.
    if (failures < 1000 && mode != IDLE) connect_anew(c);
}

static void begin_request(struct connection *c) {
    c->phase = SENDING;
    c->sent = c->head_length = 0;
}

static void connect_anew(struct connection *c) {
    int one = 1;
    c->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->descriptor < 0 || (connect(c->descriptor, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)) {
        perror("viewer");
        exit(1);
    }
    setsockopt(c->descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c };
    epoll_ctl(poll_descriptor, EPOLL_CTL_ADD, c->descriptor, &event);
    c->phase = CONNECTING;
    if (context != NULL) {
        c->tls = SSL_new(context);
        SSL_set_fd(c->tls, c->descriptor);
        SSL_set_connect_state(c->tls);
    }
}

// Each returns a count, 0 at the end of the connection, -1 when the socket is not ready, -2 on a fault.
static ssize_t outcome(struct connection *c, int count) {
    if (c->tls == NULL) return count >= 0 ? count : errno == EAGAIN ? -1 : -2;
    if (count > 0) return count;
    switch (SSL_get_error(c->tls, count)) {
        case SSL_ERROR_WANT_READ: case SSL_ERROR_WANT_WRITE: return -1;
        case SSL_ERROR_ZERO_RETURN: return 0;
        default: return -2;
    }
}
static ssize_t receive(struct connection *c, char *into, size_t most) {
    return outcome(c, c->tls == NULL ? (int)read(c->descriptor, into, most) : SSL_read(c->tls, into, (int)most));
}
static ssize_t transmit(struct connection *c, const char *from, size_t count) {
    return outcome(c, c->tls == NULL ? (int)write(c->descriptor, from, count) : SSL_write(c->tls, from, (int)count));
}

static void rest(struct connection *c) {
    c->phase = RESTING;
    free(c->head);
    c->head = NULL;
    resting[resting_count++] = (int)(c - connections);
    if (mode == IDLE) opened++, opening--;
}

static void finish(struct connection *c) {
    if (mode == PACED) latencies[answered] = (float)(now() - c->due);
    answered++;
    if (mode != NEW) rest(c);
    else c->phase = AWAITING_END; // the server closes first, so that its side keeps the address waiting
}

// Takes the head apart once it is whole; 0 after a fault.
static int read_head(struct connection *c) {
    c->head[c->head_length] = 0;
    char *end = strstr(c->head, "\r\n\r\n");
    if (end == NULL) {
        if (c->head_length < MAX_HEAD - 1) return 1;
        fail(c, "a head of more than %d bytes", MAX_HEAD);
        return 0;
    }
    char *length = strcasestr(c->head, "\r\nContent-Length:");
    if (strncmp(c->head, "HTTP/1.1 200", 12) != 0 || length == NULL || length > end) {
        fail(c, "an answer without 200 or Content-Length: %.60s", c->head);
        return 0;
    }
    size_t size = strtoul(length + 17, NULL, 10), arrived = c->head_length - (size_t)(end + 4 - c->head);
    if (arrived > size) {
        fail(c, "more bytes than Content-Length says");
        return 0;
    }
    c->body_left = size - arrived;
    c->phase = READING_BODY;
    return 1;
}

// Does what can be done on a connection until its socket is not ready.
static void advance(struct connection *c) {
    static char sink[1 << 17];
    ssize_t count = 0;
    for (;;) {
        switch (c->phase) {
            case CLOSED:
                return;
            case CONNECTING:
                begin_request(c);
                break;
            case SENDING: // the first write carries the handshake through
                count = transmit(c, request + c->sent, request_length - c->sent);
                if (count == -1) return;
                if (count <= 0) {
                    fail(c, "the connection or its handshake failed");
                    return;
                }
                c->sent += (size_t)count;
                if (c->sent < request_length) break;
                if (c->head == NULL) c->head = malloc(MAX_HEAD);
                c->phase = READING_HEAD;
                break;
            case READING_HEAD:
                count = receive(c, c->head + c->head_length, MAX_HEAD - 1 - c->head_length);
                if (count == -1) return;
                if (count <= 0) {
                    fail(c, "the connection ended before the answer's head");
                    return;
                }
                c->head_length += (size_t)count;
                if (!read_head(c)) return;
                if (c->phase == READING_BODY && c->body_left == 0) finish(c);
                break;
            case READING_BODY:
                count = receive(c, sink, c->body_left < sizeof sink ? c->body_left : sizeof sink);
                if (count == -1) return;
                if (count <= 0) {
                    fail(c, "the connection ended %zu bytes before the answer did", c->body_left);
                    return;
                }
                c->body_left -= (size_t)count;
                if (c->body_left == 0) finish(c);
                break;
            case AWAITING_END:
                count = receive(c, sink, sizeof sink);
                if (count == -1) return;
                disconnect(c);
                connect_anew(c);
                return; // epoll says when it is connected
            case RESTING:
                if (c->tls == NULL) {
                    char byte;
                    if (recv(c->descriptor, &byte, 1, MSG_PEEK) >= 0 || errno != EAGAIN) c->phase = AWAITING_END;
                } else {
                    count = receive(c, sink, sizeof sink); // session tickets may still come
                    if (count != -1) c->phase = AWAITING_END;
                }
                if (c->phase == AWAITING_END && mode == PACED) fail(c, "a connection was closed between two requests");
                return;
        }
    }
}

static void wait_for_events(int milliseconds) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poll_descriptor, events, EVENTS, milliseconds);
    for (int i = 0; i < count; i++) advance(events[i].data.ptr);
}

static int run_new(void) {
    for (int i = 0; i < connection_count; i++) connect_anew(&connections[i]);
    started = now();
    while (now() - started < duration && failures < 1000) wait_for_events(100);
    printf("%.1f\n", (double)answered / (now() - started));
    return failures == 0 && answered > 0;
}

static int ascending(const void *left, const void *right) {
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}
static double quantile(double share) {
    long index = (long)(share * (double)answered);
    return (double)latencies[index < answered ? index : answered - 1] * 1e6;
}

static const char *histogram_path;

// Bounds of 1, 2 and 5 times the powers of ten: an eye can compare them, and ten seconds are in reach. Latencies are in order.
static void write_histogram(void) {
    FILE *file = fopen(histogram_path, "a");
    if (file == NULL) {
        snprintf(first_failure, sizeof first_failure, "%s: %s", histogram_path, strerror(errno));
        failures++;
        return;
    }
    long next = 0;
    for (long power = 10; power <= 10000000; power *= 10) {
        for (int step = 0; step < 3; step++) {
            long bound = power * (step == 0 ? 1 : step == 1 ? 2 : 5), from = next;
            while (next < answered && (double)latencies[next] * 1e6 <= (double)bound) next++;
            fprintf(file, "%ld %ld\n", bound, next - from);
        }
    }
    fclose(file);
}

static int run_paced(void) {
    long total = (long)(rate * duration);
    latencies = calloc((size_t)total + (size_t)connection_count + 1, sizeof *latencies);
    // Every connection is opened by a request that does not count.
    for (int i = 0; i < connection_count; i++) {
        connections[i].due = now();
        connect_anew(&connections[i]);
    }
    for (double from = now(); resting_count < connection_count && failures == 0 && now() - from < 30;) wait_for_events(10);
    if (resting_count < connection_count) return 0;
    answered = 0;
    started = now();
    // The loop never sleeps: a timer's granularity would count as the server's.
    while (answered + failures < total && failures < 1000) {
        double time = now();
        if (time - started > duration + 30) {
            snprintf(first_failure, sizeof first_failure, "%ld requests were not answered 30 s after the last was due", total - answered);
            failures++;
            break;
        }
        due_count = (long)((time - started) * rate) + 1;
        if (due_count > total) due_count = total;
        while (assigned_count < due_count && resting_count > 0) {
            struct connection *c = &connections[resting[--resting_count]];
            if (c->phase != RESTING) continue;
            c->due = started + (double)assigned_count++ / rate;
            begin_request(c);
            advance(c);
        }
        wait_for_events(0);
    }
    double took = now() - started;
    if (answered == 0) return 0;
    qsort(latencies, (size_t)answered, sizeof *latencies, ascending);
    printf("%.1f %.0f %.0f %.0f %.0f\n", (double)answered / took, quantile(0.5), quantile(0.99), quantile(0.999), (double)latencies[answered - 1] * 1e6);
    if (histogram_path != NULL) write_histogram();
    return failures == 0;
}

static int run_idle(void) {
    int next = 0;
    while (opened + (int)failures < connection_count) {
        while (next < connection_count && opening < OPENING) {
            opening++;
            connect_anew(&connections[next++]);
        }
        wait_for_events(1000);
        if (opening == 0 && next == connection_count) break;
    }
    printf("open %d\n", opened);
    fflush(stdout);
    struct pollfd input = { .fd = 0, .events = POLLIN };
    do poll(&input, 1, -1);
    while (read(0, request, sizeof request) > 0);
    wait_for_events(0);
    int closed = 0;
    for (int i = 0; i < connection_count; i++) {
        if (connections[i].phase == RESTING) advance(&connections[i]);
        closed += connections[i].phase != RESTING;
    }
    printf("closed %d\n", closed);
    return failures == 0;
}

static int usage(void) {
    fprintf(stderr, "Usage: viewer new|paced|idle URL HOST CONNECTIONS [SECONDS [RATE [HISTOGRAM]]]\n");
    return 2;
}

int main(int argc, char **argv) {
    char scheme[8], ip[64], path[256] = "";
    int port;
    if (argc < 5 || sscanf(argv[2], "%7[a-z]://%63[0-9.]:%d%255s", scheme, ip, &port, path) < 3) return usage();
    mode = strcmp(argv[1], "new") == 0 ? NEW : strcmp(argv[1], "paced") == 0 ? PACED : IDLE;
    if (mode == PACED && argc == 8) histogram_path = argv[--argc];
    if (argc != (mode == NEW ? 6 : mode == PACED ? 7 : 5)) return usage();
    connection_count = atoi(argv[4]);
    duration = mode == IDLE ? 0 : atof(argv[5]);
    rate = mode == PACED ? atof(argv[6]) : 0;
    address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    inet_pton(AF_INET, ip, &address.sin_addr);
    request_length = (size_t)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n", path, argv[3], mode == NEW ? "Connection: close\r\n" : "");
    if (request_length >= sizeof request || connection_count <= 0) return usage();
    if (strcmp(scheme, "https") == 0) {
        context = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
        SSL_CTX_set1_groups_list(context, "X25519:P-256");
        SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384");
        // A connection that rests gives its buffers back, and a write may be repeated from where it stopped.
        SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    }
    signal(SIGPIPE, SIG_IGN);
    poll_descriptor = epoll_create1(0);
    connections = calloc((size_t)connection_count, sizeof *connections);
    resting = calloc((size_t)connection_count, sizeof *resting);
    int good = mode == NEW ? run_new() : mode == PACED ? run_paced() : run_idle();
    if (!good) fprintf(stderr, "viewer: %ld answered, %ld failed%s%s\n", answered, failures, failures > 0 ? ", first: " : "", first_failure);
    return good ? 0 : 1;
}
