/*
 * Questions to the DNS, for `telemachus check`: what others see of a domain.  Plain answers, one try after another, a few seconds
 * at most.
 *
 * Wrong place? What an answer means for mail: mail/mail_domain.h.
 */
#ifndef TELEMACHUS_OS_DNS_H
#define TELEMACHUS_OS_DNS_H

#include "base/err.h"
#include "base/text.h"

enum dns_type { DNS_TXT, DNS_MX };

/* TXT: the strings of one record put together; MX: "10 mail.example.org".  As they came, control characters as '?'. */
struct dns_answers { size_t n; struct text *row; };

struct dns;

/* server: "127.0.0.1:5353" (IPv4), or NULL for the resolver of this machine.  Lives in a until dns_close(). */
struct err dns_open(struct arena *a, const char *server, struct dns **out);
void dns_close(struct dns *d);

/* No such name, or none of that type: OK with n 0.  Upstream when nobody answers. */
struct err dns_ask(struct dns *d, struct arena *a, const char *name, enum dns_type type, struct dns_answers *out);

/* The answers in the bytes of one reply; false if they are none. */
bool dns_read(struct arena *a, const unsigned char *reply, size_t n, enum dns_type type, struct dns_answers *out);

#endif
