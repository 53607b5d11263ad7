/*
 * What a coordinator changes in a cohort that there is: dates, words, help, and the proof that mail
 * arrives.
 */
#include "base/app.h"
#include "gatherings/gatherings.h"
#include "html/html.h"
#include "journeys/journeys.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"
#include "people/people.h"
#include "programmes/programmes.mail.h"
#include "programmes/programmes.sql.h"
#include "programmes/programmes_parts.h"
#include "programmes/programmes_view.h"

#include <string.h>

/* ---- dates ---- */

struct err programmes_shift(struct tx *tx, const struct programmes_cohort *c, int64_t days)
{
        struct programmes_phase_list phases;
        int64_t today = zone_day(c->zone, tx_now(tx));
        int64_t past = today < c->launch_day ? today : c->launch_day - 1;

        TRY(programmes_phases(tx, c, &phases));
        for (size_t i = 0; i < phases.n; i++) {
                const struct programmes_phase *p = &phases.row[i];
                int64_t from = p->from_day > past ? p->from_day + days : p->from_day;
                int64_t until = p->until_day > past ? p->until_day + days : p->until_day;
                TRY(programmes_phase_set(tx, c->id, p->ordinal, from,
                                         until > from ? until : from + 1));
        }
        TRY(programmes_cohort_dates(tx, c->id, c->launch_day + days, c->end_day + days));
        return gatherings_follow(tx, c->id, days);
}

struct err programmes_move_launch(struct tx *tx, const struct who *who, int64_t cohort,
                                  int64_t launch_day)
{
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        if (c.launched_at.has)
                return FAIL(ERR_CONFLICT, "This cohort has been launched",
                            "Move single phases instead");
        if (launch_day <= zone_day(c.zone, tx_now(tx)))
                return FAIL_AT(ERR_INVALID, "The launch must lie in the future", "launch_day",
                               "Choose a later day");
        if (launch_day == c.launch_day)
                return OK;
        TRY(programmes_shift(tx, &c, launch_day - c.launch_day));
        TRY(journeys_launched(tx, cohort));
        return people_audit(tx, who, "cohort.launch_day", 0, cohort, "");
}

static const struct programmes_phase *phase_at(const struct programmes_phase_list *list,
                                               int64_t ordinal)
{
        for (size_t i = 0; i < list->n; i++)
                if (list->row[i].ordinal == ordinal)
                        return &list->row[i];
        return NULL;
}

/* Whatever ended where this phase began now ends where it begins. */
static struct err move_ends(struct tx *tx, int64_t cohort, const struct programmes_phase_list *list,
                            const struct programmes_phase *moved, int64_t from_day)
{
        for (size_t i = 0; i < list->n; i++) {
                const struct programmes_phase *p = &list->row[i];
                if (p == moved || p->until_day != moved->from_day)
                        continue;
                if (p->from_day >= from_day)
                        return FAIL_AT(ERR_INVALID,
                                       "The phase before it would be over before it begins",
                                       "from_day", "Choose a later day, or move that phase first");
                TRY(programmes_phase_end(tx, cohort, p->ordinal, from_day));
        }
        return OK;
}

struct err programmes_move_phase(struct tx *tx, const struct who *who, int64_t cohort,
                                 int64_t ordinal, int64_t from_day)
{
        struct programmes_phase_list list;
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(programmes_phases(tx, &c, &list));
        const struct programmes_phase *p = phase_at(&list, ordinal);
        if (!p)
                return FAIL(ERR_ABSENT, "There is no such phase", "Choose one from the list");
        if (from_day == p->from_day)
                return OK;
        if (p->from_day == c.launch_day)
                return FAIL_AT(ERR_INVALID, "This phase begins with the launch", "from_day",
                               "Move the launch instead");
        if (from_day >= p->until_day)
                return FAIL_AT(ERR_INVALID, "The phase would be over before it begins", "from_day",
                               "Choose an earlier day, or move the next phase first");
        TRY(move_ends(tx, cohort, &list, p, from_day));
        TRY(programmes_phase_move(tx, cohort, ordinal, from_day, p->until_day));
        return people_audit(tx, who, "phase.move", 0, cohort, text_c(tx_arena(tx), p->pack->key));
}

/* ---- what it is for ---- */

enum { MOST_WORDS = 2000 };

struct err programmes_write_success(struct tx *tx, const struct who *who, int64_t cohort,
                                    struct text purpose, struct text success)
{
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        purpose = text_trim(purpose);
        success = text_trim(success);
        if (purpose.n > 4 * MOST_WORDS || success.n > 4 * MOST_WORDS)
                return FAIL_AT(ERR_INVALID, "This is too long to be read", "success",
                               "Half a page is enough");
        if (text_equal(success, c.success))
                return programmes_cohort_purpose(tx, cohort, purpose.p ? purpose : TEXT(""));
        if (c.launched_at.has)
                return FAIL(ERR_CONFLICT, "This cohort has been launched",
                            "What success means can no longer change");
        TRY(programmes_cohort_success(tx, cohort, purpose.p ? purpose : TEXT(""),
                                      success.p ? success : TEXT("")));
        return people_audit(tx, who, "success.write", 0, cohort, "");
}

struct err programmes_sign_success(struct tx *tx, const struct who *who, int64_t cohort)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(people_must_have(tx, who, ROLE_SPONSOR, c.programme));
        if (!who->person || who->person == c.coordinator ||
            (c.deputy.has && who->person == c.deputy.v))
                return FAIL(ERR_FORBIDDEN, "Who runs the cohort cannot sign what its success means",
                            "Ask the sponsor");
        if (text_empty(text_trim(c.success)))
                return FAIL(ERR_CONFLICT, "There is nothing to sign yet",
                            "Ask the coordinator to write it first");
        if (c.success_signed_at.has)
                return OK;
        TRY(programmes_cohort_signed(tx, cohort, who->person, tx_now(tx)));
        return people_audit(tx, who, "success.sign", 0, cohort, "");
}

struct err programmes_sponsored(struct tx *tx, const struct who *who,
                                struct programmes_cohort_list *out)
{
        struct programmes_cohort_sponsored_by_list rows;

        TRY(programmes_cohort_sponsored_by(tx, who->person, &rows));
        *out = (struct programmes_cohort_list) {
                .row = arena_array(tx_arena(tx), struct programmes_cohort, rows.n)};
        for (; out->n < rows.n; out->n++)
                TRY(programmes_cohort(tx, rows.row[out->n].id, &out->row[out->n]));
        return OK;
}

struct err programmes_set_help(struct tx *tx, const struct who *who, int64_t cohort,
                               const struct programmes_help *in)
{
        TRY(programmes_staff(tx, who, cohort));
        if (text_empty(text_trim(in->name)))
                return FAIL_AT(ERR_INVALID, "People want to know who helps", "help_name",
                               "A first name is enough");
        if (!memchr(in->email.p ? in->email.p : "", '@', in->email.n))
                return FAIL_AT(ERR_INVALID, "This is not a mail address", "help_email",
                               "Write it like ana@example.org");
        if (in->staff_hours <= 0 || in->staff_hours > 400)
                return FAIL_AT(ERR_INVALID, "The staff hours a week are missing", "staff_hours",
                               "Say how many hours there really are");
        TRY(programmes_cohort_help(tx, cohort, text_trim(in->name), text_trim(in->email),
                                   text_empty(in->phone) ? TEXT_ABSENT : text_trim(in->phone),
                                   in->staff_hours));
        return people_audit(tx, who, "cohort.help", 0, cohort, "");
}

/* ---- does mail arrive? ---- */

enum { SECRET_BYTES = 32 };

static struct text hash_of(struct arena *a, struct text secret)
{
        unsigned char *hash = arena_alloc(a, HASH_BYTES);

        keys_hash(secret, hash);
        return (struct text) {(const char *)hash, HASH_BYTES};
}

static struct err send_proof(struct tx *tx, int64_t person, struct text path, int64_t cohort)
{
        struct arena *a = tx_arena(tx);
        struct programmes_proof_letter v;
        struct people_person p;
        struct letter_text words;
        struct out o = out_new(a, 1024);
        int64_t id;

        TRY(people_get(tx, person, &p));
        v.first_name = p.first_name;
        v.url = text_format(a, "%s%s", tx_app(tx)->config->base_url, path.p);
        programmes_proof_mail(
                &(struct page) {.out = &o, .locale = p.locale, .zone = p.zone, .now = tx_now(tx)},
                &words, &v);
        return mail_post(tx,
                         &(struct letter) {.to = p.id,
                                           .address = p.email,
                                           .name = p.first_name,
                                           .locale = p.locale,
                                           .class = MAIL_EVENT,
                                           .rule = "mail-proof",
                                           .anchor = text_format(a, "%lld", (long long)random_id()),
                                           .subject = words.subject,
                                           .body = words.body,
                                           .cohort = cohort},
                         &id);
}

struct err programmes_ask_mail_proof(struct tx *tx, const struct who *who, int64_t cohort,
                                     struct text *path)
{
        unsigned char bytes[SECRET_BYTES];
        struct arena *a = tx_arena(tx);

        TRY(programmes_staff(tx, who, cohort));
        if (!who->person)
                return FAIL(ERR_FORBIDDEN, "A test mail goes to a person", "Sign in first");
        random_bytes(bytes, sizeof bytes);
        struct text secret = base64url_encode(a, bytes, sizeof bytes);
        TRY(programmes_proof_insert(tx, hash_of(a, secret), cohort, who->person, tx_now(tx)));
        *path = text_format(a, "/desk/cohort/mail-proof/%s", secret.p);
        return send_proof(tx, who->person, *path, cohort);
}

struct err programmes_prove_mail(struct tx *tx, struct text secret)
{
        struct text hash = hash_of(tx_arena(tx), secret);
        struct programmes_proof_row row;
        bool found;

        TRY(programmes_proof_row(tx, hash, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "This link is not one of ours",
                            "Send yourself another test mail");
        return programmes_proof_use(tx, hash, tx_now(tx));
}
