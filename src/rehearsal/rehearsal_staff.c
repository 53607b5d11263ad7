/* The staff: a coordinator with an hour at the desk, hour by hour on working days, a deputy, a
 * sponsor, a designated contact. */
#include "rehearsal/rehearsal_play.h"

#include "base/out.h"
#include "gatherings/gatherings.h"
#include "programmes/programmes_keep.h"
#include "rehearsal/rehearsal.sql.h"
#include "rehearsal/rehearsal_staff.h"

#include <string.h>

enum {
        OPENS_H = 9,
        AFTERNOON_H = 15,
        CLOSES_H = 17,
        AFTERWARDS_DAYS = 45,
        FOLLOW_UP_DAYS = 203,
        INVITE_MENTORS = -77,
        INVITE_MENTEES = -70,
        OPENS_DAY = -84,
        SIGNS_DAY = -90,
        DECIDES_FROM = -63,
        ASKS_DAY = -37,
        PROPOSES_DAY = -28,
        CIRCLES_DAY = 14,
        LAST_ROUND_BEFORE = -10,
        NUDGES_BY_HAND = -6,
        LAST_DECISION = 21,
};

/* ---- before anything else: staff, programme, cohort ---- */

struct err play_add_person(struct tx *tx, struct rehearsal_person *p)
{
        bool made;

        return people_add(tx, &people_system,
                          &(struct people_new) {.email = p->email,
                                                .first_name = p->first,
                                                .last_name = p->last,
                                                .zone = p->zone_name,
                                                .locale = TEXT("en"),
                                                .phone = p->phone,
                                                .zone_known = true},
                          &p->id, &made);
}

static struct err found(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        const struct rehearsal_order *o = r->order;
        struct rehearsal_person *p = o->cast->p;
        struct who who;
        int64_t cohort;

        for (size_t i = 0; i < o->cast->n; i++)
                if (p[i].part > PART_MENTOR)
                        TRY(play_add_person(tx, &p[i]));
        TRY(people_give_role(tx, &people_system, p[r->coordinator].id, "administrator", 0));
        TRY(people_who(tx, p[r->coordinator].id, &who));
        TRY(programmes_create(
                tx, &who,
                &(struct programmes_new) {
                        .name = o->cohort_name,
                        .programme_name = TEXT("Across borders"),
                        .pack = o->pack,
                        .zone = p[r->coordinator].zone_name,
                        .touch = TEXT("high"),
                        .purpose = TEXT("People who work far from each other learn from each "
                                        "other, whatever their rank."),
                        .success = TEXT("Nine pairs in ten meet at least nine times and end "
                                        "properly; seven in ten reach a goal they chose."),
                        .help_name = p[r->coordinator].first,
                        .help_email = p[r->coordinator].email,
                        .help_phone = p[r->coordinator].phone,
                        .launch_day = o->launch_day,
                        .size = o->pairs,
                        .staff_hours = o->staff_hours,
                        .coordinator = p[r->coordinator].id,
                        .deputy = {true, p[r->deputy].id}},
                &cohort));
        TRY(programmes_cohort(tx, cohort, &r->cohort));
        TRY(people_give_role(tx, &people_system, p[r->deputy].id, "coordinator",
                             r->cohort.programme));
        TRY(people_give_role(tx, &people_system, p[r->sponsor].id, "sponsor", r->cohort.programme));
        return people_give_role(tx, &people_system, p[r->contact].id, "contact",
                                r->cohort.programme);
}

static int64_t next_hour(const struct rehearsal *r)
{
        const struct zone *z = r->cohort.zone;
        int64_t day = zone_day(z, r->now);
        int hour = zone_civil(z, r->now).hour + 1;

        if (hour < OPENS_H)
                hour = OPENS_H;
        if (hour >= CLOSES_H) {
                day++;
                hour = OPENS_H;
        }
        if (hour > OPENS_H && hour != AFTERNOON_H &&
            zone_day(z, r->now) > r->cohort.end_day + AFTERWARDS_DAYS) {
                day += hour > AFTERNOON_H;              /* afterwards two looks a day are enough */
                hour = hour > AFTERNOON_H ? OPENS_H : AFTERNOON_H;
        }
        while (day_weekday(day) > 5) {
                day++;
                hour = OPENS_H;
        }
        return zone_at(z, day, hour, 0);
}

static void plan_next_hour(struct rehearsal *r)
{
        play_push(r, &(struct act) {.at = next_hour(r), .kind = ACT_DESK, .who = r->coordinator});
}

/* The memory of transactions goes; what the play keeps lives as long as it. */
static struct err keep_cohort(struct tx *tx, void *in)
{
        struct rehearsal *r = in;

        return programmes_cohort(tx, r->cohort.id, &r->cohort);
}

/* Plays on in a cohort that is there: people are invited already, and look when they look. */
static struct err take_over(struct rehearsal *r)
{
        r->cohort.id = r->order->cohort;
        TRY(db_read(r->app->db, r->arena, keep_cohort, r));
        r->imported[0] = r->imported[1] = true;
        r->opened = r->cohort.opened_at.has;
        r->launched = r->cohort.launched_at.has;
        r->until = zone_at(r->cohort.zone, r->cohort.end_day + FOLLOW_UP_DAYS, 18, 0);
        for (size_t i = 0; i < r->order->cast->n; i++)
                if (play_person(r, i)->part <= PART_MENTOR)
                        play_look_at(
                                r, i,
                                r->now + rehearsal_between(&r->chance, PLAY_HOUR, 4 * PLAY_DAY), 1);
        plan_next_hour(r);
        return OK;
}

struct err play_set_up(struct rehearsal *r)
{
        if (r->order->cohort)
                return take_over(r);
        TRY(db_write(r->app->db, r->arena, found, r));
        TRY(db_read(r->app->db, r->arena, keep_cohort, r));
        if (!r->order->until)
                r->until = zone_at(r->cohort.zone, r->cohort.end_day + FOLLOW_UP_DAYS, 18, 0);
        play_note(r, "cohort made", TEXT(""), TEXT(""), play_person(r, r->coordinator)->id, 0,
                  r->cohort.slug);
        plan_next_hour(r);
        return OK;
}

/* ---- getting ready ---- */

struct err play_coordinator(struct tx *tx, struct rehearsal *r, struct who *who)
{
        return people_who(tx, play_person(r, r->coordinator)->id, who);
}

static struct err sign_success(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct who who;

        TRY(people_who(tx, play_person(r, r->sponsor)->id, &who));
        TRY(programmes_sign_success(tx, &who, r->cohort.id));
        play_note(r, "success signed", TEXT(""), TEXT(""), who.person, 0, TEXT(""));
        return OK;
}

/* A real cohort's copy has what its staff has written down already. */
static struct err agree_on_data(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct programmes_assessment now;
        struct who who;

        TRY(programmes_assessment(tx, r->cohort.id, &now));
        if (now.there)
                return OK;
        TRY(play_coordinator(tx, r, &who));
        TRY(programmes_confirm_assessment(tx, &who, r->cohort.id, true, r->cohort.help_name, TEXT_ABSENT));
        play_note(r, "data protection agreed", TEXT(""), TEXT(""), who.person, 0, TEXT(""));
        return OK;
}

static struct err prove_mail(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct who who;
        struct text path;

        TRY(play_coordinator(tx, r, &who));
        TRY(programmes_ask_mail_proof(tx, &who, r->cohort.id, &path));
        const char *secret = strrchr(path.p, '/');
        TRY(programmes_prove_mail(tx, text_of(secret + 1)));
        play_note(r, "mail proven", TEXT(""), TEXT(""), who.person, 0, TEXT(""));
        return OK;
}

static struct err set_links(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct gatherings_list all;
        struct who who;
        int64_t without, people;

        TRY(play_coordinator(tx, r, &who));
        TRY(gatherings_without_seat(tx, r->cohort.id, 0, &without, &people));
        if (without && r->imported[0])
                TRY(gatherings_seat_everybody(tx, &who, r->cohort.id));
        TRY(gatherings_of(tx, r->cohort.id, &all));
        for (size_t i = 0; i < all.n; i++) {
                const struct gatherings_gathering *g = &all.row[i];
                for (size_t k = 0; k < g->n_sittings; k++)
                        if (!g->sittings[k].join_url.p)
                                TRY(gatherings_set_link(
                                        tx, &who, g->sittings[k].id,
                                        text_format(tx_arena(tx), "https://meet.example.org/%s-%zu",
                                                    g->key.p, k + 1)));
                bool over = g->n_sittings &&
                            g->sittings[g->n_sittings - 1].starts_at + 2 * PLAY_DAY < r->now;
                if (over && !g->recording_url.p)
                        TRY(gatherings_set_recording(tx, &who, g->id, text_format(tx_arena(tx),
                                "https://video.example.org/%s", g->key.p)));
        }
        return OK;
}

struct gate { struct rehearsal *r; enum programmes_gate gate; bool passed; };

static struct err try_gate(struct tx *tx, void *in)
{
        struct gate *g = in;
        struct programmes_requirement_list list;
        struct out o = out_new(g->r->arena, 128);
        struct who who;

        TRY(play_coordinator(tx, g->r, &who));
        TRY(programmes_gate(tx, &who, g->r->cohort.id, g->gate, &list));
        for (size_t i = 0; i < list.n; i++)
                if (!list.row[i].met && !list.row[i].overridden)
                        out_format(&o, "%s%s: %s", o.n ? "; " : "", list.row[i].key,
                                   list.row[i].found.p);
        g->r->missing = out_get(&o);
        if (!list.passable)
                return OK;
        TRY(programmes_pass_gate(tx, &who, g->r->cohort.id, g->gate));
        g->passed = true;
        return OK;
}

static struct err pass(struct rehearsal *r, enum programmes_gate gate, bool *flag)
{
        struct gate g = {.r = r, .gate = gate};

        TRY(play_try(r, "gate", try_gate, &g));
        *flag = g.passed;
        if (!g.passed) {
                play_note(r, "gate closed", TEXT(""), TEXT(""), 0, 0, r->missing);
                return OK;
        }
        TRY(db_read(r->app->db, r->arena, keep_cohort, r));
        play_note(r, gate == GATE_OPEN ? "applications open" : "launched", TEXT(""), TEXT(""), 0, 0,
                  TEXT(""));
        return OK;
}

/* ---- the hour ---- */

static struct err before_launch(struct rehearsal *r, int64_t day, int hour)
{
        if (day >= SIGNS_DAY && !r->cohort.success_signed_at.has && !r->signed_off) {
                r->signed_off = true;
                TRY(play_try(r, "sign", sign_success, r));
                TRY(play_try(r, "agree", agree_on_data, r));
                TRY(play_try(r, "prove", prove_mail, r));
        }
        if (day >= OPENS_DAY && !r->opened)
                TRY(pass(r, GATE_OPEN, &r->opened));
        if (day >= INVITE_MENTORS && r->opened && !r->imported[1])
                TRY(play_invite_side(r, PART_MENTOR, &r->imported[1]));
        if (day >= INVITE_MENTEES && r->opened && !r->imported[0])
                TRY(play_invite_side(r, PART_MENTEE, &r->imported[0]));
        if (day >= NUDGES_BY_HAND && (hour == 9 || hour == 13))
                TRY(play_try(r, "nudge", play_nudge_by_hand, r));
        if (day == -3 && hour == 10)
                TRY(play_try(r, "prove", prove_mail, r));
        return day >= 0 ? pass(r, GATE_LAUNCH, &r->launched) : OK;
}

/* Wishes while there is a week for them before the first round, circles when the pairs have begun. */
static struct err around(struct rehearsal *r, int64_t day, int hour)
{
        if (!r->asked && hour == 10 && day >= ASKS_DAY && day + MATCHING_WINDOW_DAYS < PROPOSES_DAY)
                TRY(play_try(r, "wishes", play_ask_wishes, r));
        return r->launched && !r->circled && hour == 13 && day >= CIRCLES_DAY ? play_form_circles(r) : OK;
}

static struct err rounds(struct rehearsal *r, int64_t day, int hour)
{
        bool time = day >= PROPOSES_DAY && (day < LAST_ROUND_BEFORE || r->launched) &&
                    day < LAST_DECISION;

        if (!time || hour != 10 || day < r->proposed_day + (r->launched ? 7 : 2))
                return OK;
        r->proposed_day = day;
        return play_try(r, "propose", play_propose, r);
}

struct err play_desk(struct rehearsal *r)
{
        int64_t day = zone_day(r->cohort.zone, r->now) - r->order->launch_day;
        int hour = zone_civil(r->cohort.zone, r->now).hour;

        plan_next_hour(r);
        if (!r->launched)
                TRY(before_launch(r, day, hour));
        if (day >= DECIDES_FROM && day < LAST_DECISION && hour == 11)
                TRY(play_try(r, "decide", play_decide, r));
        TRY(around(r, day, hour));
        TRY(rounds(r, day, hour));
        if (hour == 9)
                TRY(play_try(r, "links", set_links, r));
        return play_care(r, hour);
}
