#include "matching/matching_work.h"

#include "care/care.h"
#include "html/letter.h"
#include "mail/mail.h"
#include "matching/matching.sql.h"
#include "matching/matching_desk.h"
#include "matching/matching_dossier.h"
#include "matching/matching_hand.h"
#include "matching/matching_letter.h"
#include "matching/matching_letter.mail.h"
#include "matching/matching_lists.h"
#include "matching/matching_work.sql.h"
#include "people/people.h"

#include <string.h>

enum {
        LINE = MATCHING_MANAGER | MATCHING_MANAGERS_MANAGER | MATCHING_SAME_MANAGER | MATCHING_SAME_TEAM,
        WORK = LINE | MATCHING_SAME_FUNCTION | MATCHING_LEVEL_GAP,
        SHOWN_DAYS = 14, DAY_S = 86400,
};

#define LEFT "left"     /* beside the names of rules */

/* ---- looking ahead ---- */

static void take(struct text *now, struct text said)
{
        if (said.n)
                *now = text_is(said, "-") ? TEXT_ABSENT : said;
}

/* Whoever reports to somebody with a new manager has a new one above that. */
static void take_above(const struct matching_profiles *all, const struct matching_newer *n)
{
        for (size_t i = 0; n->manager_email.n && n->email.n && i < all->n; i++)
                if (text_equal(all->p[i].manager_email, n->email))
                        take(&all->p[i].managers_manager_email, n->manager_email);
}

static void look_ahead(const struct matching_profiles *all, const struct matching_newer *newer, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                struct matching_profile *p = matching_profiles_find(all, newer[i].person);
                if (!p)
                        continue;
                if (newer[i].manager_email.n && !text_equal(p->manager_email, newer[i].manager_email))
                        p->managers_manager_email = TEXT_ABSENT;
                take(&p->manager_email, newer[i].manager_email);
                take(&p->team, newer[i].team);
                take(&p->function, newer[i].profession);
                take(&p->grade, newer[i].grade);
        }
        for (size_t i = 0; i < n; i++)
                take_above(all, &newer[i]);
        for (size_t i = 0; i < n; i++) {
                struct matching_profile *p = matching_profiles_find(all, newer[i].person);
                if (p)
                        take(&p->managers_manager_email, newer[i].managers_manager_email);
        }
}

/* ---- what is broken ---- */

static enum matching_rule rule_broken(const struct matching_profiles *all, const struct matching_weights *w, const struct matching_work_rows *r)
{
        const struct matching_profile *mentee = matching_profiles_find(all, r->mentee), *mentor = matching_profiles_find(all, r->mentor);
        struct matching_facts facts = {0};
        struct matching_fit fit = {0};

        if (!mentee || !mentor)
                return 0;
        matching_rules_hard(mentee, mentor, &facts, w, &fit);
        unsigned broken = fit.forbidden & (unsigned)(r->pair ? LINE : WORK);
        return (enum matching_rule)(broken & -broken);
}

struct err matching_work_broken(struct tx *tx, int64_t cohort, const struct matching_newer *newer, size_t n, struct matching_broken_list *out)
{
        struct matching_work_rows_list rows;
        struct matching_profiles all;
        struct matching_weights weights;
        struct programmes_cohort c;

        TRY(matching_work_rows(tx, cohort, &rows));
        *out = (struct matching_broken_list) {.row = arena_array(tx_arena(tx), struct matching_broken, rows.n + 1)};
        if (rows.n == 0)
                return OK;
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_profiles(tx, &c, &all));
        TRY(matching_weights_of(tx, cohort, &weights));
        look_ahead(&all, newer, n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct matching_work_rows *r = &rows.row[i];
                enum matching_rule rule = rule_broken(&all, &weights, r);
                if (rule)
                        out->row[out->n++] = (struct matching_broken) {
                                .cohort = cohort, .proposal = r->proposal, .pair = r->pair, .mentor = r->mentor, .mentee = r->mentee,
                                .rule = matching_rule_words(rule), .code = matching_rule_name(rule), .state = r->state,
                                .mentor_name = r->mentor_name, .mentee_name = r->mentee_name};
        }
        return OK;
}

/* ---- acting on it ---- */

/* left: their partner has left the cohort. */
static struct err tell(struct tx *tx, const struct programmes_cohort *c, int64_t proposal, int64_t person, struct text partner, bool mentor, bool left)
{
        struct arena *a = tx_arena(tx);
        struct people_person p, staff;
        struct out out = out_new(a, 1024);
        struct letter_text words;
        int64_t id;

        TRY(people_get(tx, person, &p));
        TRY(people_get(tx, c->coordinator, &staff));
        matching_taken_back_mail(&(struct page) {.out = &out, .locale = p.locale, .zone = p.zone, .now = tx_now(tx)}, &words,
                                 &(struct matching_letter) {p.first_name, partner, staff.first_name, mentor, left});
        return mail_post(tx, &(struct letter) {
                .to = p.id, .address = p.email, .name = p.first_name, .locale = p.locale, .class = MAIL_EVENT, .rule = "taken-back",
                .anchor = text_format(a, "proposal:%lld:%lld", (long long)proposal, (long long)person), .subject = words.subject,
                .body = words.body, .from_name = staff.first_name, .reply_to = c->help_email, .cohort = c->id}, &id);
}

static bool is_sent(struct text state) { return text_is(state, "published") || text_is(state, "accepted"); }

/* Who has said no already is not told that it is off. */
static struct err take_back(struct tx *tx, const struct who *who, const struct programmes_cohort *c, const struct matching_broken *b)
{
        bool sent = is_sent(b->state);

        TRY(matching_set_state(tx, b->proposal, TEXT("dropped")));
        TRY(matching_withdraw(tx, b->proposal, c->id, text_of(b->code), b->state, tx_now(tx)));
        if (sent) {
                TRY(tell(tx, c, b->proposal, b->mentor, b->mentee_name, true, false));
                TRY(tell(tx, c, b->proposal, b->mentee, b->mentor_name, false, false));
        }
        return people_audit(tx, who, "matching.withdraw", b->mentee, b->proposal, b->code);
}

static struct err flag_pairs(struct tx *tx, int64_t cohort, const struct matching_broken_list *all)
{
        struct care_forbidden *row = arena_array(tx_arena(tx), struct care_forbidden, all->n + 1);
        size_t n = 0;

        for (size_t i = 0; i < all->n; i++)
                if (all->row[i].pair)
                        row[n++] = (struct care_forbidden) {all->row[i].pair, text_of(all->row[i].code)};
        return care_flag_forbidden(tx, cohort, row, n);
}

struct err matching_work_recheck(struct tx *tx, const struct who *who, int64_t cohort, struct matching_broken_list *out)
{
        struct programmes_cohort c;
        bool sent = false;

        TRY(matching_work_broken(tx, cohort, NULL, 0, out));
        TRY(programmes_cohort(tx, cohort, &c));
        for (size_t i = 0; i < out->n; i++) {
                if (!out->row[i].proposal)
                        continue;
                TRY(take_back(tx, who, &c, &out->row[i]));
                sent |= is_sent(out->row[i].state);
        }
        TRY(flag_pairs(tx, cohort, out));
        return sent ? matching_refill_soon(tx, cohort) : OK;
}

struct err matching_take_back_of(struct tx *tx, const struct who *who, int64_t cohort, int64_t person)
{
        struct matching_work_rows_list rows;
        struct programmes_cohort c;
        bool sent = false;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_work_rows(tx, cohort, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                const struct matching_work_rows *r = &rows.row[i];
                if (!r->proposal || (r->mentor != person && r->mentee != person))
                        continue;
                TRY(matching_set_state(tx, r->proposal, TEXT("dropped")));
                TRY(matching_withdraw(tx, r->proposal, cohort, TEXT(LEFT), r->state, tx_now(tx)));
                if (is_sent(r->state))
                        TRY(tell(tx, &c, r->proposal, r->mentor == person ? r->mentee : r->mentor,
                                 r->mentor == person ? r->mentor_name : r->mentee_name, r->mentor != person, true));
                TRY(people_audit(tx, who, "matching.withdraw", r->mentee, r->proposal, LEFT));
                sent |= is_sent(r->state);
        }
        return sent ? matching_refill_soon(tx, cohort) : OK;
}

struct err matching_put_back_of(struct tx *tx, int64_t cohort, int64_t person)
{
        struct matching_left_rows_list rows;

        TRY(matching_left_rows(tx, cohort, person, TEXT(LEFT), &rows));
        for (size_t i = 0; i < rows.n; i++) {
                int64_t room;
                TRY(matching_room(tx, cohort, rows.row[i].mentor, &room));
                if (rows.row[i].others == 0 && room > 0)
                        TRY(matching_set_state(tx, rows.row[i].proposal, rows.row[i].was));
                TRY(matching_withdrawn_forget(tx, rows.row[i].proposal));
        }
        return OK;
}

static bool holds(const int64_t *ids, size_t n, int64_t id)
{
        for (size_t i = 0; i < n; i++)
                if (ids[i] == id)
                        return true;
        return false;
}

struct err matching_work_recheck_people(struct tx *tx, const struct who *who, const int64_t *person, size_t n, struct matching_broken_list *out)
{
        int64_t cohort[200];
        size_t cohorts = 0;

        *out = (struct matching_broken_list) {0};
        for (size_t i = 0; i < n; i++) {
                struct matching_work_cohorts_list rows;
                TRY(matching_work_cohorts(tx, person[i], &rows));
                for (size_t k = 0; k < rows.n; k++)
                        if (!holds(cohort, cohorts, rows.row[k].cohort) && cohorts < sizeof cohort / sizeof cohort[0])
                                cohort[cohorts++] = rows.row[k].cohort;
        }
        for (size_t i = 0; i < cohorts; i++) {
                struct matching_broken_list one;
                TRY(matching_work_recheck(tx, who, cohort[i], &one));
                struct matching_broken *all = arena_array(tx_arena(tx), struct matching_broken, out->n + one.n + 1);
                if (out->n)
                        memcpy(all, out->row, out->n * sizeof *all);
                if (one.n)
                        memcpy(all + out->n, one.row, one.n * sizeof *all);
                *out = (struct matching_broken_list) {out->n + one.n, all};
        }
        return OK;
}

/* ---- for the table ---- */

static const char *words_of(struct text code)
{
        for (unsigned bit = 1; bit <= MATCHING_LOW_GOALS; bit <<= 1)
                if (text_is(code, matching_rule_name((enum matching_rule)bit)))
                        return matching_rule_words((enum matching_rule)bit);
        return text_is(code, LEFT) ? M_("one of the two has left the cohort") : "";
}

struct err matching_taken_back(struct tx *tx, int64_t cohort, struct matching_taken_back_list *out)
{
        struct matching_withdrawn_rows_list rows;

        TRY(matching_withdrawn_rows(tx, cohort, tx_now(tx) - SHOWN_DAYS * (int64_t)DAY_S, &rows));
        *out = (struct matching_taken_back_list) {.row = arena_array(tx_arena(tx), struct matching_taken_back, rows.n + 1)};
        for (; out->n < rows.n; out->n++) {
                const struct matching_withdrawn_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct matching_taken_back) {
                        .proposal = r->proposal, .at = r->at, .rule = words_of(r->rule), .mentor_name = r->mentor_name,
                        .mentee_name = r->mentee_name, .sent = is_sent(r->was)};
        }
        return OK;
}
