/* Listening sockets, one for each daemon, and how many connections one address may have. */
#include "http/http_inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* one address may be a whole organisation behind a gateway */
enum { BACKLOG = 1024, CONNS_OF_ONE = 256 };

/* ---- addresses ---- */

/* "127.0.0.1:8080", "[::1]:8080", "localhost:0" */
static struct err resolve(const char *listen_on, struct sockaddr_storage *out, socklen_t *n)
{
        char host[256];
        struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                 .ai_socktype = SOCK_STREAM,
                                 .ai_flags = AI_PASSIVE},
                        *found;
        const char *colon = strrchr(listen_on, ':');
        struct text h = {listen_on, colon ? (size_t)(colon - listen_on) : 0};

        if (h.n > 1 && h.p[0] == '[' && h.p[h.n - 1] == ']')
                h = (struct text) {h.p + 1, h.n - 2};
        snprintf(host, sizeof host, "%.*s", (int)h.n, h.p);
        if (!colon || h.n >= sizeof host || getaddrinfo(host, colon + 1, &hints, &found) != 0)
                return FAIL_AT(ERR_INVALID, "The address to listen on is none of this machine",
                               listen_on, "Use ADDRESS:PORT, as in 127.0.0.1:8080");
        memcpy(out, found->ai_addr, found->ai_addrlen);
        *n = found->ai_addrlen;
        freeaddrinfo(found);
        return OK;
}

static int port_of(const struct sockaddr_storage *s)
{
        if (s->ss_family == AF_INET6)
                return ntohs(((const struct sockaddr_in6 *)(const void *)s)->sin6_port);
        return ntohs(((const struct sockaddr_in *)(const void *)s)->sin_port);
}

static int open_listener(struct sockaddr_storage *address, socklen_t *n, bool shared)
{
        int one = 1, fd = socket(address->ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

        if (fd < 0)
                return -1;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        /* accepted sockets inherit it */
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (shared)
                setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
        if (bind(fd, (struct sockaddr *)address, *n) == 0 &&
            (!shared || listen(fd, BACKLOG) == 0) &&
            getsockname(fd, (struct sockaddr *)address, n) == 0)
                return fd;
        int kept = errno;
        close(fd);
        errno = kept;
        return -1;
}

static struct err cannot_listen(const char *listen_on)
{
        if (errno == EADDRINUSE)
                return FAIL_AT(ERR_BUSY, "Another program listens there already", listen_on,
                               "Stop it, or choose another port with --listen");
        return FAIL_AT(ERR_FORBIDDEN, "That address cannot be listened on", listen_on,
                       "Choose an address of this machine and a port above 1023");
}

/*
 * A shared port is open to every program of the same user, so first make sure that nobody has it.
 */
struct err listen_all(struct http *h, const char *listen_on)
{
        struct sockaddr_storage address;
        socklen_t n;

        TRY(resolve(listen_on, &address, &n));
        int probe = open_listener(&address, &n, false);
        if (probe < 0)
                return cannot_listen(listen_on);
        close(probe);
        for (int i = 0; i < h->n_doors; i++) {
                h->doors[i].listener = open_listener(&address, &n, true);
                if (h->doors[i].listener < 0)
                        return cannot_listen(listen_on);
        }
        h->port = port_of(&address);
        return OK;
}

/* ---- open connections by address ---- */

void listen_name_address(const struct sockaddr *s, char ip[INET6_ADDRSTRLEN], bool *loopback)
{
        if (s->sa_family == AF_INET6) {
                const struct sockaddr_in6 *in = (const void *)s;
                if (IN6_IS_ADDR_V4MAPPED(&in->sin6_addr))
                        inet_ntop(AF_INET, &in->sin6_addr.s6_addr[12], ip, INET6_ADDRSTRLEN);
                else
                        inet_ntop(AF_INET6, &in->sin6_addr, ip, INET6_ADDRSTRLEN);
        } else {
                inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)s)->sin_addr, ip,
                          INET6_ADDRSTRLEN);
        }
        *loopback = strcmp(ip, "::1") == 0 || strncmp(ip, "127.", 4) == 0;
}

/*
 * The slot of an address, or an empty one; addresses that find neither share the last one looked
 * at.
 */
static size_t peer_slot(const struct peers *p, const char *ip)
{
        size_t hash = 5381, i = 0;

        for (const char *c = ip; *c; c++)
                hash = hash * 33 + (unsigned char)*c;
        for (size_t step = 0; step < 64; step++) {
                i = (hash + step) % PEERS;
                if (p->slot[i].n == 0 || strcmp(p->slot[i].ip, ip) == 0)
                        break;
        }
        return i;
}

int *listen_count(struct peers *p, const char *ip)
{
        size_t i = peer_slot(p, ip);

        if (p->slot[i].n == 0)
                snprintf(p->slot[i].ip, sizeof p->slot[i].ip, "%s", ip);
        return &p->slot[i].n;
}

/*
 * Emptied slots may let an address count from two slots for a while; the limit is a fence, not a
 * promise.
 */
static bool peer_enter(struct peers *p, const char *ip)
{
        pthread_mutex_lock(&p->lock);
        int *n = listen_count(p, ip);
        bool ok = *n < CONNS_OF_ONE;
        *n += ok;
        pthread_mutex_unlock(&p->lock);
        return ok;
}

void listen_leave(struct peers *p, const char *ip)
{
        pthread_mutex_lock(&p->lock);
        int *n = listen_count(p, ip);
        if (*n > 0)
                (*n)--;
        pthread_mutex_unlock(&p->lock);
}

enum MHD_Result listen_may_enter(void *cls, const struct sockaddr *address, socklen_t n)
{
        struct http *h = cls;
        char ip[INET6_ADDRSTRLEN] = "";
        bool loopback = false;

        (void)n;
        listen_name_address(address, ip, &loopback);
        if (loopback || peer_enter(&h->peers, ip))
                return MHD_YES;
        h->counters.refused_conns++;
        return MHD_NO;
}
