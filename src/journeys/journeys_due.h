/*
 * Which letters of the pack are due to one person on one morning, decided from plain facts: no
 * database, no clock.
 *
 * A person plays parts: one in the cohort, one in each pair (and staff one in each pair they look
 * after).  A part has occasions, dates that reminders count from, each with a key of its own.  A
 * letter is for ever (text, person, key): what was sent under a key is not sent again, and a date
 * that moves takes along every letter not yet sent.
 *
 * Wrong place? Where facts come from: journeys_facts.h.  What a letter says: journeys_values.h.
 * Letters that hang on one moment (the hour before a meeting) are jobs: journeys_jobs.c.
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_DUE_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_DUE_H

#include "content/holidays.h"
#include "content/pack.h"

enum {
        /* programme letters, where the reader is */
        JOURNEYS_DUE_HOUR = 9, JOURNEYS_DUE_MINUTE = 30,
        /* staff letters, in the cohort's zone */
        JOURNEYS_STAFF_HOUR = 8, JOURNEYS_STAFF_MINUTE = 30,
        JOURNEYS_DUE_MOST = 2,          /* programme letters in ... */
        /* ... any window of this length, both ends counted */
        JOURNEYS_DUE_WINDOW = 7 * 86400,
        JOURNEYS_DUE_STALE = 7,         /* days after which a letter that waited is dropped */
        JOURNEYS_DUE_MEMORY = 16,       /* days back for which `sent` must be complete */
};

struct journeys_occasion {
        enum pack_anchor anchor;
        int64_t day;                    /* where the reader is */
        const char *what;               /* the key is what:id, or what:id:turn if turn is not 0 */
        int64_t id, turn;
        /* PACK_FACT() bits true of this occasion, besides those of the part */
        uint64_t facts;
        enum pack_gathering_kind kind;  /* PACK_AT_GATHERING */
        const void *of;                 /* what the letter's values are taken from; unread here */
};

/* Whether a part may be written to. */
enum journeys_part_life {
        PART_LIVE,
        /* ended as planned: only what belongs after the end (R32 to R35) */
        PART_OVER,
        PART_SILENT,                    /* paused, suspended, ended early, withdrawn: nothing */
};

struct journeys_part {
        unsigned to;                    /* 1u << enum pack_to, or-ed */
        enum journeys_part_life life;
        uint64_t facts;                 /* PACK_FACT() bits */
        size_t n;
        struct journeys_occasion *occasion;
        const void *of;                 /* the pair; unread here */
};

struct journeys_sent_key { struct text rule, anchor; };

/*
 * Kinds of programme letters.  What a gate, a decision or the ending hangs on is LETTER_KEPT: nobody can leave it out, and it
 * goes on its day.  The others a person may do without, gather, or put off.
 */
enum journeys_letter { LETTER_KEPT, LETTER_TRAINING, LETTER_STEPS, LETTER_RHYTHM, LETTER_QUESTIONS, LETTER_TIPS, LETTER_KINDS };
enum journeys_letter journeys_letter_of(enum pack_anchor anchor);
enum journeys_tempo { TEMPO_ONCE, TEMPO_DAILY, TEMPO_WEEKLY };

/* "Not now": the letter comes again on a day, and what would follow it for the same occasion waits. rule "": all that may. */
struct journeys_snoozed { struct text rule, anchor; int64_t until_day; };

struct journeys_reader {
        int64_t person;
        bool programme_mail;            /* false: unsubscribed */
        unsigned without;               /* 1u << enum journeys_letter: not wanted */
        enum journeys_tempo tempo;
        bool sparing;                   /* wants little guidance: what may be left out goes at most once in the window */
        const struct holidays_country *holidays;        /* NULL: only weekends are free */
        size_t n_snoozed;
        const struct journeys_snoozed *snoozed;
        bool remembers;                 /* recent and sent are filled; see journeys_plan() */
        /* programme letters of the last JOURNEYS_DUE_WINDOW seconds */
        int recent;
        size_t n;
        const struct journeys_part *part;
        size_t n_sent;
        const struct journeys_sent_key *sent;   /* sent or dropped already */
};

enum journeys_fate {
        DUE_SEND,
        DUE_WAIT,                       /* the week is full; asked again on the next working day */
        DUE_DROP,                       /* will not be sent; why says it */
};

struct journeys_due {
        const struct pack_reminder *reminder;
        const struct pack_send *send;
        const struct journeys_part *part;
        const struct journeys_occasion *occasion;
        int64_t day;                    /* the working day on which it fell due */
        int64_t again;                  /* 0, or the day to which it was put off after it had been sent */
        bool gathered;                  /* goes with the others of this morning in one mail */
        enum journeys_fate fate;
        const char *why;                /* of DUE_DROP; for the record, English */
};
struct journeys_due_list { size_t n; struct journeys_due *row; };

/*
 * What is due to a reader on a working day (on others nothing is), most important first.  Programme
 * letters fill the week up to JOURNEYS_DUE_MOST; event letters that count in days (invitations) and
 * staff letters always go.
 */
void journeys_due_plan(struct arena *a, const struct pack *pack,
                       const struct journeys_reader *reader, int64_t today,
                       struct journeys_due_list *out);

/* The key under which a letter that is due is recorded: its occasion's, and once more when it was put off. */
struct text journeys_due_key_of(struct arena *a, const struct journeys_due *d);
/* The key of an occasion, as stored. */
struct text journeys_due_key(struct arena *a, const struct journeys_occasion *o);

bool journeys_working_day(int64_t day);                 /* Monday to Friday */
int64_t journeys_next_working_day(int64_t day);         /* the day itself if it is one */

/* Does the morning's plan send this, or does it hang on a moment (a verb, a job)? */
bool journeys_due_by_day(const struct pack_reminder *r, const struct pack_send *s);

/*
 * For sends that hang on a moment with a start and an end: before it counts from the start, after
 * it from the end.
 */
int64_t journeys_due_moment(const struct pack_send *s, int64_t starts_at, int64_t ends_at);

#endif
