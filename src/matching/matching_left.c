#include "matching/matching_left.h"

#include "matching/matching_hand.h"
#include "matching/matching_solved.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES = 8, WORDS = 3, RECRUIT = 6, RAISE = 3, GAPS = 5 };

struct working {
        struct tx *tx;
        struct arena *a, *scratch;
        struct matching_round r;
        struct matching_result best;
        struct matching_left *out;
};

/* ---- what a set of people has in common ---- */

static bool has(struct matching_words words, struct text t)
{
        for (size_t k = 0; k < words.n; k++)
                if (text_equal(words.p[k], t))
                        return true;
        return false;
}

static void count_word(struct matching_need_list *list, struct text word)
{
        for (size_t i = 0; i < list->n; i++) {
                if (text_equal(list->row[i].word, word)) {
                        list->row[i].n++;
                        return;
                }
        }
        list->row[list->n++] = (struct matching_need) {.word = word, .n = 1};
}

static int most_first(const void *a, const void *b)
{
        const struct matching_need *x = a, *y = b;

        if (x->n != y->n)
                return x->n < y->n ? 1 : -1;
        if (x->offered != y->offered)
                return x->offered < y->offered ? -1 : 1;
        return text_compare(x->word, y->word);
}

typedef struct matching_words words_fn(const struct matching_profile *p);
static struct matching_words wants_of(const struct matching_profile *p) { return p->wants; }
static struct matching_words offers_of(const struct matching_profile *p) { return p->offers; }
static struct matching_words languages_of(const struct matching_profile *p) { return p->languages; }

/* The words of these mentees, how many say each, and on how many mentors' lists it stands. */
static void count_words(struct working *w, const int32_t *mentee, int32_t n, words_fn *asked, words_fn *given, struct matching_need_list *out)
{
        const struct matching_dossier *d = &w->r.d;
        size_t most = 0;

        for (int32_t i = 0; i < n; i++)
                most += asked(&d->mentees.p[mentee[i]]).n;
        *out = (struct matching_need_list) {.row = arena_array(w->a, struct matching_need, most + 1)};
        for (int32_t i = 0; i < n; i++) {
                struct matching_words words = asked(&d->mentees.p[mentee[i]]);
                for (size_t k = 0; k < words.n; k++)
                        count_word(out, words.p[k]);
        }
        for (size_t i = 0; i < out->n; i++)
                for (int32_t j = 0; j < d->mentors.n; j++)
                        out->row[i].offered += has(given(&d->mentors.p[j]), out->row[i].word);
        qsort(out->row, out->n, sizeof *out->row, most_first);
}

/* Only what more than half of them say, and at least two. */
static void keep_common(struct matching_need_list *list, int64_t of, size_t most)
{
        size_t kept = 0;

        while (kept < list->n && kept < most && list->row[kept].n >= 2 && list->row[kept].n * 2 > of)
                kept++;
        list->n = kept;
}

/* A language that nearly every mentor speaks explains nothing. */
static void drop_usual(struct matching_need_list *list, int64_t mentors)
{
        size_t kept = 0;

        for (size_t i = 0; i < list->n; i++)
                if (list->row[i].offered * 4 < mentors * 3)
                        list->row[kept++] = list->row[i];
        list->n = kept;
}

/* ---- too few places for some ---- */

static void fill_gap(struct working *w, const struct matching_block *b, struct matching_gap *gap)
{
        const struct matching_dossier *d = &w->r.d;

        *gap = (struct matching_gap) {
                .mentees = b->mentees, .mentors = b->mentors, .places = b->places, .short_by = b->short_by,
                .name = arena_array(w->a, int64_t, NAMES), .mentor = arena_array(w->a, int64_t, NAMES)};
        count_words(w, b->mentee, b->mentees, wants_of, offers_of, &gap->wants);
        count_words(w, b->mentee, b->mentees, languages_of, languages_of, &gap->languages);
        keep_common(&gap->wants, gap->mentees, WORDS);
        keep_common(&gap->languages, gap->mentees, WORDS);
        drop_usual(&gap->languages, d->mentors.n);
        for (int32_t i = 0; i < b->mentees && i < NAMES; i++)
                gap->name[gap->n_names++] = d->mentees.p[b->mentee[i]].person;
        for (int32_t j = 0; j < b->mentors && j < NAMES; j++)
                gap->mentor[gap->n_mentors++] = d->mentors.p[b->mentor[j]].person;
}

static struct err find_gaps(struct working *w)
{
        struct matching_shortage s;

        TRY(matching_shortage(&w->r.problem, &w->best, w->scratch, &s));
        w->out->gaps.row = arena_array(w->a, struct matching_gap, GAPS);
        for (int32_t b = 0; b < s.n && b < GAPS; b++)
                fill_gap(w, &s.block[b], &w->out->gaps.row[w->out->gaps.n++]);
        return OK;
}

/* ---- whom one place more would help ---- */

static void find_raises(struct working *w)
{
        const struct matching_price *price = w->best.mentor_price;
        bool *taken = arena_array(w->scratch, bool, (size_t)w->r.d.mentors.n + 1);

        w->out->raise = arena_array(w->a, int64_t, RAISE);
        while (w->out->n_raise < RAISE) {
                int32_t at = MATCHING_NOBODY;
                for (int32_t j = 0; j < w->r.d.mentors.n; j++)
                        if (!taken[j] && price[j].pairs > 0 && (at == MATCHING_NOBODY || price[j].score > price[at].score))
                                at = j;
                if (at == MATCHING_NOBODY)
                        return;
                taken[at] = true;
                w->out->raise[w->out->n_raise++] = w->r.d.mentors.p[at].person;
        }
}

/* ---- one rule less ---- */

static int most_more_first(const void *a, const void *b)
{
        const struct matching_relaxed *x = a, *y = b;

        return x->more != y->more ? (x->more < y->more ? 1 : -1) : (x->rule > y->rule) - (x->rule < y->rule);
}

static struct err try_without_each(struct working *w)
{
        static const enum matching_rule rules[] = {
                MATCHING_LOW_TOTAL, MATCHING_LOW_GOALS, MATCHING_NO_HOURS, MATCHING_NO_LANGUAGE, MATCHING_SAME_TEAM, MATCHING_SAME_FUNCTION,
                MATCHING_LEVEL_GAP};
        struct matching_left *out = w->out;
        struct matching_result r;

        out->relaxed.row = arena_array(w->a, struct matching_relaxed, sizeof rules / sizeof rules[0]);
        out->relaxed_skipped = out->weighed > MATCHING_RELAX_MOST;
        for (size_t k = 0; k < sizeof rules / sizeof rules[0] && !out->relaxed_skipped; k++) {
                struct arena_mark mark = arena_mark(w->scratch);
                matching_round_without(&w->r, rules[k]);
                TRY(matching_round_solve(&w->r, MATCHING_TOTAL, w->scratch, &r));
                if (r.matched > w->best.matched)
                        out->relaxed.row[out->relaxed.n++] = (struct matching_relaxed) {rules[k], r.matched - w->best.matched, r.matched};
                arena_rewind(w->scratch, mark);
        }
        matching_round_without(&w->r, 0);
        qsort(out->relaxed.row, out->relaxed.n, sizeof *out->relaxed.row, most_more_first);
        return OK;
}

/* ---- all of it ---- */

static int32_t *room_beside(struct working *w, const int32_t *mentor_of)
{
        int32_t *room = arena_array(w->scratch, int32_t, (size_t)w->r.d.mentors.n + 1);

        for (int32_t j = 0; j < w->r.d.mentors.n; j++)
                room[j] = w->r.d.places[j];
        for (int32_t i = 0; i < w->r.d.mentees.n; i++)
                if (mentor_of[i] != MATCHING_NOBODY)
                        room[mentor_of[i]]--;
        return room;
}

/* Of the mentors who fit a mentee; those proposed before, or ruled out, are none of them any more. */
static const char *look_at(struct working *w, int32_t i, const int32_t *room, bool *gone, struct matching_unserved *out)
{
        size_t m = (size_t)w->r.d.mentors.n;
        int64_t with_room = 0, before = 0;

        memset(gone, 0, m * sizeof *gone);
        for (int64_t k = 0; k < w->r.d.n_ruled_out; k++)
                if (w->r.d.ruled_out[k].mentee == i)
                        gone[w->r.d.ruled_out[k].mentor] = true;
        for (size_t j = 0; j < m; j++) {
                size_t at = (size_t)i * m + j;
                if (w->r.rules[at])
                        continue;
                if (gone[j]) {
                        before++;
                        continue;
                }
                out->allowed++;
                with_room += room[j] > 0;
                if (w->r.score[at] <= out->score)
                        continue;
                out->best = w->r.d.mentors.p[j].person;
                out->score = w->r.score[at];
        }
        return out->allowed ? matching_left_among(out->allowed, with_room) : before ? "proposed before" : matching_left_code(&w->r, i);
}

static void list_people(struct working *w)
{
        const int32_t *mentor_of = w->r.drafts ? w->r.now : w->best.mentor_of;
        struct matching_left *out = w->out;
        bool *gone = arena_array(w->scratch, bool, (size_t)w->r.d.mentors.n + 1);
        int32_t *who = arena_array(w->scratch, int32_t, (size_t)w->r.d.mentees.n + 1);
        int32_t *room = room_beside(w, mentor_of);

        out->row = arena_alloc_array(w->a, sizeof *out->row, (size_t)w->r.d.mentees.n + 1);
        for (int32_t i = 0; i < w->r.d.mentees.n; i++) {
                if (mentor_of[i] != MATCHING_NOBODY)
                        continue;
                who[out->n] = i;
                out->row[out->n].person = w->r.d.mentees.p[i].person;
                out->row[out->n].code = look_at(w, i, room, gone, &out->row[out->n]);
                out->n++;
        }
        out->left_out = (int64_t)out->n;
        out->possible = (w->r.drafts ? out->left_out : w->r.d.mentees.n) - w->best.unmatched;
        count_words(w, who, (int32_t)out->n, wants_of, offers_of, &out->recruit);
        if (out->recruit.n > RECRUIT)
                out->recruit.n = RECRUIT;
}

static struct err work_out(void *ctx, struct arena *scratch)
{
        struct working *w = ctx;

        w->scratch = scratch;
        matching_round_score(&w->r, w->scratch);
        TRY(matching_round_solve(&w->r, MATCHING_TOTAL, w->scratch, &w->best));
        list_people(w);
        if (w->best.unmatched == 0)
                return OK;
        TRY(find_gaps(w));
        find_raises(w);
        return try_without_each(w);
}

struct err matching_left(struct tx *tx, const struct who *who, int64_t cohort, bool work, struct matching_left *out)
{
        struct working w = {.tx = tx, .a = tx_arena(tx), .out = out};
        struct programmes_cohort c;

        *out = (struct matching_left) {0};
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_round(tx, &c, &w.r));
        out->weighed = matching_round_pairs(&w.r);
        out->mentees = w.r.d.mentees.n;
        out->mentors = w.r.d.mentors.n;
        for (int32_t j = 0; j < w.r.d.mentors.n; j++)
                out->places += w.r.d.places[j];
        out->too_large = out->weighed > (work ? MATCHING_ROUND_MOST : MATCHING_AT_ONCE);
        if (out->too_large)
                return OK;
        return matching_apart(w.a, work_out, &w);
}
