/* Between the files of rehearsal/ only: the state of a play, its acts, its journal. */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_PLAY_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_PLAY_H

#include "journeys/journeys.h"
#include "matching/matching_people.h"
#include "people/people.h"
#include "rehearsal/rehearsal.h"
#include "rehearsal/rehearsal.sql.h"
#include "rehearsal/rehearsal_chance.h"

enum { PLAY_HOUR = 3600, PLAY_DAY = 86400 };

/* What somebody does at a moment. a, b: what it is about. */
enum act_kind {
        ACT_LOOK,
        ACT_DESK,
        ACT_APPLY,
        ACT_CONFIRM,
        ACT_LEARN,
        ACT_ANSWER,
        ACT_MESSAGE,
        ACT_BOOK,
        ACT_SETTLE,
        ACT_SIGN,
        ACT_GOAL,
        ACT_PROGRESS,
        ACT_REVIEW,
        ACT_REVEAL,
        ACT_PAUSE,
        ACT_END,
        ACT_CARDS,
        ACT_SEAT,
        ACT_RECORDING,
        ACT_PULSE,
        ACT_TICKET,
        ACT_WISH,
        ACTS,
};

struct act {
        int64_t at;
        uint64_t turn;                  /* the order in which acts were thought of */
        enum act_kind kind;
        size_t who;                     /* in the cast */
        int64_t a, b, pair;
        struct text text;               /* in the play's arena */
};

/* One line of the journal. */
struct event {
        int64_t at, person, pair;
        struct text kind, rule, class, detail;
        size_t turn;
};

enum bond_fate { FATE_GOOD, FATE_DRIFT, FATE_STALL, FATE_EARLY, FATE_PAUSE };

/* What the play remembers of a pair beside the database. */
struct bond {
        int64_t pair;
        enum bond_fate fate;
        bool signed_by[2], carded[2], paused, ended, awake;
        int64_t goal, messages, progressed_at, closing_since, calls;
};

struct soul { int64_t look_at; double lift; bool silent; };

struct rehearsal {
        struct app *app;
        struct arena *arena;            /* of the play */
        struct arena *scratch;          /* of one verb */
        const struct rehearsal_order *order;
        struct rehearsal_chance chance;
        struct programmes_cohort cohort;
        int64_t now, until, started_us;
        struct act *heap; size_t n_acts, room_acts; uint64_t turns;
        struct event *event; size_t n_events, room_events;
        struct bond *bond; size_t n_bonds, room_bonds;
        struct soul *soul;
        int64_t last_mail, mails, refused, calls, attempts;
        size_t coordinator, deputy, sponsor, contact;
        bool signed_off, opened, imported[2], launched;
        bool asked, circled;
        int64_t proposed_day, waves, circles[2];        /* circles: of mentees, of mentors */
        struct matching_wave_list sent;                 /* known at the end */
        struct mail_sender *sender;
        struct text missing;            /* what a gate named last */
        struct rehearsal_reasons_list reasons;          /* known at the end */
        struct rehearsal_left_out_list left_out;
        struct journeys_pair_list pairs;
        int64_t jobs_failed;
        double seconds;
};

static inline const struct rehearsal_person *play_person(const struct rehearsal *r, size_t who)
{
        return &r->order->cast->p[who];
}

/* Who in the cast is this person; the cast's size if nobody. */
size_t play_who(const struct rehearsal *r, int64_t person);
struct bond *play_bond(struct rehearsal *r, int64_t pair);
/* NULL if nobody has looked at that pair yet. */
const struct bond *play_bond_known(const struct rehearsal *r, int64_t pair);

void play_push(struct rehearsal *r, const struct act *act);
/* The next act; there must be one. */
struct act play_pop(struct rehearsal *r);
/* Now, by this one. */
void play_do(struct rehearsal *r, enum act_kind kind, size_t who, int64_t a, int64_t b);
void play_do_text(struct rehearsal *r, enum act_kind kind, size_t who, int64_t a, struct text text);
/* The next look of somebody is at this moment, if that is sooner than the one planned. */
void play_look_at(struct rehearsal *r, size_t who, int64_t at, double lift);
/* A moment from t on at which this person is awake and about: 07:30 to 21:30 there. */
int64_t play_awake(const struct rehearsal_person *p, int64_t t);

void play_note(struct rehearsal *r, const char *kind, struct text rule, struct text class,
               int64_t person, int64_t pair, struct text detail);

/* With the lift of the present look and the zeal of the person. */
bool play_lot(struct rehearsal *r, size_t who, double p);

/* A look: reads what there is and thinks of acts. In a read transaction. */
struct err play_look(struct tx *tx, struct rehearsal *r, size_t who);
struct err play_look_wishes(struct tx *tx, struct rehearsal *r, size_t who);
struct err play_look_pairs(struct tx *tx, struct rehearsal *r, size_t who);
/* Does an act; in a write transaction. */
typedef struct err play_act(struct tx *tx, struct rehearsal *r, const struct act *act,
                            const struct who *who);
extern play_act *const play_acts[ACTS];
play_act play_wish;

/* The coordinator's hour at the desk; opens its own transactions. */
struct err play_desk(struct rehearsal *r);
/* Staff and cohort, before anything else. */
struct err play_set_up(struct rehearsal *r);

/* The end: what only the database knows now goes into the journal. */
struct err play_finish(struct rehearsal *r);

/* One verb in a transaction of its own. A refusal by the rules is noted and no failure. */
struct err play_try(struct rehearsal *r, const char *what, db_fn *fn, void *in);

/* What lies in the outbox counts as sent. */
struct err play_mark_sent(struct tx *tx, void *in);

#endif
