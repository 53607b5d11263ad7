#include "os/dns.h"

#include "base/arena.h"
#include "base/out.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>

enum { REPLY_BYTES = 16 * 1024, WAIT_S = 3, TRIES = 2, DNS_PORT = 53 };

struct dns { struct __res_state state; };

static bool server_of(const char *words, struct sockaddr_in *to)
{
        char host[64];
        int64_t port = DNS_PORT;
        struct text rest, ip = text_cut(text_of(words), ':', &rest);

        snprintf(host, sizeof host, "%.*s", (int)ip.n, ip.p);
        if (rest.p && (!text_int(rest, &port) || port < 1 || port > 65535))
                return false;
        *to = (struct sockaddr_in) {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
        return inet_pton(AF_INET, host, &to->sin_addr) == 1;
}

struct err dns_open(struct arena *a, const char *server, struct dns **out)
{
        struct dns *d = arena_new_of(a, struct dns);

        if (res_ninit(&d->state) != 0)
                return FAIL(ERR_BROKEN, "The resolver of this machine cannot be set up", "Look at /etc/resolv.conf");
        d->state.retrans = WAIT_S;
        d->state.retry = TRIES;
        if (server) {
                if (!server_of(server, &d->state.nsaddr_list[0])) {
                        res_nclose(&d->state);
                        return FAIL_AT(ERR_INVALID, "This is no address of a DNS server", server, "Say it as in 127.0.0.1:53");
                }
                d->state.nscount = 1;
        }
        *out = d;
        return OK;
}

void dns_close(struct dns *d) { res_nclose(&d->state); }

/* ---- reading a reply ---- */

static struct text printable(struct arena *a, struct out *o)
{
        struct text t = out_get(o);
        char *p = arena_dup(a, t.p, t.n);

        for (size_t i = 0; i < t.n; i++)
                if ((unsigned char)p[i] < ' ' || (unsigned char)p[i] >= 0x7f)
                        p[i] = '?';
        return (struct text) {p, t.n};
}

/* Each string has its length in front. */
static bool read_txt(const ns_rr *rr, struct out *o)
{
        const unsigned char *p = ns_rr_rdata(*rr), *end = p + ns_rr_rdlen(*rr);

        while (p < end) {
                size_t n = *p++;
                if (n > (size_t)(end - p))
                        return false;
                out_bytes(o, p, n);
                p += n;
        }
        return true;
}

static bool read_mx(ns_msg *m, const ns_rr *rr, struct out *o)
{
        char name[NS_MAXDNAME];
        const unsigned char *p = ns_rr_rdata(*rr);

        if (ns_rr_rdlen(*rr) < 3 ||
            dn_expand(ns_msg_base(*m), ns_msg_end(*m), p + 2, name, sizeof name) < 0)
                return false;
        out_format(o, "%d %s", p[0] << 8 | p[1], *name ? name : ".");
        return true;
}

bool dns_read(struct arena *a, const unsigned char *reply, size_t n, enum dns_type type, struct dns_answers *out)
{
        ns_msg m;
        ns_rr rr;

        *out = (struct dns_answers) {0};
        if (n > REPLY_BYTES || ns_initparse(reply, (int)n, &m) != 0)
                return false;
        int count = ns_msg_count(m, ns_s_an);
        out->row = arena_array(a, struct text, (size_t)count + 1);
        for (int i = 0; i < count; i++) {
                struct out o = out_new(a, 128);
                if (ns_parserr(&m, ns_s_an, i, &rr) != 0)
                        return false;
                if (ns_rr_type(rr) != (type == DNS_TXT ? ns_t_txt : ns_t_mx))
                        continue;       /* an alias on the way */
                if (!(type == DNS_TXT ? read_txt(&rr, &o) : read_mx(&m, &rr, &o)))
                        return false;
                out->row[out->n++] = printable(a, &o);
        }
        return true;
}

/* ---- asking ---- */

struct err dns_ask(struct dns *d, struct arena *a, const char *name, enum dns_type type, struct dns_answers *out)
{
        unsigned char *reply = arena_alloc(a, REPLY_BYTES);
        const char *place = arena_dup(a, name, strlen(name));

        *out = (struct dns_answers) {0};
        int n = res_nquery(&d->state, name, ns_c_in, type == DNS_TXT ? ns_t_txt : ns_t_mx, reply, REPLY_BYTES);
        if (n < 0 && (d->state.res_h_errno == HOST_NOT_FOUND || d->state.res_h_errno == NO_DATA))
                return OK;
        if (n < 0 || !dns_read(a, reply, (size_t)n < REPLY_BYTES ? (size_t)n : REPLY_BYTES, type, out))
                return FAIL_AT(ERR_UPSTREAM, "The DNS gives no answer", place,
                               "Look at /etc/resolv.conf, or name another server with --resolver");
        return OK;
}
