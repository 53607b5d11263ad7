/* The last hours before a visitor comes: what a living programme always has lying about. */
#include "rehearsal/rehearsal_staff.h"

#include "base/log.h"
#include "care/care.h"
#include "conversations/conversations.h"
#include "rehearsal/rehearsal_words.h"

struct touch { struct rehearsal *r; const struct journeys_pair *pair; };

static struct err mentor_writes(struct tx *tx, void *in)
{
        struct touch *t = in;
        struct who mentor, mentee;
        int64_t id;

        TRY(people_who(tx, t->pair->mentee, &mentee));
        TRY(people_who(tx, t->pair->mentor, &mentor));
        TRY(conversations_mark_read(tx, &mentee, t->pair->id));
        return conversations_post(
                tx, &mentor, t->pair->id,
                text_format(tx_arena(tx),
                            "Hello %s,\n\nI read your outline on the train. Begin with your last "
                            "paragraph, it is what they need to know. "
                            "Shall we look at it together this week? Tell me which day suits "
                            "you.\n\n%s",
                            mentee.first_name.p, mentor.first_name.p),
                TEXT_ABSENT, &id);
}

/* Asked a few minutes ago, by somebody else. */
static struct err somebody_asks(struct tx *tx, void *in)
{
        struct touch *t = in;
        struct journeys_pair_list pairs;
        struct who who;
        int64_t id;

        TRY(journeys_pairs(tx, t->r->cohort.id, &pairs));
        size_t i = 0;
        while (i + 1 < pairs.n &&
               (pairs.row[i].id == t->pair->id || !text_is(pairs.row[i].state, "active")))
                i++;
        TRY(people_who(tx, pairs.row[i].mentee, &who));
        return care_ask_help(tx, &who,
                             &(struct care_ticket_new) {.cohort = t->r->cohort.id,
                                                        .category = TEXT("technical"),
                                                        .page = TEXT("/home"),
                                                        .body = text_of(rehearsal_help[0])},
                             &id);
}

struct pairs { struct rehearsal *r; struct journeys_pair_list list; };

static struct err read_pairs(struct tx *tx, void *in)
{
        struct pairs *p = in;

        return journeys_pairs(tx, p->r->cohort.id, &p->list);
}

/* A pair that goes well and has nothing booked is best: for the mentee the next step is to book. */
static int fitness(const struct rehearsal *r, const struct journeys_pair *p)
{
        if (!text_is(p->state, "active") || !p->first_reply_at.has)
                return 0;
        bool soon = p->next_meeting_at.has && p->next_meeting_at.v < r->now + 3 * PLAY_DAY;

        return 1 + 8 * !p->next_meeting_at.has + 5 * !soon + 4 * (p->n_met > 1) +
               2 * p->agreed_at.has + 2 * (p->n_goals > 0) +
               6 * (journeys_rhythm(p, r->now) == RHYTHM_GOOD);
}

static const struct journeys_pair *ready_to_book(const struct rehearsal *r,
                                                 const struct journeys_pair_list *list)
{
        const struct journeys_pair *best = NULL;

        for (size_t i = 0; i < list->n; i++)
                if (fitness(r, &list->row[i]) > (best ? fitness(r, best) : 0))
                        best = &list->row[i];
        return best;
}

struct err rehearsal_demo(struct app *app, struct arena *a, struct rehearsal *r)
{
        struct pairs p = {.r = r};

        TRY(db_read(app->db, a, read_pairs, &p));
        struct touch t = {.r = r, .pair = ready_to_book(r, &p.list)};
        log_write(LOG_INFO, "demo.made events=%zu mails=%lld calls=%lld refused=%lld seconds=%.1f",
                  r->n_events, (long long)r->mails, (long long)r->calls, (long long)r->refused,
                  r->seconds);
        if (!t.pair)
                return OK;
        TRY(db_write(app->db, a, mentor_writes, &t));
        TRY(db_write(app->db, a, somebody_asks, &t));
        TRY(rehearsal_next(app, a, r));
        return db_write(app->db, a, play_mark_sent, NULL);
}
