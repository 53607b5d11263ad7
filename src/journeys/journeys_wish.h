/*
 * What a person wants of the reminders that may be left out: which kinds, one by one or gathered, in which country's
 * calendar, and not before some day.
 *
 * Wrong place? All of them off at once: people_want_programme_mail().  Quiet hours: mail_set_quiet().
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_WISH_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_WISH_H

#include "db/db.h"
#include "journeys/journeys_due.h"
#include "os/zone.h"

struct who;

/* "rhythm tips" and back: bits 1u << enum journeys_letter. Unknown words are passed over. */
unsigned journeys_letters_read(struct text words);
struct text journeys_letters_write(struct arena *a, unsigned bits);
enum journeys_tempo journeys_tempo_of(struct text word);
const char *journeys_tempo_word(enum journeys_tempo tempo);

/* The country a person has named, else that of their zone, else that of the cohort's. NULL: none is known. */
const struct holidays_country *journeys_holidays_of(const struct holidays *h, struct text country, struct text zone,
                                                    const struct zone *cohort);

struct journeys_wishes {
        unsigned without;
        enum journeys_tempo tempo;
        struct text country;            /* a code of the table; "": by the time zone */
        int64_t quiet_from, quiet_until;        /* minutes after midnight; -1: none */
};
struct err journeys_wishes_of(struct tx *tx, int64_t person, struct journeys_wishes *out);
/* Of who asks. Invalid names the field. */
struct err journeys_save_wishes(struct tx *tx, const struct who *who, const struct journeys_wishes *in);

/* All that may wait rests until a day, at most JOURNEYS_REST_DAYS ahead; today or before: as usual again. */
enum { JOURNEYS_REST_DAYS = 28 };
struct err journeys_rest(struct tx *tx, const struct who *who, int64_t until_day);
struct err journeys_resting_until(struct tx *tx, int64_t person, int64_t today, int64_t *until_day);   /* 0: it does not */
/* One letter, by what it offered; absent if it is not theirs. */
struct err journeys_snooze(struct tx *tx, const struct who *who, int64_t offer, int64_t until_day);

#endif
