/* How people come together: their wishes before the match, proposals in waves, circles of peers. */
#include "rehearsal/rehearsal_staff.h"

#include "gatherings/gatherings.h"
#include "matching/matching_people.h"

enum { RANKED_MOST = 5 };

/* ---- wishes ---- */

struct err play_ask_wishes(struct tx *tx, void *in)
{
        struct matching_window_found *found;
        struct rehearsal *r = in;
        struct who who;

        TRY(play_coordinator(tx, r, &who));
        TRY(matching_window_find(tx, &who, r->cohort.id, MATCHING_WINDOW_DAYS, &found));
        TRY(matching_window_keep(tx, &who, found));
        r->asked = true;
        play_note(r, "asked for wishes", TEXT(""), TEXT(""), who.person, 0, TEXT(""));
        return OK;
}

struct err play_look_wishes(struct tx *tx, struct rehearsal *r, size_t who)
{
        struct matching_asked asked;

        for (int mentor = 0; mentor < 2; mentor++) {
                TRY(matching_asked(tx, r->cohort.id, play_person(r, who)->id, mentor, &asked));
                if (asked.open && !asked.answered && play_lot(r, who, r->order->truth.wish))
                        play_do(r, ACT_WISH, who, mentor, 0);
        }
        return OK;
}

static struct err mark(struct tx *tx, struct rehearsal *r, const struct matching_listed_list *list, const struct who *who)
{
        int64_t *marked = arena_array(tx_arena(tx), int64_t, list->n + 1);
        size_t n = 0;

        for (size_t i = 0; i < list->n; i++)
                if (rehearsal_lot(&r->chance, 0.4))
                        marked[n++] = list->row[i].person;
        return matching_mark(tx, who, r->cohort.id, marked, n);
}

/* An order by chance: whoever is drawn goes to the next place. */
static struct err rank(struct tx *tx, struct rehearsal *r, const struct matching_listed_list *list, const struct who *who)
{
        struct matching_choice choice[RANKED_MOST];
        size_t n = list->n < RANKED_MOST ? list->n : RANKED_MOST;

        for (size_t i = 0; i < n; i++)
                choice[i] = (struct matching_choice) {.mentor = list->row[i].person};
        for (size_t i = 0; i < n; i++) {
                size_t at = i + (size_t)rehearsal_between(&r->chance, 0, (int64_t)(n - i) - 1);
                struct matching_choice drawn = choice[at];
                choice[at] = choice[i];
                drawn.not_with = i + 1 == n && rehearsal_lot(&r->chance, r->order->truth.rather_not);
                drawn.rank = drawn.not_with ? 0 : (int64_t)i + 1;
                choice[i] = drawn;
        }
        return matching_rank(tx, who, r->cohort.id, choice, n);
}

struct err play_wish(struct tx *tx, struct rehearsal *r, const struct act *it, const struct who *who)
{
        bool mentor = it->a != 0;
        struct matching_listed_list list;

        TRY(matching_shortlist_of(tx, who, r->cohort.id, mentor, &list));
        TRY(mentor ? mark(tx, r, &list, who) : rank(tx, r, &list, who));
        play_note(r, "wishes given", TEXT(""), TEXT(""), who->person, 0, mentor ? TEXT("marked mentees") : TEXT("put mentors in order"));
        return OK;
}

/* ---- proposals ---- */

/* The first wave is half of them, so that what comes back is learnt before the rest goes out. */
static struct err send(struct tx *tx, struct rehearsal *r, const struct who *who, int64_t *sent)
{
        struct matching_sendable ids;

        TRY(matching_to_send(tx, who, r->cohort.id, &ids));
        size_t n = r->waves == 0 ? (ids.n + 1) / 2 : ids.n;
        r->waves++;
        return matching_publish_some(tx, who, r->cohort.id, ids.row, n, sent);
}

struct err play_propose(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct matching_summary s;
        struct who who;
        int64_t sent;

        TRY(play_coordinator(tx, r, &who));
        TRY(matching_propose(tx, &who, r->cohort.id, true, false, &s));
        if (s.matched == 0)
                return OK;
        TRY(send(tx, r, &who, &sent));
        play_note(r, "proposed", TEXT(""), TEXT(""), who.person, 0,
                  text_format(tx_arena(tx), "%lld pairs, %lld left out; %lld sent", (long long)s.matched, (long long)s.unmatched,
                              (long long)sent));
        return OK;
}

/* ---- circles ---- */

struct circling { struct rehearsal *r; bool mentors; };

static struct err form(struct tx *tx, void *in)
{
        struct circling *c = in;
        struct gatherings_formed *found;
        struct gatherings_circle_list all;
        struct who who;
        int64_t left, n = 0;

        TRY(play_coordinator(tx, c->r, &who));
        TRY(gatherings_find_circles(tx, &who, c->r->cohort.id, c->mentors, false, &found));
        TRY(gatherings_keep_circles(tx, &who, found, &left));
        TRY(gatherings_confirm_circles(tx, &who, c->r->cohort.id, c->mentors));
        TRY(gatherings_circles(tx, &who, c->r->cohort.id, &all));
        for (size_t i = 0; i < all.n; i++)
                n += all.row[i].mentors == c->mentors;
        *(c->mentors ? &c->r->circles[1] : &c->r->circles[0]) = n;
        play_note(c->r, "circles formed", TEXT(""), TEXT(""), who.person, 0,
                  text_format(tx_arena(tx), "%lld of %s, %lld people in none", (long long)n, c->mentors ? "mentors" : "mentees",
                              (long long)left));
        return OK;
}

struct err play_form_circles(struct rehearsal *r)
{
        struct circling c = {.r = r};

        r->circled = true;
        TRY(play_try(r, "circles", form, &c));
        c.mentors = true;
        return play_try(r, "circles", form, &c);
}
