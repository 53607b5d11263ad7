/*
 * From a letter that is due to its words: what stands in the holes of the pack's text, where its
 * buttons lead, what is written below it.
 *
 * Status-blind: of the partner a letter knows the first name and nothing else.  It never holds a
 * word of what two people wrote to each other; the one text of a person in it is their own goal, to
 * themselves.
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_VALUES_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_VALUES_H

#include "journeys/journeys_facts.h"

/* One letter: to whom, about what. */
struct journeys_matter {
        const struct programmes_cohort *cohort;
        struct text coordinator;        /* the name that signs */
        int64_t person;                 /* 0: an address without an account */
        struct text email, first_name;
        enum locale locale;
        const struct zone *zone;
        bool mentor;
        enum pack_class class;
        bool may_wait;                  /* a kind that can be put off: the letter offers it */
        struct text key;                /* under which it is recorded; set by journeys_send() */
        int64_t pair, meeting, proposal, gathering;     /* 0: not about one */
        int64_t expires;                /* of its one-click addresses, programme time */
        struct text module;             /* key of the module that a button opens; absent: none */
        const struct pack_survey *survey;       /* that it asks for, as wave; NULL: none */
        const char *wave;
        struct pack_values values;
};

struct journeys_words { struct text subject, body; };

/* Fills a matter from what is due to a reader on a day. */
void journeys_matter_of(struct arena *a, const struct journeys_facts *f,
                        const struct journeys_addressee *to,
                        const struct journeys_due *d, struct journeys_matter *out);

/*
 * The letter as it goes out.  preview: to be looked at; then it makes no one-click addresses and
 * asks no wave, and may be called in a read transaction.
 */
struct err journeys_compose(struct tx *tx, const struct journeys_matter *m,
                            const struct pack_send *send, bool preview,
                            struct journeys_words *out);

/*
 * Composes, records under (text, person, anchor) and posts. *sent false: it was sent or dropped
 * before.
 */
struct err journeys_send(struct tx *tx, const struct journeys_matter *m,
                         const struct pack_send *send, struct text anchor,
                         bool *sent);

/*
 * Several letters of one morning as one mail: each is recorded under its own key, the mail is one of the day.  All are to the
 * same reader about the same cohort.
 */
struct journeys_gathered { struct journeys_matter matter; const struct pack_send *send; struct text key; };
struct err journeys_send_gathered(struct tx *tx, const struct journeys_gathered *row, size_t n, int64_t day);

/*
 * A matter with its reader, cohort and signature, and nothing else; the cohort lives in the
 * transaction's arena.
 */
struct err journeys_matter_new(struct tx *tx, int64_t cohort, int64_t person,
                               struct journeys_matter *out);

/* Decided, and not to be sent: recorded with the reason, so that it is not thought of again. */
struct err journeys_drop(struct tx *tx, const struct journeys_matter *m,
                         const struct pack_send *send, struct text anchor,
                         struct text why);

/* "Lisbon time" in the reader's language. */
struct text journeys_zone_words(struct arena *a, enum locale l, const struct zone *z);

/*
 * Date, time, zone, minutes and place of something that starts at a moment. place absent: said in
 * words.
 */
void journeys_moment_values(struct arena *a, struct journeys_matter *m, int64_t starts_at,
                            int64_t minutes, struct text place);

#endif
