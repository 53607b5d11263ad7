#include "mail/mail_domain.h"

#include <string.h>

enum { SPF_DEPTH = 10, SPF_ENOUGH = 40 };

static const char *domain_of(const char *address)
{
        const char *at = strrchr(address, '@');

        return at ? at + 1 : address;
}

/* Names that no resolver of the internet knows: a try-out, not a mistake. */
static bool is_private(const char *domain)
{
        static const char *const ends[] = {"localhost", "test", "invalid", "local", "localdomain", "internal"};
        const char *last = strrchr(domain, '.');

        last = last ? last + 1 : domain;
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
                if (strcmp(last, ends[i]) == 0)
                        return true;
        return !strchr(domain, '.');
}

/* How often a receiver has to ask, over everything that is included; a circle ends at SPF_ENOUGH. */
static struct err spf_lookups(struct arena *a, struct dns *dns, const struct dns_answers *txt, int depth, int *n)
{
        struct dns_answers includes, inner;

        for (size_t i = 0; i < txt->n; i++) {
                if (!text_starts(txt->row[i], "v=spf1"))
                        continue;
                *n += mail_spf_terms(a, txt->row[i], &includes);
                for (size_t k = 0; k < includes.n && depth < SPF_DEPTH && *n < SPF_ENOUGH; k++) {
                        /* a name with macros in it depends on the mail */
                        if (memchr(includes.row[k].p, '%', includes.row[k].n))
                                continue;
                        TRY(dns_ask(dns, a, text_c(a, includes.row[k]), DNS_TXT, &inner));
                        TRY(spf_lookups(a, dns, &inner, depth + 1, n));
                }
        }
        return OK;
}

/* A policy of the domain above holds for its parts as well; the last two labels are above no domain of anybody's. */
static struct err find_dmarc(struct arena *a, struct dns *dns, const char *domain, struct dns_answers *txt)
{
        for (const char *d = domain; d && strchr(d, '.'); d = strchr(d, '.') + 1) {
                TRY(dns_ask(dns, a, text_format(a, "_dmarc.%s", d).p, DNS_TXT, txt));
                if (txt->n)
                        return OK;
        }
        return OK;
}

static struct err look_at_sender(struct arena *a, const struct config *c, struct dns *dns, const char *domain,
                                 struct findings *out)
{
        struct dns_answers mx, txt, key = {0}, dmarc = {0};
        int lookups = 0;

        TRY(dns_ask(dns, a, domain, DNS_MX, &mx));
        mail_judge_mx(a, domain, &mx, out);
        TRY(dns_ask(dns, a, domain, DNS_TXT, &txt));
        TRY(spf_lookups(a, dns, &txt, 0, &lookups));
        mail_judge_spf(a, domain, c->smtp_host, &txt, lookups, out);
        if (*c->dkim_selector)
                TRY(dns_ask(dns, a, text_format(a, "%s._domainkey.%s", c->dkim_selector, domain).p, DNS_TXT, &key));
        mail_judge_dkim(a, domain, c->dkim_selector, &key, out);
        TRY(find_dmarc(a, dns, domain, &dmarc));
        mail_judge_dmarc(a, domain, &dmarc, out);
        return OK;
}

struct err mail_domain_look(struct arena *a, const struct config *c, struct dns *dns, struct findings *out)
{
        const char *from = domain_of(c->mail_from), *reply = c->mail_reply_domain;
        struct dns_answers mx;

        *out = (struct findings) {0};
        if (!is_private(from))
                TRY(look_at_sender(a, c, dns, from, out));
        if (*reply && strcmp(reply, from) != 0 && !is_private(reply)) {
                TRY(dns_ask(dns, a, reply, DNS_MX, &mx));
                mail_judge_mx(a, reply, &mx, out);
        }
        return OK;
}
