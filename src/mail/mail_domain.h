/*
 * Whether others will believe our mail: what the DNS says of the sender's domain (MX, SPF, DKIM, DMARC), judged, and the record to
 * publish in words that can be copied.  The judgements are pure; only mail_domain_look() asks.
 *
 * DKIM signatures are the work of the mail server that takes our mail: it has the key, and this program never sees it.
 *
 * Wrong place? Whether that server takes our mail at all: mail_prove() in mail/mail.h.
 */
#ifndef TELEMACHUS_MAIL_MAIL_DOMAIN_H
#define TELEMACHUS_MAIL_MAIL_DOMAIN_H

#include "base/arena.h"
#include "os/config.h"
#include "os/dns.h"

/* FINE; ADVICE: mail goes, but better is possible; WRONG: mail will be refused or taken for spam. */
enum finding_level { FINDING_FINE, FINDING_ADVICE, FINDING_WRONG };

struct finding {
        enum finding_level level;
        const char *part;               /* "SPF of example.org" */
        struct text what;               /* a sentence */
        struct text next;               /* what to do, with the record to publish; absent when fine */
};
struct findings { size_t n; struct finding row[8]; };

/*
 * Asks about the domain of mail_from and, if it is another one, of mail_reply_domain.  Upstream if the DNS does not answer.
 * A domain that is none of the internet's (localhost, .test, .invalid, .local) is not asked about: n is 0.
 */
struct err mail_domain_look(struct arena *a, const struct config *c, struct dns *dns, struct findings *out);

/* The judgements, on what was found; each appends one finding. */
void mail_judge_mx(struct arena *a, const char *domain, const struct dns_answers *mx, struct findings *out);
/* lookups: what the record and those it includes cost a receiver, who stops at ten. */
void mail_judge_spf(struct arena *a, const char *domain, const char *relay, const struct dns_answers *txt, int lookups,
                    struct findings *out);
void mail_judge_dkim(struct arena *a, const char *domain, const char *selector, const struct dns_answers *txt,
                     struct findings *out);
void mail_judge_dmarc(struct arena *a, const char *domain, const struct dns_answers *txt, struct findings *out);

/* Of one SPF record: how many of its terms make a receiver ask again, and the domains it includes. */
int mail_spf_terms(struct arena *a, struct text record, struct dns_answers *includes);
/* The value of a tag of a DKIM or DMARC record, "p" in "v=DMARC1; p=none"; absent if it is not there. */
struct text mail_tag(struct text record, const char *tag);

#endif
