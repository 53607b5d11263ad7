/* What a coordinator does with proposals, and how people answer them. */
#include "matching/matching.h"

#include "jobs/jobs.h"
#include "journeys/journeys.h"
#include "matching/matching.sql.h"
#include "matching/matching_dossier.h"
#include "matching/matching_hand.h"
#include "matching/matching_table.sql.h"
#include "matching/matching_lists.h"
#include "matching/matching_next.h"
#include "matching/matching_people.h"
#include "matching/matching_web.h"
#include "people/people.h"

enum { ANSWER_DAYS = 5 };

static struct err row_of(struct tx *tx, int64_t proposal, struct matching_row *out)
{
        bool found;

        TRY(matching_row(tx, proposal, &found, out));
        return found ? OK : FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run");
}

static struct err row_for_staff(struct tx *tx, const struct who *who, int64_t proposal, struct matching_row *out)
{
        TRY(row_of(tx, proposal, out));
        return programmes_staff(tx, who, out->cohort);
}

static bool is_unsent(const struct matching_row *r) { return text_is(r->state, "draft") || text_is(r->state, "locked"); }

static struct err already_sent(void)
{
        return FAIL(ERR_CONFLICT, "This proposal has been sent already", "Wait for the answers, or ring the two");
}

struct err matching_lock(struct tx *tx, const struct who *who, int64_t proposal, bool lock)
{
        struct matching_row r;

        TRY(row_for_staff(tx, who, proposal, &r));
        if (!is_unsent(&r))
                return already_sent();
        TRY(matching_set_state(tx, proposal, lock ? TEXT("locked") : TEXT("draft")));
        return people_audit(tx, who, lock ? "matching.lock" : "matching.unlock", r.mentee, proposal, "");
}

struct err matching_edit(struct tx *tx, const struct who *who, int64_t proposal, int64_t mentor, struct text reason)
{
        struct matching_fit fit;
        struct matching_row r;
        bool ruled_out;

        TRY(row_for_staff(tx, who, proposal, &r));
        if (!is_unsent(&r))
                return already_sent();
        TRY(matching_need_reason(reason));
        if (mentor == 0) {
                TRY(matching_set_state(tx, proposal, TEXT("dropped")));
                return people_audit(tx, who, "matching.drop", r.mentee, proposal, "");
        }
        TRY(matching_is_ruled_out(tx, r.cohort, mentor, r.mentee, &ruled_out));
        if (ruled_out)
                return FAIL_AT(ERR_CONFLICT, "These two are not to be a pair", "mentor",
                               "Somebody has said so, here or privately. Choose another mentor");
        if (mentor != r.mentor) {
                int64_t room;
                TRY(matching_room(tx, r.cohort, mentor, &room));
                if (room < 1)
                        return FAIL_AT(ERR_CONFLICT, "This mentor has no place left", "mentor", "Swap two pairs, or raise the capacity");
        }
        TRY(matching_couple_fit(tx, r.cohort, r.mentee, mentor, &fit));
        unsigned hard = fit.forbidden & ~(unsigned)(MATCHING_LOW_TOTAL | MATCHING_LOW_GOALS);
        if (hard)
                return FAIL_AT(ERR_CONFLICT, "A rule forbids this pair", matching_rule_name((enum matching_rule)(hard & -hard)),
                               "Choose another mentor; hard rules have no exception");
        TRY(matching_set_mentor(tx, &(struct matching_set_mentor_in) {
                .id = proposal, .mentor = mentor, .score = fit.score, .parts = matching_parts_text(tx_arena(tx), &fit),
                .reasons = matching_reasons_text(tx_arena(tx), &fit), .by_person = who->person, .reason = text_trim(reason)}));
        return people_audit(tx, who, "matching.edit", r.mentee, proposal, "");
}

struct err matching_forbid(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentor, int64_t mentee, struct text reason)
{
        TRY(programmes_staff(tx, who, cohort));
        TRY(matching_need_reason(reason));
        TRY(matching_unlock_pair(tx, cohort, mentor, mentee));          /* or no run would ever part them */
        TRY(matching_forbid_insert(tx, cohort, mentor, mentee, who->person, text_trim(reason), tx_now(tx)));
        return people_audit(tx, who, "matching.forbid", mentee, cohort, "");
}

/* ---- sending ---- */

static struct err remind_side(struct tx *tx, const struct matching_row *r, int64_t person, int64_t partner)
{
        struct people_person me, other;
        struct matching_sentences why;
        bool sent;

        TRY(people_get(tx, person, &me));
        TRY(people_get(tx, partner, &other));
        int64_t apart = (zone_civil(me.zone, tx_now(tx)).offset - zone_civil(other.zone, tx_now(tx)).offset) / 60;
        matching_sentences(tx_arena(tx), me.locale, r->reasons, apart, &why);
        return journeys_remind(tx, &(struct journeys_remind) {
                .rule = "R08", .cohort = r->cohort, .person = person, .subject = r->id,
                .anchor = text_format(tx_arena(tx), "proposal:%lld", (long long)r->id),
                .hole = {{"partner", other.first_name}, {"reason1", why.row[0]}, {"reason2", why.row[1]}, {"reason3", why.row[2]}}},
                &sent);
}

static struct err publish_one(struct tx *tx, int64_t proposal, int64_t expires)
{
        struct matching_row r;

        TRY(matching_set_published(tx, proposal, tx_now(tx), expires));
        TRY(row_of(tx, proposal, &r));
        TRY(remind_side(tx, &r, r.mentor, r.mentee));
        return remind_side(tx, &r, r.mentee, r.mentor);
}

static bool chosen(const int64_t *ids, size_t n, int64_t id)
{
        for (size_t i = 0; i < n; i++)
                if (ids[i] == id)
                        return true;
        return n == 0;
}

/* Each of them is here and unsent: a list that was made from an old page is refused as a whole. */
static struct err all_unsent(struct tx *tx, int64_t cohort, const int64_t *ids, size_t n)
{
        struct matching_row r;

        for (size_t i = 0; i < n; i++) {
                TRY(row_of(tx, ids[i], &r));
                if (r.cohort != cohort)
                        return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run");
                if (!is_unsent(&r))
                        return already_sent();
        }
        return OK;
}

struct err matching_publish_some(struct tx *tx, const struct who *who, int64_t cohort, const int64_t *ids, size_t n, int64_t *published)
{
        struct matching_unsent_list rows;
        int64_t expires = tx_now(tx) + ANSWER_DAYS * 86400;

        *published = 0;
        TRY(programmes_staff(tx, who, cohort));
        TRY(all_unsent(tx, cohort, ids, n));
        TRY(matching_unsent(tx, cohort, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                if (!chosen(ids, n, rows.row[i].id))
                        continue;
                TRY(publish_one(tx, rows.row[i].id, expires));
                *published += 1;
        }
        if (*published == 0)
                return FAIL(ERR_CONFLICT, "There is nothing to send", "Run the matching first");
        TRY(jobs_add(tx, matching_job_expire.name,
                     text_format(tx_arena(tx), "cohort:%lld:%lld", (long long)cohort, (long long)expires), expires, cohort, 0));
        return people_audit(tx, who, "matching.publish", 0, cohort, "");
}

struct err matching_publish(struct tx *tx, const struct who *who, int64_t cohort, int64_t *published)
{
        return matching_publish_some(tx, who, cohort, NULL, 0, published);
}

struct err matching_expire(struct tx *tx, int64_t cohort)
{
        int64_t changes;

        TRY(matching_expire_due(tx, cohort, tx_now(tx), &changes));
        return changes ? matching_refill_soon(tx, cohort) : OK;
}

static struct err run_expire(struct tx *tx, const struct job *job) { return matching_expire(tx, job->a); }

const struct job_kind matching_job_expire = {.name = "matching.expire", .clock = JOB_PROGRAMME, .run = run_expire};

/* ---- answering ---- */

static struct err is_ready(struct tx *tx, int64_t cohort, int64_t person, bool mentor, bool *ready)
{
        struct programmes_participant_list parts;

        *ready = false;
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort && parts.row[i].mentor == mentor)
                        *ready = text_is(parts.row[i].state, "ready") || text_is(parts.row[i].state, "matched");
        return OK;
}

static struct err activate_if_ready(struct tx *tx, int64_t proposal)
{
        struct matching_row r;
        bool mentor, mentee;
        int64_t pair;

        TRY(row_of(tx, proposal, &r));
        TRY(is_ready(tx, r.cohort, r.mentor, true, &mentor));
        TRY(is_ready(tx, r.cohort, r.mentee, false, &mentee));
        return mentor && mentee ? journeys_activate(tx, r.cohort, r.mentor, r.mentee, proposal, &pair) : OK;
}

struct err matching_try_activate(struct tx *tx, int64_t cohort, int64_t person)
{
        struct matching_waiting_activation_list list;

        TRY(matching_waiting_activation(tx, cohort, person, &list));
        for (size_t i = 0; i < list.n; i++)
                TRY(activate_if_ready(tx, list.row[i].id));
        return OK;
}

/*
 * Who has not answered yet can still do so until the time is up, whatever the other one said: a proposal that closed at once
 * would tell who declined.
 */
bool matching_looks_open(const struct matching_row *r, int64_t now)
{
        return text_is(r->state, "published") || (text_is(r->state, "declined") && r->expires_at.has && r->expires_at.v > now);
}

struct err matching_answer(struct tx *tx, const struct who *who, int64_t proposal, bool yes, struct text note)
{
        struct text answer = yes ? TEXT("yes") : TEXT("no");
        struct matching_row r;

        TRY(row_of(tx, proposal, &r));
        bool mentor = who->person == r.mentor;
        if (!mentor && who->person != r.mentee)
                return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run");
        struct text before = mentor ? r.mentor_answer : r.mentee_answer;
        if (text_equal(before, answer))
                return OK;
        if (before.p || !matching_looks_open(&r, tx_now(tx)))
                return FAIL(ERR_CONFLICT, "This proposal is no longer open", "Your coordinator knows what comes next");
        TRY(mentor ? matching_answer_mentor(tx, proposal, answer, tx_now(tx), note)
                   : matching_answer_mentee(tx, proposal, answer, tx_now(tx), note));
        if (!yes) {
                TRY(matching_set_state(tx, proposal, TEXT("declined")));
                return matching_declined(tx, r.cohort, who->person);
        }
        if (!text_is(mentor ? r.mentee_answer : r.mentor_answer, "yes"))
                return OK;
        TRY(matching_set_state(tx, proposal, TEXT("accepted")));
        return activate_if_ready(tx, proposal);
}

struct err matching_open_of(struct tx *tx, int64_t person, struct matching_open_list *out)
{
        struct matching_of_person_list rows;
        struct people_person partner;

        TRY(matching_of_person(tx, person, &rows));
        *out = (struct matching_open_list) {.row = arena_array(tx_arena(tx), struct matching_open, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct matching_of_person *r = &rows.row[out->n];
                bool mentor = r->mentor == person;
                TRY(people_get(tx, mentor ? r->mentee : r->mentor, &partner));
                out->row[out->n] = (struct matching_open) {
                        .id = r->id, .cohort = r->cohort, .mentor = mentor, .partner_first_name = partner.first_name,
                        .expires_at = r->expires_at, .answered = (mentor ? r->mentor_answer : r->mentee_answer).p != NULL};
        }
        return OK;
}

struct err matching_counts(struct tx *tx, int64_t cohort, struct matching_counts *out)
{
        struct matching_count r;

        TRY(matching_count(tx, cohort, &r));
        *out = (struct matching_counts) {r.draft, r.open, r.accepted, r.declined, r.expired};
        return OK;
}
