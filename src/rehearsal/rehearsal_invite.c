/* The way into the cohort: invited, decided upon, reminded by hand. */
#include "rehearsal/rehearsal_staff.h"

#include "programmes/roster.h"

/* ---- inviting and deciding ---- */

struct invitation { struct rehearsal *r; enum rehearsal_part part; };

static struct err invite(struct tx *tx, void *in)
{
        struct invitation *v = in;
        struct rehearsal *r = v->r;
        struct rehearsal_cast *cast = r->order->cast;
        struct roster_report report;
        struct who who;
        int64_t id;

        TRY(play_coordinator(tx, r, &who));
        for (size_t i = 0; i < cast->n; i++) {
                if (cast->p[i].part != v->part)
                        continue;
                TRY(play_add_person(tx, &cast->p[i]));
                TRY(programmes_join(tx, &who, r->cohort.id, cast->p[i].id, v->part == PART_MENTOR,
                                    "invited", cast->p[i].capacity, &id));
        }
        TRY(roster_import(tx, &who,
                          &(struct roster_options) {.cohort = r->cohort.id,
                                                    .role = v->part == PART_MENTOR ? TEXT("mentor")
                                                                                   : TEXT("mentee"),
                                                    .all_or_nothing = true},
                          rehearsal_roster(tx_arena(tx), cast, v->part), &report));
        if (report.bad)
                return FAIL_AT(ERR_BROKEN, "The roster of the cast is not in order",
                               text_c(r->arena, report.problems[0].reason), "Report this");
        play_note(r, "roster", TEXT(""), TEXT(""), who.person, 0,
                  v->part == PART_MENTOR ? TEXT("mentors") : TEXT("mentees"));
        return OK;
}

struct err play_invite_side(struct rehearsal *r, enum rehearsal_part part, bool *done)
{
        struct invitation v = {.r = r, .part = part};

        *done = true;
        TRY(play_try(r, "invite", invite, &v));
        for (size_t i = 0; i < r->order->cast->n; i++)
                if (play_person(r, i)->part == part)
                        play_look_at(
                                r, i,
                                r->now + rehearsal_between(&r->chance, PLAY_HOUR, 6 * PLAY_DAY), 1);
        return OK;
}

struct err play_decide(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct programmes_participant_list list;
        int64_t mentees = 0;
        bool sent;

        TRY(programmes_participants(tx, r->cohort.id, &list));
        for (size_t i = 0; i < list.n; i++)
                mentees += !list.row[i].mentor && list.row[i].accepted_at.has;
        for (size_t i = 0; i < list.n; i++) {
                const struct programmes_participant *p = &list.row[i];
                if (!text_is(p->state, "applied"))
                        continue;
                bool full = !p->mentor && mentees >= r->order->pairs;
                mentees += !p->mentor && !full;
                TRY(programmes_set_state(tx, p->id, full ? "waiting" : "accepted"));
                TRY(journeys_remind(tx,
                                    &(struct journeys_remind) {
                                            .rule = "R04",
                                            .text = full ? "R04-waitlisted" : "R04-accepted",
                                            .cohort = r->cohort.id,
                                            .person = p->person,
                                            .anchor = text_format(tx_arena(tx), "participant:%lld",
                                                                  (long long)p->id)},
                                    &sent));
                play_note(r, full ? "wait-listed" : "accepted", TEXT(""), TEXT(""), p->person, 0,
                          TEXT(""));
        }
        return OK;
}

/* ---- the last who are not ready ---- */

/* A week before the launch the coordinator writes to each who is not ready; after that they do the
 * next thing at once. */
struct err play_nudge_by_hand(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct programmes_participant_list list;

        TRY(programmes_participants(tx, r->cohort.id, &list));
        for (size_t i = 0; i < list.n; i++) {
                const struct programmes_participant *p = &list.row[i];
                size_t who = play_who(r, p->person);
                if (who == r->order->cast->n ||
                    (!text_is(p->state, "accepted") && !text_is(p->state, "ready")))
                        continue;
                play_look_at(r, who, r->now + rehearsal_between(&r->chance, 600, 3 * PLAY_HOUR), 8);
                if (text_is(p->state, "accepted"))
                        play_note(r, "nudged by hand", TEXT(""), TEXT(""), p->person, 0, TEXT(""));
        }
        return OK;
}
