/* What the records of a domain mean for our mail: decides on plain values. */
#include "mail/mail_domain.h"

#include <string.h>
#include <strings.h>

enum { SPF_LOOKUPS_MOST = 10, WEAK_KEY_CHARS = 300 };   /* an RSA key of 1024 bits has 216, one of 2048 has 392 */

static struct finding *add(struct arena *a, struct findings *f, enum finding_level level, const char *part, const char *domain)
{
        struct finding *row = &f->row[f->n++];

        must(f->n <= sizeof f->row / sizeof f->row[0]);
        *row = (struct finding) {.level = level, .part = text_format(a, "%s of %s", part, domain).p};
        return row;
}

static bool starts(struct text t, const char *prefix)
{
        size_t n = strlen(prefix);

        return t.n >= n && strncasecmp(t.p, prefix, n) == 0;
}

/* "v=spf1" and then a space or nothing: "v=spf10" is none. */
static bool is_spf(struct text t) { return starts(t, "v=spf1") && (t.n == 6 || t.p[6] == ' '); }

static size_t count(const struct dns_answers *txt, bool (*is)(struct text), struct text *last)
{
        size_t n = 0;

        for (size_t i = 0; i < txt->n; i++)
                if (is(txt->row[i])) {
                        *last = txt->row[i];
                        n++;
                }
        return n;
}

/* ---- MX ---- */

void mail_judge_mx(struct arena *a, const char *domain, const struct dns_answers *mx, struct findings *out)
{
        struct finding *f = add(a, out, mx->n ? FINDING_FINE : FINDING_WRONG, "MX", domain);

        if (mx->n && !text_is(mx->row[0], "0 .")) {
                f->what = text_format(a, "Answers and returned mail go to %.*s.", (int)mx->row[0].n, mx->row[0].p);
                return;
        }
        f->level = FINDING_WRONG;
        f->what = text_of("No server takes mail for this domain: answers and returned mail are lost, and many receivers refuse "
                          "mail from a domain that cannot be answered.");
        f->next = text_format(a, "Publish: %s. MX 10 NAME-OF-YOUR-MAIL-SERVER.", domain);
}

/* ---- SPF ---- */

/* The mechanism without its sign, "include:x" of "+include:x". */
static struct text unsigned_term(struct text t)
{
        return t.n && strchr("+-~?", t.p[0]) ? (struct text) {t.p + 1, t.n - 1} : t;
}

static bool is_term(struct text t, const char *name)
{
        size_t n = strlen(name);

        return starts(t, name) && (t.n == n || t.p[n] == ':' || t.p[n] == '/' || t.p[n] == '=');
}

int mail_spf_terms(struct arena *a, struct text record, struct dns_answers *includes)
{
        static const char *const asks[] = {"include", "a", "mx", "ptr", "exists", "redirect"};
        struct text rest = record, value;
        int n = 0;

        *includes = (struct dns_answers) {.row = arena_array(a, struct text, record.n / 2 + 1)};
        while (rest.p) {
                struct text term = unsigned_term(text_cut(rest, ' ', &rest));
                for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++)
                        n += is_term(term, asks[i]);
                if (is_term(term, "include"))
                        text_cut(term, ':', &value);
                else if (is_term(term, "redirect"))
                        text_cut(term, '=', &value);
                else
                        continue;
                if (value.n)
                        includes->row[includes->n++] = value;
        }
        return n;
}

/* The sign of "all": '-', '~', '?', '+', or 0 when the record says nothing about everybody else. */
static char all_of(struct text record)
{
        struct text rest = record;

        while (rest.p) {
                struct text term = text_cut(rest, ' ', &rest);
                if (term.n == 3 && starts(term, "all"))
                        return '+';
                if (term.n == 4 && starts((struct text) {term.p + 1, 3}, "all"))
                        return term.p[0];
                if (starts(term, "redirect="))
                        return '-';     /* the other record says it */
        }
        return 0;
}

static struct text spf_to_publish(struct arena *a, const char *domain, const char *relay)
{
        bool here = !*relay || strcmp(relay, "localhost") == 0 || strncmp(relay, "127.", 4) == 0;

        if (here)
                return text_format(a, "Publish: %s. TXT \"v=spf1 ip4:ADDRESS-OF-THIS-MACHINE mx ~all\"", domain);
        return text_format(a, "Publish what your mail provider names, often: %s. TXT \"v=spf1 include:SPF-NAME-OF-%s ~all\"", domain,
                           relay);
}

void mail_judge_spf(struct arena *a, const char *domain, const char *relay, const struct dns_answers *txt, int lookups,
                    struct findings *out)
{
        struct text record = TEXT_ABSENT;
        size_t n = count(txt, is_spf, &record);
        char all = n == 1 ? all_of(record) : 0;
        struct finding *f = add(a, out, FINDING_WRONG, "SPF", domain);

        if (n == 0) {
                f->what = text_of("The domain does not say which servers may send its mail, so receivers trust none.");
                f->next = spf_to_publish(a, domain, relay);
        } else if (n > 1) {
                f->what = text_of("There is more than one SPF record; receivers take that for none.");
                f->next = text_of("Put them together into one TXT record that begins with v=spf1.");
        } else if (lookups > SPF_LOOKUPS_MOST) {
                f->what = text_format(a, "The record makes receivers ask the DNS %d times; they stop at ten and take it for broken.",
                                      lookups);
                f->next = text_of("Leave out includes of services that you no longer use.");
        } else if (all == '+') {
                f->what = text_of("The record ends in +all: anybody may send in your name.");
                f->next = text_of("End it with ~all instead.");
        } else if (all == 0 || all == '?') {
                f->level = FINDING_ADVICE;
                f->what = text_of("The record does not say what holds for all other servers.");
                f->next = text_of("End it with ~all.");
        } else {
                f->level = FINDING_FINE;
                f->what = text_format(a, "%.*s", record.n > 200 ? 200 : (int)record.n, record.p);
        }
}

/* ---- DKIM and DMARC: "tag=value; tag=value" ---- */

struct text mail_tag(struct text record, const char *tag)
{
        struct text rest = record, value;

        while (rest.p) {
                struct text name = text_trim(text_cut(text_cut(rest, ';', &rest), '=', &value));
                if (value.p && name.n == strlen(tag) && strncasecmp(name.p, tag, name.n) == 0)
                        return text_trim(value);
        }
        return TEXT_ABSENT;
}

/* A record without v= is one as well. */
static bool is_dkim(struct text t) { return mail_tag(t, "p").p && (starts(t, "v=DKIM1") || !mail_tag(t, "v").p); }

void mail_judge_dkim(struct arena *a, const char *domain, const char *selector, const struct dns_answers *txt,
                     struct findings *out)
{
        struct text record = TEXT_ABSENT;
        struct finding *f = add(a, out, FINDING_ADVICE, "DKIM", domain);

        if (!*selector) {
                f->what = text_of("Your mail server signs, not this program; under which selector is not known here, so the key could "
                                  "not be looked at.");
                f->next = text_of("Ask your provider for the selector (it stands as s= in the DKIM-Signature of a mail that has "
                                  "arrived) and set dkim_selector.");
                return;
        }
        if (count(txt, is_dkim, &record) == 0) {
                f->level = FINDING_WRONG;
                f->what = text_format(a, "There is no key under the selector %s, so signatures cannot be checked.", selector);
                f->next = text_format(a, "Publish the record that your mail server shows for its key: %s._domainkey.%s. TXT "
                                      "\"v=DKIM1; k=rsa; p=...\"", selector, domain);
                return;
        }
        struct text key = mail_tag(record, "p"), kind = mail_tag(record, "k");
        if (key.n == 0) {
                f->level = FINDING_WRONG;
                f->what = text_format(a, "The key of the selector %s has been withdrawn (p= is empty).", selector);
                f->next = text_of("Let your mail server make a new key, and publish it.");
        } else if ((!kind.p || text_is(kind, "rsa")) && key.n < WEAK_KEY_CHARS) {
                f->what = text_of("The key has 1024 bits or fewer; some receivers no longer count it.");
                f->next = text_of("Let your mail server make a key of 2048 bits, and publish it.");
        } else {
                f->level = FINDING_FINE;
                f->what = text_format(a, "The key of the selector %s is there; your mail server signs with it.", selector);
        }
}

static bool is_dmarc(struct text t) { return starts(t, "v=DMARC1"); }

void mail_judge_dmarc(struct arena *a, const char *domain, const struct dns_answers *txt, struct findings *out)
{
        struct text record = TEXT_ABSENT;
        size_t n = count(txt, is_dmarc, &record);
        struct text policy = n == 1 ? mail_tag(record, "p") : TEXT_ABSENT;
        struct finding *f = add(a, out, FINDING_WRONG, "DMARC", domain);

        if (n == 0) {
                f->what = text_of("The domain does not say what receivers should do with mail that fails SPF and DKIM; large ones refuse "
                                  "mail without it.");
                f->next = text_format(a, "Publish: _dmarc.%s. TXT \"v=DMARC1; p=none; rua=mailto:postmaster@%s\"", domain, domain);
        } else if (n > 1) {
                f->what = text_of("There is more than one DMARC record; receivers take that for none.");
                f->next = text_of("Keep one.");
        } else if (text_is(policy, "none")) {
                f->level = mail_tag(record, "rua").n ? FINDING_FINE : FINDING_ADVICE;
                f->what = text_of("Receivers are asked to do nothing (p=none), which is enough to begin with.");
                if (f->level == FINDING_ADVICE)
                        f->next = text_format(a, "Add rua=mailto:postmaster@%s to hear who sends in your name; then change p to "
                                              "quarantine.", domain);
        } else if (text_is(policy, "quarantine") || text_is(policy, "reject")) {
                f->level = FINDING_FINE;
                f->what = text_format(a, "Mail that fails both SPF and DKIM is treated with p=%.*s.", (int)policy.n, policy.p);
        } else {
                f->what = text_of("The record names no policy that receivers know.");
                f->next = text_of("Say p=none, p=quarantine or p=reject.");
        }
}
