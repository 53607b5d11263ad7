/* Pauses, and the reveal of status to each other. */
#include "journeys/journeys.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_rules.h"
#include "journeys/journeys_web.h"
#include "people/people.h"

static struct text anchor(struct tx *tx, int64_t pair, int64_t at)
{
        return text_format(tx_arena(tx), "pair:%lld:%lld", (long long)pair, (long long)at);
}

struct err journeys_pause(struct tx *tx, const struct who *who, int64_t pair, int64_t until_day)
{
        struct journeys_side side;
        int64_t now = tx_now(tx), until;

        TRY(journeys_open_side(tx, who, pair, &side));
        if (!journeys_pause_fits(zone_day(side.cohort.zone, now), until_day))
                return FAIL_AT(ERR_INVALID, "A pause lasts from a day to eight weeks", "until",
                               "Choose the day you will be back");
        if (text_is(side.pair.state, "closing"))
                return FAIL(ERR_CONFLICT, "You are closing already; there is nothing left to pause",
                            "Do your closing cards");
        until = zone_at(side.cohort.zone, until_day, 0, 0);
        if (side.pair.paused_until.has && side.pair.paused_until.v == until)
                return OK;
        if (side.pair.paused_until.has && side.pair.paused_until.v > now)
                side.pair.planned_end -= side.pair.paused_until.v - now;
        TRY(journeys_set_paused(tx, pair, who->person, now, until,
                                side.pair.planned_end + (until - now)));
        TRY(jobs_add(tx, "journeys.resume", anchor(tx, pair, until), until, pair, 0));
        return journeys_tell(tx, &side, NEWS_PAUSED, anchor(tx, pair, now), until);
}

/* Back to work: what was not used of the pause is taken off the end again. */
static struct err resume(struct tx *tx, const struct journeys_pair *p)
{
        int64_t now = tx_now(tx);
        int64_t unused = p->paused_until.has && p->paused_until.v > now ? p->paused_until.v - now
                                                                        : 0;

        TRY(journeys_set_resumed(tx, p->id, now, p->planned_end - unused));
        return journeys_plan_end(tx, p->id, p->planned_end - unused);
}

struct err journeys_resume(struct tx *tx, const struct who *who, int64_t pair)
{
        struct journeys_pair p;
        struct journeys_side side;

        TRY(journeys_pair(tx, pair, &p));
        if (who->person != p.mentor && who->person != p.mentee)
                TRY(programmes_staff(tx, who, p.cohort));
        if (!text_is(p.state, "paused"))
                return OK;
        if (who->person != p.mentor && who->person != p.mentee) {
                struct desk_act act = {.kind = &journeys_act_resume, .cohort = p.cohort, .pair = pair};
                TRY(desk_begin(tx, who, &act));
                TRY(resume(tx, &p));
                TRY(people_audit(tx, who, "pair.resume", 0, pair, ""));
                return desk_end(tx, &act);
        }
        TRY(resume(tx, &p));
        TRY(journeys_side(tx, who, pair, &side));
        return journeys_tell(tx, &side, NEWS_RESUMED, anchor(tx, pair, tx_now(tx)), tx_now(tx));
}

static struct err run_resume(struct tx *tx, const struct job *job)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, job->a, &p));
        if (!text_is(p.state, "paused") || (p.paused_until.has && p.paused_until.v > tx_now(tx)))
                return OK;
        return resume(tx, &p);
}

const struct job_kind journeys_job_resume = {.name = "journeys.resume", .clock = JOB_PROGRAMME, .run = run_resume};

/* ---- the reveal ---- */

struct err journeys_reveal(struct tx *tx, const struct who *who, int64_t pair, bool yes)
{
        struct journeys_side s;
        struct opt *mine, answer = yes ? (struct opt) {true, tx_now(tx)} : (struct opt) {0};

        TRY(journeys_open_side(tx, who, pair, &s));
        if (journeys_revealed(&s.pair))
                return yes ? OK
                           : FAIL(ERR_CONFLICT,
                                  "You both have said yes; what has been read cannot be unread",
                                  "Write to your coordinator if that troubles you");
        mine = s.mentor ? &s.pair.mentor_reveal_at : &s.pair.mentee_reveal_at;
        if (mine->has == yes)
                return OK;
        *mine = answer;
        TRY(journeys_set_reveal(tx, pair, s.pair.mentor_reveal_at, s.pair.mentee_reveal_at));
        if (!yes)
                return OK;
        return journeys_tell(tx, &s, journeys_revealed(&s.pair) ? NEWS_REVEALED : NEWS_REVEAL_ASKED,
                             anchor(tx, pair, tx_now(tx)), tx_now(tx));
}
