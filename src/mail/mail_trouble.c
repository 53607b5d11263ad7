#include "mail/mail_trouble.h"

#include "mail/mail.sql.h"
#include "mail/mail_parts.h"
#include "os/clock.h"

#include <ctype.h>
#include <string.h>

enum { SAID_MOST = 300, PUT_OFF_OFTEN = 4 };

/* ---- what an answer means ---- */

/* "5.1.1" somewhere in a line: class, subject, detail. False: it holds none. */
static bool find_status(struct text said, int part[3])
{
        for (size_t i = 0; i + 4 < said.n; i++) {
                int digits[3] = {0}, n = 0;
                size_t k = i;
                if ((said.p[i] != '4' && said.p[i] != '5') || (i > 0 && (isalnum((unsigned char)said.p[i - 1]) || said.p[i - 1] == '.')))
                        continue;
                while (n < 3 && k < said.n && isdigit((unsigned char)said.p[k])) {
                        for (digits[n] = 0; k < said.n && isdigit((unsigned char)said.p[k]) && digits[n] < 1000; k++)
                                digits[n] = 10 * digits[n] + said.p[k] - '0';
                        n++;
                        if (n < 3 && (k >= said.n || said.p[k++] != '.'))
                                break;
                }
                if (n == 3 && digits[0] < 10 && (k >= said.n || (said.p[k] != '.' && !isdigit((unsigned char)said.p[k])))) {
                        memcpy(part, digits, sizeof digits);
                        return true;
                }
        }
        return false;
}

static bool speaks_of(struct text said, const char *const *words)
{
        char line[SAID_MOST + 1];
        size_t n = said.n < SAID_MOST ? said.n : SAID_MOST;

        memcpy(line, said.n ? said.p : "", n);
        line[n] = 0;
        for (size_t i = 0; words[i]; i++)
                if (strcasestr(line, words[i]))
                        return true;
        return false;
}

static const char *const full[] = {"quota", "mailbox full", "mailbox is full", "full mailbox", "over limit", "insufficient system storage",
                                   "out of storage", "insufficient disk", NULL};
static const char *const not_ours[] = {"relay access denied", "relaying denied", "unable to relay", "authentication required",
                                       "not permitted to relay", NULL};
static const char *const refused[] = {"spam", "blocked", "blacklist", "blocklist", "block list", "blocklisted", "policy", "dmarc", "spf ", "dkim",
                                      "reputation", "spamhaus", "virus", "content rejected", "message rejected", "unsolicited", NULL};
static const char *const unknown[] = {"unknown user", "user unknown", "no such user", "does not exist", "doesn't exist", "not found", "no mailbox",
                                      "unknown recipient", "recipient unknown", "unrouteable", "no such recipient", "invalid recipient",
                                      "mailbox unavailable", "user doesn", "account disabled", "inactive", "no longer", "unknown address",
                                      "address rejected", "host not found", "domain not found", NULL};
static const char *const silent[] = {"timed out", "timeout", "connection refused", "no answer", "not responding", "unreachable",
                                     "retry time", "delivery time expired", "could not connect", NULL};

/* By the enhanced status of RFC 3463; false: it says too little. */
static bool by_status(const int s[3], enum mail_failure *out)
{
        bool permanent = s[0] == 5;

        if (s[1] == 2 && s[2] == 2)
                *out = MAIL_FULL;
        else if (s[1] == 4 && (s[2] == 7 || s[2] == 1))
                *out = MAIL_RELAY;
        else if (!permanent)
                *out = MAIL_TEMPORARY;
        else if (s[1] == 1 || (s[1] == 2 && s[2] == 1) || (s[1] == 4 && s[2] == 4) || s[1] == 4)
                *out = MAIL_UNKNOWN;
        else if (s[1] == 7 || s[1] == 6 || (s[1] == 3 && s[2] == 4) || (s[1] == 2 && s[2] == 3))
                *out = MAIL_REFUSED;
        else
                return false;
        return true;
}

/*
 * Words first where they are plain: servers give 5.7.1 for a full mailbox, and 5.1.1 for spam, but what they write to people
 * they mean.
 */
enum mail_failure mail_judge(int code, struct text said)
{
        enum mail_failure f;
        int status[3] = {0};
        bool has_status = find_status(said, status);
        bool permanent = has_status ? status[0] == 5 : code >= 500;

        if (code == 0 && !has_status)
                return MAIL_RELAY;
        if (speaks_of(said, full))
                return MAIL_FULL;
        if (speaks_of(said, not_ours))
                return MAIL_RELAY;
        if (permanent && speaks_of(said, refused))
                return MAIL_REFUSED;
        if (permanent && speaks_of(said, unknown))
                return MAIL_UNKNOWN;
        if (has_status && by_status(status, &f))
                return f;
        if (!permanent)
                return speaks_of(said, silent) ? MAIL_RELAY : MAIL_TEMPORARY;
        if (code == 552)
                return MAIL_FULL;
        return code == 550 || code == 551 || code == 553 ? MAIL_UNKNOWN : MAIL_REFUSED;
}

/* ---- words ---- */

static const struct { const char *word, *words; } kinds[] = {
        [MAIL_UNKNOWN] = {"unknown", M_("the address does not exist")},
        [MAIL_FULL] = {"full", M_("the mailbox is full")},
        [MAIL_REFUSED] = {"refused", M_("our mails are refused")},
        [MAIL_TEMPORARY] = {"temporary", M_("our mails are put off")},
        [MAIL_RELAY] = {"relay", M_("no mail server answers")},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

const char *mail_failure_word(enum mail_failure f) { return kinds[f].word; }
const char *mail_failure_words(enum mail_failure f) { return kinds[f].words; }

bool mail_failure_of(struct text word, enum mail_failure *out)
{
        for (int f = 0; f < KINDS; f++)
                if (text_is(word, kinds[f].word)) {
                        *out = (enum mail_failure)f;
                        return true;
                }
        return false;
}

struct text mail_failure_remedy(struct arena *a, enum locale l, enum mail_failure f, struct text first_name)
{
        switch (f) {
        case MAIL_UNKNOWN:
                return msg_with(a, l, "Ring {name} and ask for a new address. Our mails wait until it is written down here.", "name", first_name, NULL);
        case MAIL_FULL:
                return msg_with(a, l, "Ring {name}: the mailbox must be emptied. We try again every eight hours for three days.", "name",
                                first_name, NULL);
        case MAIL_REFUSED:
                return msg_with(a, l, "Ask {name} to look in the spam folder and to allow our address; then try again. If it happens to many, "
                                      "whoever runs the mail here should look at SPF and DKIM.", "name", first_name, NULL);
        case MAIL_TEMPORARY:
                return msg_with(a, l, "Nothing to do yet: we try again by ourselves. If {name} waits for something, ring.", "name", first_name, NULL);
        case MAIL_RELAY:
                return msg_with(a, l, "Their mail server was silent for days. Ring {name} and ask for another address, or try again.", "name",
                                first_name, NULL);
        }
        must(!"a failure outside its enum");
}

/* ---- what is remembered ---- */

struct err mail_note(struct tx *tx, struct text address, int64_t person, enum mail_failure f, const char *source, struct text said)
{
        return mail_note_trouble(tx, &(struct mail_note_trouble_in) {
                .address = address, .person = person, .kind = text_of(mail_failure_word(f)), .source = text_of(source),
                .now = tx_now(tx), .stopped = f == MAIL_UNKNOWN, .said = said.p ? text_first_chars(said, SAID_MOST) : TEXT("")});
}

struct err mail_trouble_of(struct tx *tx, int64_t person, bool *found, struct mail_trouble *out)
{
        struct mail_trouble_row r;

        *out = (struct mail_trouble) {0};
        TRY(mail_trouble_row(tx, person, found, &r));
        if (!*found)
                return OK;
        *out = (struct mail_trouble) {.since = r.since, .last_at = r.last_at, .times = r.times, .waiting = r.waiting,
                                      .failed = r.failed, .stopped = r.stopped, .address = r.address, .said = r.said};
        *found = mail_failure_of(r.kind, &out->failure) && (out->failure != MAIL_TEMPORARY || r.times >= PUT_OFF_OFTEN);
        return OK;
}

struct err mail_trouble_of_relay(struct tx *tx, bool *found, struct mail_trouble *out)
{
        struct mail_relay_row r;

        *out = (struct mail_trouble) {0};
        TRY(mail_relay_row(tx, found, &r));
        if (*found)
                *out = (struct mail_trouble) {.failure = MAIL_RELAY, .since = r.since, .last_at = r.last_at, .times = r.times,
                                              .waiting = r.waiting, .said = r.said};
        return OK;
}

struct err mail_try_now(struct tx *tx, int64_t person, struct text address)
{
        int64_t since = tx_now(tx) - MAIL_KEEPS_S;

        TRY(mail_forget_trouble(tx, person));
        TRY(mail_give_up(tx, person, since));
        return mail_try_again(tx, person, address, since, clock_seconds());
}

/* ---- bounces ---- */

static enum mail_failure failure_of(const struct mail_dsn_part *p)
{
        return p->action == DSN_DELAYED ? MAIL_TEMPORARY : mail_judge(p->code, p->said);
}

/* A letter has one recipient, so the worst part of the report is about it. */
static const struct mail_dsn_part *part_of(const struct mail_dsn *dsn)
{
        const struct mail_dsn_part *delayed = NULL;

        for (size_t i = 0; i < dsn->n; i++) {
                if (dsn->row[i].action == DSN_FAILED)
                        return &dsn->row[i];
                if (dsn->row[i].action == DSN_DELAYED)
                        delayed = &dsn->row[i];
        }
        return delayed;
}

struct err mail_file_bounce(struct tx *tx, const struct mail_dsn *dsn, bool *known)
{
        const struct mail_dsn_part *part = part_of(dsn);
        struct mail_by_message_id mail;

        *known = false;
        if (text_empty(dsn->message_id))
                return OK;
        TRY(mail_by_message_id(tx, dsn->message_id, known, &mail));
        if (!*known || !part || text_is(mail.state, "queued"))
                return OK;
        enum mail_failure f = failure_of(part);
        TRY(mail_note(tx, mail.address, mail.person, f, "bounce", part->said));
        if (part->action == DSN_FAILED)
                return mail_mark_bounced(tx, mail.id, text_of(mail_failure_word(f)), text_first_chars(part->said, SAID_MOST));
        return OK;
}
