/*
 * The glass log: what staff have read about a person, through which page, when and why.  http/ and db/ find out what a page
 * told (tx_watch()), so that no page can leave it out; each person reads their own log at /me/data/log.
 *
 * Concerns: only whoever raised one under their name sees that it was read; whom it is about does not.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_GLASS_H
#define TELEMACHUS_PEOPLE_PEOPLE_GLASS_H

#include "http/http.h"

/* The saw hook of http/. */
saw_fn people_saw;

/*
 * Is any of these names (a line each) in the page, as whole words in the same case? words: people_page_words() of it. Pure.
 */
struct people_words;
const struct people_words *people_page_words(struct arena *a, struct text page);
bool people_page_names(const struct people_words *words, struct text names);

/* "your profile", "the notes of your calls" in the reader's language; NULL: not a word of ours. */
const char *people_seen_words(enum locale l, struct text what);
/* "in the list of calls": where, in the reader's language; for a page without words of its own its address. */
const char *people_route_words(enum locale l, struct text route);
const char *people_office_words(enum locale l, struct text office);

/* One visit in plain words. */
struct people_visit_line {
        int64_t at, times;
        struct text reader, what, why;          /* what: several joined: "your name, your profile" */
        const char *office, *where;
};
struct people_visit_day { int64_t day; size_t n, room; struct people_visit_line *row; };
struct people_visit_days { size_t n, room; struct people_visit_day *row; bool more; int64_t oldest; };
/* Of who asks, newest day first, days of the reader's zone; before: a moment, INT64_MAX for now. */
struct err people_visits(struct tx *tx, const struct who *who, int64_t before, struct people_visit_days *out);

#endif
