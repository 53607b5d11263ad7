#include "journeys/journeys.h"

#include "care/care.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_rules.h"
#include "jobs/jobs.h"
#include "os/random.h"
#include "people/people.h"

/* Three statements give the same columns; their structs differ in name only. */
#define PAIR_OF(r) ((struct journeys_pair) { \
        .id = (r)->id, .cohort = (r)->cohort, .mentor = (r)->mentor, .mentee = (r)->mentee, .state = (r)->state, \
        .activated_at = (r)->activated_at, .clock_start = (r)->clock_start, .planned_end = (r)->planned_end, \
        .cadence_days = (r)->cadence_days, .channel = (r)->channel, .paused_at = (r)->paused_at, \
        .paused_until = (r)->paused_until, .closed_at = (r)->closed_at, .mentor_reveal_at = (r)->mentor_reveal_at, \
        .mentee_reveal_at = (r)->mentee_reveal_at, .first_message_at = (r)->first_message_at, \
        .first_reply_at = (r)->first_reply_at, .first_met_at = (r)->first_met_at, .last_met_at = (r)->last_met_at, \
        .last_contact_at = (r)->last_contact_at, .last_mentor_at = (r)->last_mentor_at, \
        .last_mentee_at = (r)->last_mentee_at, .n_contacts = (r)->n_contacts, .n_met = (r)->n_met, \
        .n_goals = (r)->n_goals, .resumed_at = (r)->resumed_at, .next_meeting_at = (r)->next_meeting_at, \
        .agreed_at = (r)->agreed_at, .reviewed_at = (r)->reviewed_at, .end_reason = (r)->end_reason})

struct err journeys_pair(struct tx *tx, int64_t pair, struct journeys_pair *out)
{
        struct journeys_one_pair row;

        TRY(journeys_one_pair(tx, pair, tx_now(tx), &row));
        *out = PAIR_OF(&row);
        return OK;
}

struct err journeys_pairs(struct tx *tx, int64_t cohort, struct journeys_pair_list *out)
{
        struct journeys_cohort_pairs_list rows;

        TRY(journeys_cohort_pairs(tx, cohort, tx_now(tx), &rows));
        out->n = rows.n;
        out->row = arena_array(tx_arena(tx), struct journeys_pair, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                out->row[i] = PAIR_OF(&rows.row[i]);
        return OK;
}

struct err journeys_pairs_of(struct tx *tx, int64_t person, struct journeys_pair_list *out)
{
        struct journeys_person_pairs_list rows;

        TRY(journeys_person_pairs(tx, person, tx_now(tx), &rows));
        out->n = rows.n;
        out->row = arena_array(tx_arena(tx), struct journeys_pair, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                out->row[i] = PAIR_OF(&rows.row[i]);
        return OK;
}

/* ---- seen from one side ---- */

static struct err no_such_pair(void)
{
        return FAIL(ERR_ABSENT, "There is no such pair", "Go to your home page");
}

static bool may_write(const struct journeys_pair *p)
{
        return text_is(p->state, "active") || text_is(p->state, "paused") ||
               text_is(p->state, "closing");
}

struct err journeys_side(struct tx *tx, const struct who *who, int64_t pair,
                         struct journeys_side *out)
{
        struct people_person partner;

        TRY(journeys_pair(tx, pair, &out->pair));
        if (!who->person || (who->person != out->pair.mentor && who->person != out->pair.mentee))
                return no_such_pair();
        out->me = who->person;
        out->mentor = who->person == out->pair.mentor;
        out->partner = out->mentor ? out->pair.mentee : out->pair.mentor;
        TRY(programmes_cohort(tx, out->pair.cohort, &out->cohort));
        TRY(people_get(tx, out->partner, &partner));
        out->partner_first_name = partner.first_name;
        out->partner_zone = partner.zone;
        out->open = may_write(&out->pair);
        return OK;
}

struct err journeys_open_side(struct tx *tx, const struct who *who, int64_t pair,
                              struct journeys_side *out)
{
        TRY(journeys_side(tx, who, pair, out));
        if (!out->open)
                return FAIL(ERR_CONFLICT,
                            "Nothing can be written or booked in this pair at the moment",
                            "Ask your coordinator if you do not know why");
        return OK;
}

/* ---- the beginning ---- */

static int64_t end_of(const struct programmes_cohort *c)
{
        return zone_at(c->zone, c->end_day, 18, 0);
}

static struct err set_matched(struct tx *tx, int64_t cohort, int64_t person, bool mentor)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort && parts.row[i].mentor == mentor)
                        TRY(programmes_set_state(tx, parts.row[i].id, "matched"));
        return OK;
}

/* The introduction goes to each of the two with the other's first name. */
static struct err introduce(struct tx *tx, const struct journeys_pair *p, int64_t person,
                            int64_t partner)
{
        struct people_person other;
        bool sent;

        TRY(people_get(tx, partner, &other));
        return journeys_remind(tx, &(struct journeys_remind) {
                .rule = "R10", .cohort = p->cohort, .person = person, .pair = p->id,
                .anchor = text_format(tx_arena(tx), "pair:%lld", (long long)p->id),
                .hole = {{"partner", other.first_name}}}, &sent);
}

struct err journeys_plan_end(struct tx *tx, int64_t pair, int64_t due)
{
        struct text key = text_format(tx_arena(tx), "pair:%lld:%lld", (long long)pair, (long long)due);

        return jobs_add(tx, "journeys.close", key, due, pair, 0);
}

struct err journeys_activate(struct tx *tx, int64_t cohort, int64_t mentor, int64_t mentee,
                             int64_t proposal, int64_t *pair)
{
        struct programmes_cohort c;
        struct journeys_pair_between old;
        struct journeys_pair p;
        bool known;

        TRY(journeys_pair_between(tx, cohort, mentor, mentee, &known, &old));
        if (known) {
                *pair = old.id;
                return OK;
        }
        TRY(programmes_cohort(tx, cohort, &c));
        *pair = random_id();
        TRY(journeys_insert_pair(tx, &(struct journeys_insert_pair_in) {
                .id = *pair, .cohort = cohort, .mentor = mentor, .mentee = mentee, .proposal = proposal,
                .now = tx_now(tx), .clock_start = tx_now(tx) > c.launch_at ? tx_now(tx) : c.launch_at,
                .planned_end = end_of(&c), .cadence_days = c.pack->cadence.first}));
        TRY(set_matched(tx, cohort, mentor, true));
        TRY(set_matched(tx, cohort, mentee, false));
        TRY(journeys_pair(tx, *pair, &p));
        TRY(introduce(tx, &p, mentor, mentee));
        TRY(introduce(tx, &p, mentee, mentor));
        return journeys_plan_end(tx, *pair, p.planned_end);
}

struct err journeys_launched(struct tx *tx, int64_t cohort)
{
        struct programmes_cohort c;
        struct journeys_pair_list pairs;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(journeys_pairs(tx, cohort, &pairs));
        for (size_t i = 0; i < pairs.n; i++) {
                const struct journeys_pair *p = &pairs.row[i];
                int64_t start = p->activated_at > c.launch_at ? p->activated_at : c.launch_at;

                if (p->first_met_at.has || text_is(p->state, "closing") ||
                    text_is(p->state, "closed"))
                        continue;
                TRY(journeys_set_clock(tx, p->id, start, end_of(&c)));
                TRY(journeys_plan_end(tx, p->id, end_of(&c)));
        }
        return OK;
}

/* ---- held up by a concern ---- */

struct err journeys_suspend(struct tx *tx, int64_t pair)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, pair, &p));
        if (text_is(p.state, "closed") || text_is(p.state, "suspended"))
                return OK;
        TRY(journeys_cancel_booked(tx, pair, 0, tx_now(tx)));
        return journeys_set_state(tx, pair, TEXT("suspended"));
}

struct err journeys_go_on(struct tx *tx, int64_t pair)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, pair, &p));
        if (!text_is(p.state, "suspended"))
                return OK;
        TRY(journeys_set_resumed(tx, pair, tx_now(tx), p.planned_end));
        return journeys_tell_both(tx, &p, NEWS_GOES_ON);
}

struct err journeys_release(struct tx *tx, const struct who *who, int64_t pair)
{
        struct journeys_pair p;
        bool held;

        TRY(journeys_pair(tx, pair, &p));
        TRY(programmes_staff(tx, who, p.cohort));
        if (!text_is(p.state, "suspended"))
                return OK;
        TRY(care_holds_pair(tx, pair, &held));
        if (held)
                return FAIL(ERR_FORBIDDEN, "A designated contact decides when this pair goes on", "Ask one of them");
        struct desk_act act = {.kind = &journeys_act_release, .cohort = p.cohort, .pair = pair};
        TRY(desk_begin(tx, who, &act));
        TRY(journeys_set_resumed(tx, pair, tx_now(tx), p.planned_end));
        TRY(people_audit(tx, who, "pair.release", 0, pair, ""));
        return desk_end(tx, &act);
}
