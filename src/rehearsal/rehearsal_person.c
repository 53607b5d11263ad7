/* What a participant thinks of when they look: a first pass over everything that waits for them,
 * then chance. */
#include "rehearsal/rehearsal_play.h"

#include "evaluation/evaluation.h"
#include "gatherings/gatherings.h"
#include "learning/learning.h"
#include "matching/matching.h"
#include "rehearsal/rehearsal_words.h"

enum { RECORDING_DAYS = 14 };

/* ---- before the launch ---- */

static struct err look_at_part(struct tx *tx, struct rehearsal *r, size_t who,
                               const struct programmes_participant *part)
{
        const struct rehearsal_truth *t = &r->order->truth;
        struct learning_status training;

        if (text_is(part->state, "invited")) {
                if (rehearsal_fate(r->order->seed, part->person, 11) >= t->never_apply &&
                    play_lot(r, who,
                             rehearsal_fate(r->order->seed, part->person, 12) < t->late_apply
                                     ? 0.12
                                     : 0.6))
                        play_do(r, ACT_APPLY, who, part->id, 0);
                return OK;
        }
        if (!text_is(part->state, "accepted") && !text_is(part->state, "ready") &&
            !text_is(part->state, "matched"))
                return OK;
        if (!part->profile_confirmed_at.has && play_lot(r, who, t->confirm))
                play_do(r, ACT_CONFIRM, who, 0, 0);
        if (part->ready_at.has)
                return OK;
        TRY(learning_status(tx, &r->cohort, part->person, part->mentor, &training));
        bool waits = rehearsal_fate(r->order->seed, part->person, 13) < t->untrained &&
                     r->soul[who].lift <= 1;
        if (!training.complete && !waits && play_lot(r, who, t->learn))
                play_do_text(r, ACT_LEARN, who, 0, training.next_module);
        return OK;
}

static struct err look_at_parts(struct tx *tx, struct rehearsal *r, size_t who)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(tx, play_person(r, who)->id, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == r->cohort.id)
                        TRY(look_at_part(tx, r, who, &parts.row[i]));
        return OK;
}

static struct err look_at_proposals(struct tx *tx, struct rehearsal *r, size_t who)
{
        struct matching_open_list open;

        TRY(matching_open_of(tx, play_person(r, who)->id, &open));
        for (size_t i = 0; i < open.n; i++) {
                bool never = rehearsal_fate(r->order->seed, open.row[i].id, open.row[i].mentor ? 31 : 32) < r->order->truth.answer_never;
                if (!never && !open.row[i].answered && play_lot(r, who, r->order->truth.answer))
                        play_do(r, ACT_ANSWER, who, open.row[i].id,
                                !rehearsal_lot(&r->chance, r->order->truth.decline));
        }
        return OK;
}

/* ---- gatherings, questions, help ---- */

static void look_at_seat(struct rehearsal *r, size_t who, const struct gatherings_seat *s)
{
        const struct rehearsal_truth *t = &r->order->truth;
        bool ahead = s->starts_at > r->now;

        if (ahead && !s->answer.p && s->starts_at < r->now + 21 * PLAY_DAY &&
            play_lot(r, who, t->seat_answer))
                play_do(r, ACT_SEAT, who, s->gathering, rehearsal_lot(&r->chance, t->seat_yes));
        if (!ahead && text_is(s->attended, "missed") && s->recording_url.p &&
            r->now < s->starts_at + RECORDING_DAYS * PLAY_DAY && play_lot(r, who, t->recording))
                play_do(r, ACT_RECORDING, who, s->gathering, 0);
}

static struct err look_at_rest(struct tx *tx, struct rehearsal *r, size_t who)
{
        const struct rehearsal_truth *t = &r->order->truth;
        struct gatherings_seat_list seats;
        struct evaluation_open_list waves;

        TRY(gatherings_seats_of(tx, play_person(r, who)->id, r->cohort.id, &seats));
        for (size_t i = 0; i < seats.n; i++)
                look_at_seat(r, who, &seats.row[i]);
        TRY(evaluation_open_of(tx, play_person(r, who)->id, &waves));
        for (size_t i = 0; i < waves.n; i++) {
                bool never = rehearsal_fate(r->order->seed, waves.row[i].id, 21) < t->pulse_never;
                if (!never && r->now < waves.row[i].asked_at + 21 * PLAY_DAY &&
                    play_lot(r, who, t->pulse))
                        play_do_text(r, ACT_PULSE, who, waves.row[i].id, waves.row[i].survey);
        }
        if (rehearsal_lot(&r->chance, t->ticket))
                play_do(r, ACT_TICKET, who, 0, 0);
        return OK;
}

struct err play_look(struct tx *tx, struct rehearsal *r, size_t who)
{
        TRY(look_at_parts(tx, r, who));
        TRY(play_look_wishes(tx, r, who));
        TRY(look_at_proposals(tx, r, who));
        TRY(play_look_pairs(tx, r, who));
        return look_at_rest(tx, r, who);
}
