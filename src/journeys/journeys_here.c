/* Where a person stands: one look into every room, so that home, the pair's page and the mails say the same next step. */
#include "journeys/journeys_view.h"

#include "conversations/conversations.h"
#include "journeys/journeys.sql.h"
#include "learning/learning.h"
#include "matching/matching_people.h"
#include "people/people.h"

enum { WAVE_DAYS = 21, ASK_DAYS = 14 };

static enum journeys_stage stage_of(const struct programmes_participant *p, bool has_pair)
{
        static const struct { const char *state; enum journeys_stage stage; } of[] = {
                {"invited", STAGE_INVITED}, {"applied", STAGE_APPLIED}, {"accepted", STAGE_PREPARING}, {"ready", STAGE_WAITING},
                {"waiting", STAGE_REMATCH}, {"matched", STAGE_WAITING}, {"left", STAGE_LEFT}, {"declined", STAGE_LEFT},
                {"done", STAGE_DONE}};

        if (has_pair)
                return STAGE_PAIR;
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (text_is(p->state, of[i].state))
                        return of[i].stage;
        return STAGE_NONE;
}

/* ---- which part, which pair ---- */

static bool is_past(const struct programmes_participant *p)
{
        return text_is(p->state, "done") || text_is(p->state, "left") || text_is(p->state, "declined");
}

static struct err choose_part(struct request *rq, int64_t cohort, struct journeys_here *h)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        h->takes_part = parts.n > 0;
        if (parts.n)
                h->part = parts.row[0];
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort)
                        h->part = parts.row[i];
        /* Nothing goes on any more, and somebody has asked them anew: that comes first. */
        for (size_t i = 0; i < parts.n && cohort == 0 && is_past(&h->part); i++)
                if (text_is(parts.row[i].state, "invited") || text_is(parts.row[i].state, "applied"))
                        h->part = parts.row[i];
        return OK;
}

static const struct journeys_pair *choose_pair(const struct journeys_pair_list *pairs,
                                               int64_t wanted)
{
        for (size_t i = 0; i < pairs->n; i++)
                if (wanted ? pairs->row[i].id == wanted : !text_is(pairs->row[i].state, "closed"))
                        return &pairs->row[i];
        return NULL;
}

/* ---- facts ---- */

/* A list to put in order or to mark: of the part that has one open, an answered one last. */
static struct err look_at_lists(struct request *rq, struct journeys_here *h)
{
        struct programmes_participant_list parts;
        struct matching_asked list;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                if (parts.row[i].cohort != h->cohort.id)
                        continue;
                TRY(matching_asked(rq->tx, h->cohort.id, rq->who->person, parts.row[i].mentor, &list));
                if (!list.open || (h->now.list_open && list.answered))
                        continue;
                h->now.list_open = true;
                h->now.list_answered = list.answered;
                h->words.list_until = (struct opt) {true, list.closes_at};
                h->now.beside_mentor = parts.row[i].mentor;
                if (!h->has_pair)
                        h->now.mentor = parts.row[i].mentor;
        }
        return OK;
}

static struct err look_at_preparation(struct request *rq, struct journeys_here *h)
{
        struct learning_status training;
        struct journeys_open_proposal proposal;
        struct people_person other;
        bool found, mentor;

        h->now.profile_confirmed = h->part.profile_confirmed_at.has;
        TRY(learning_status_whole(rq->tx, &h->cohort, rq->who->person, &training));
        h->now.training_done = training.complete;
        h->words.minutes_left = training.minutes_left;
        h->words.module = training.next_module;
        h->words.training_begun = training.started;
        TRY(look_at_lists(rq, h));
        TRY(journeys_open_proposal(rq->tx, rq->who->person, rq->page.now, &found, &proposal));
        if (!found)
                return OK;
        mentor = proposal.mentor == rq->who->person;
        h->now.proposal_open = true;
        h->now.proposal_answered = mentor ? proposal.mentor_answer.p != NULL
                                          : proposal.mentee_answer.p != NULL;
        h->words.proposal = proposal.id;
        h->words.proposal_until = proposal.expires_at;
        TRY(people_get(rq->tx, mentor ? proposal.mentee : proposal.mentor, &other));
        h->words.proposed = other.first_name;
        return OK;
}

static struct err look_at_meetings(struct request *rq, struct journeys_here *h)
{
        const struct journeys_pair *p = &h->side.pair;
        struct journeys_unsettled over;
        struct journeys_meeting_at next;
        bool found;

        h->now.meeting_at = h->words.meeting_at = p->next_meeting_at;
        if (p->next_meeting_at.has) {
                TRY(journeys_meeting_at(rq->tx, p->id, p->next_meeting_at.v, &found, &next));
                h->words.meeting = found ? next.id : 0;
        }
        TRY(journeys_unsettled(rq->tx, p->id, rq->page.now,
                               rq->page.now - ASK_DAYS * (int64_t)JOURNEYS_DAY, &found, &over));
        h->now.meeting_unsettled = found;
        if (found) {
                h->words.meeting = over.id;
                h->words.meeting_at = (struct opt) {true, over.starts_at};
        }
        return OK;
}

static struct err look_at_writing(struct request *rq, struct journeys_here *h)
{
        const struct journeys_pair *p = &h->side.pair;
        struct journeys_agreement agreement;
        int64_t unread;

        TRY(conversations_unread(rq->tx, rq->who->person, p->id, &unread));
        TRY(journeys_agreement(rq->tx, p->id, &agreement));
        h->now.unread = unread > 0;
        h->now.mentee_wrote = p->first_message_at.has;
        h->now.mentor_wrote = p->first_reply_at.has;
        h->now.agreed = p->agreed_at.has &&
                        (!agreement.written ||
                         (agreement.mentor_signed_at.has && agreement.mentee_signed_at.has));
        h->now.signed_by_me = journeys_signed_by(&agreement, h->side.mentor);
        return OK;
}

static struct err look_at_cards(struct request *rq, struct journeys_here *h)
{
        struct journeys_cards_list cards;

        TRY(journeys_cards(rq->tx, h->side.pair.id, &cards));
        for (size_t i = 0; i < cards.n; i++)
                h->now.cards_done |= cards.row[i].person == rq->who->person &&
                                     cards.row[i].done_at.has;
        return OK;
}

static struct err look_at_pair(struct request *rq, struct journeys_here *h)
{
        const struct journeys_pair *p = &h->side.pair;
        struct journeys_now *f = &h->now;

        f->pair_active = text_is(p->state, "active");
        f->pair_paused = text_is(p->state, "paused");
        f->pair_suspended = text_is(p->state, "suspended");
        f->pair_closing = text_is(p->state, "closing");
        f->met = p->first_met_at.has;
        f->n_met = h->words.n_met = p->n_met;
        f->n_goals = p->n_goals;
        f->reviewed = p->reviewed_at.has;
        f->review_due = zone_day(h->cohort.zone, f->now) >=
                        pack_mid_day(h->cohort.pack, h->cohort.launch_day);
        f->rhythm = journeys_rhythm(p, f->now);
        f->planned_end = p->planned_end;
        h->words.pair = p->id;
        h->words.left = journeys_meetings_left(rq->page.now, p->planned_end, p->cadence_days);
        h->words.partner = h->side.partner_first_name;
        h->words.until = f->pair_paused ? p->paused_until : (struct opt) {true, p->planned_end};
        h->words.cadence = journeys_rhythm_words(&rq->page, p->cadence_days);
        TRY(look_at_meetings(rq, h));
        TRY(look_at_writing(rq, h));
        return look_at_cards(rq, h);
}

static struct err look_at_wave(struct request *rq, struct journeys_here *h)
{
        struct journeys_open_wave wave;

        TRY(journeys_open_wave(rq->tx, rq->who->person,
                               rq->page.now - WAVE_DAYS * (int64_t)JOURNEYS_DAY,
                               &h->now.pulse_waiting, &wave));
        h->words.wave = h->now.pulse_waiting ? wave.id : 0;
        return OK;
}

/* Somebody with a partner on one side may still look for one on the other. */
static struct err look_beside(struct request *rq, struct journeys_here *h)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                h->now.beside |= parts.row[i].cohort == h->cohort.id && parts.row[i].mentor != h->side.mentor &&
                                 (text_is(parts.row[i].state, "accepted") || text_is(parts.row[i].state, "ready"));
        return h->now.beside ? look_at_preparation(rq, h) : OK;
}

/* How much the reader wants to be told, and what this time of the programme is for. */
static struct err look_at_reader(struct request *rq, struct journeys_here *h)
{
        const struct pack *pack = h->cohort.pack;
        struct pack_days days = pack_days_of(pack, h->cohort.launch_day);
        struct people_person me;

        TRY(people_get(rq->tx, rq->who->person, &me));
        h->words.detail = (enum pack_detail)me.structure;
        h->words.phase = pack_phase_on(pack, &days, zone_day(h->cohort.zone, rq->page.now))->sentence.in[rq->page.locale];
        return OK;
}

struct err journeys_here(struct request *rq, int64_t pair, struct journeys_here *h)
{
        const struct journeys_pair *chosen;

        *h = (struct journeys_here) {.now = {.now = rq->page.now}};
        TRY(journeys_pairs_of(rq->tx, rq->who->person, &h->pairs));
        chosen = choose_pair(&h->pairs, pair);
        h->has_pair = chosen != NULL;
        TRY(choose_part(rq, chosen ? chosen->cohort : 0, h));
        if (!h->takes_part)
                return OK;
        TRY(programmes_cohort(rq->tx, h->part.cohort, &h->cohort));
        h->now.mentor = h->part.mentor;
        h->now.stage = stage_of(&h->part, chosen && !text_is(chosen->state, "closed"));
        h->words.coordinator = h->cohort.help_name;
        h->words.programme = h->cohort.programme_name;
        TRY(look_at_reader(rq, h));
        TRY(look_at_wave(rq, h));
        /* At the end nobody has a pair any more; the certificate is that of the last one. */
        for (size_t i = 0; !h->has_pair && i < h->pairs.n; i++)
                h->words.pair = h->pairs.row[i].id;
        if (!h->has_pair)
                return look_at_preparation(rq, h);
        TRY(journeys_side(rq->tx, rq->who, chosen->id, &h->side));
        h->now.mentor = h->side.mentor;
        TRY(look_beside(rq, h));
        return look_at_pair(rq, h);
}
