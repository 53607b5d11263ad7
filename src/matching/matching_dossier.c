#include "matching/matching_dossier.h"

#include "matching/matching.sql.h"
#include "matching/matching_lists.h"

#include <stdlib.h>
#include <string.h>

/* ---- who takes part in this round ---- */

static bool may_be_matched(const struct programmes_participant *p)
{
        return text_is(p->state, "accepted") || text_is(p->state, "ready") || (p->mentor && text_is(p->state, "matched"));
}

/* People with a pair or an open proposal, one entry for each. Sorted. */
struct taken { int64_t *mentor, *mentee; size_t n; };

static int ascending(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

static struct err read_taken(struct tx *tx, int64_t cohort, struct taken *out)
{
        struct matching_pair_rows_list pairs;
        struct matching_open_rows_list open;

        TRY(matching_pair_rows(tx, cohort, &pairs));
        TRY(matching_open_rows(tx, cohort, &open));
        *out = (struct taken) {.mentor = arena_array(tx_arena(tx), int64_t, pairs.n + open.n + 1),
                               .mentee = arena_array(tx_arena(tx), int64_t, pairs.n + open.n + 1)};
        for (size_t i = 0; i < pairs.n; i++, out->n++) {
                out->mentor[out->n] = pairs.row[i].mentor;
                out->mentee[out->n] = pairs.row[i].mentee;
        }
        for (size_t i = 0; i < open.n; i++, out->n++) {
                out->mentor[out->n] = open.row[i].mentor;
                out->mentee[out->n] = open.row[i].mentee;
        }
        qsort(out->mentor, out->n, sizeof *out->mentor, ascending);
        qsort(out->mentee, out->n, sizeof *out->mentee, ascending);
        return OK;
}

/* Where a person's entries begin. */
static size_t first_of(const int64_t *sorted, size_t n, int64_t person)
{
        size_t low = 0, high = n;

        while (low < high) {
                size_t middle = low + (high - low) / 2;
                if (sorted[middle] < person)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static int entries_of(const int64_t *sorted, size_t n, int64_t person)
{
        return (int)(first_of(sorted, n, person + 1) - first_of(sorted, n, person));
}

/* Ascending by person, so that a run does not depend on how a list was sorted. */
static int by_person(const void *a, const void *b)
{
        const struct programmes_participant *p = a, *q = b;

        return p->person != q->person ? (p->person > q->person) - (p->person < q->person) : p->mentor - q->mentor;
}

static void side_new(struct arena *a, struct matching_side *side, size_t most)
{
        *side = (struct matching_side) {.p = arena_array(a, struct matching_profile, most + 1),
                                        .first_name = arena_array(a, struct text, most + 1),
                                        .participant = arena_array(a, int64_t, most + 1)};
}

static void add(struct matching_side *side, const struct matching_profile *profile, const struct programmes_participant *p)
{
        side->p[side->n] = *profile;
        side->first_name[side->n] = p->first_name;
        side->participant[side->n++] = p->id;
}

static void take_sides(struct arena *a, const struct programmes_participant_list *people, const struct matching_profiles *all,
                       const struct taken *taken, struct matching_dossier *out)
{
        side_new(a, &out->mentees, people->n);
        side_new(a, &out->mentors, people->n);
        out->places = arena_array(a, int32_t, people->n + 1);
        out->taken = arena_array(a, int32_t, people->n + 1);
        for (size_t i = 0; i < people->n; i++) {
                const struct programmes_participant *p = &people->row[i];
                const struct matching_profile *profile = matching_profiles_find(all, p->person);
                if (!profile || !may_be_matched(p) || (!p->mentor && entries_of(taken->mentee, taken->n, p->person)))
                        continue;
                int room = (int)p->capacity - entries_of(taken->mentor, taken->n, p->person);
                if (p->mentor && room <= 0)
                        continue;
                if (p->mentor) {
                        out->places[out->mentors.n] = room;
                        out->taken[out->mentors.n] = (int)p->capacity - room;
                }
                add(p->mentor ? &out->mentors : &out->mentees, profile, p);
        }
}

/* Wants weigh by what all mentors of the cohort offer, with room or without, so that a run and a later look agree. */
static void weigh(struct arena *a, struct matching_profile *mentees, int32_t n, const struct programmes_participant_list *people,
                  const struct matching_profiles *all)
{
        struct matching_profile *mentors = arena_array(a, struct matching_profile, people->n + 1);
        int32_t m = 0;

        for (size_t i = 0; i < people->n; i++) {
                const struct matching_profile *p = matching_profiles_find(all, people->row[i].person);
                if (p && people->row[i].mentor && may_be_matched(&people->row[i]))
                        mentors[m++] = *p;
        }
        matching_terms_weigh(a, mentees, n, mentors, m);
}

/* ---- what is known about single pairs ---- */

int32_t matching_place_of(const struct matching_side *side, int64_t person)
{
        int32_t low = 0, high = side->n;

        while (low < high) {
                int32_t middle = low + (high - low) / 2;
                if (side->p[middle].person == person)
                        return middle;
                if (side->p[middle].person < person)
                        low = middle + 1;
                else
                        high = middle;
        }
        return MATCHING_NOBODY;
}

struct matching_facts *matching_dossier_note(struct arena *a, struct matching_dossier *d, int64_t mentee, int64_t mentor)
{
        struct matching_link link = {.mentee = matching_place_of(&d->mentees, mentee), .mentor = matching_place_of(&d->mentors, mentor)};

        if (link.mentee == MATCHING_NOBODY || link.mentor == MATCHING_NOBODY)
                return arena_new_of(a, struct matching_facts);
        if (d->n_links == d->links_room) {
                int64_t room = d->links_room ? d->links_room * 2 : 64;
                struct matching_link *more = arena_array(a, struct matching_link, (size_t)room);
                if (d->n_links)
                        memcpy(more, d->link, (size_t)d->n_links * sizeof *more);
                d->link = more;
                d->links_room = room;
        }
        d->link[d->n_links] = link;
        return &d->link[d->n_links++].facts;
}

static int by_pair(const void *left, const void *right)
{
        const struct matching_link *a = left, *b = right;

        return a->mentee != b->mentee ? (a->mentee > b->mentee) - (a->mentee < b->mentee)
                                      : (a->mentor > b->mentor) - (a->mentor < b->mentor);
}

static void put_together(struct matching_facts *f, const struct matching_facts *g)
{
        f->wish = f->wish ? f->wish : g->wish;
        f->asked = f->asked ? f->asked : g->asked;
        f->marked |= g->marked;
        f->paired |= g->paired;
        f->concern |= g->concern;
        f->panel |= g->panel;
}

static void settle_links(struct matching_dossier *d)
{
        int64_t kept = 0;

        if (d->n_links)
                qsort(d->link, (size_t)d->n_links, sizeof *d->link, by_pair);
        for (int64_t k = 0; k < d->n_links; k++) {
                if (kept && by_pair(&d->link[kept - 1], &d->link[k]) == 0)
                        put_together(&d->link[kept - 1].facts, &d->link[k].facts);
                else
                        d->link[kept++] = d->link[k];
        }
        d->n_links = kept;
}

/* anybody: a wish for a mentor who is not in this dossier makes the others less wished for as well. */
static struct err add_wishes(struct tx *tx, int64_t cohort, bool anybody, struct matching_dossier *d)
{
        struct matching_rank_rows_list rows;

        TRY(matching_rank_rows(tx, cohort, &rows));
        d->ranked = arena_array(tx_arena(tx), uint8_t, (size_t)d->mentees.n + 1);
        for (size_t i = 0; i < rows.n; i++) {
                int32_t mentee = matching_place_of(&d->mentees, rows.row[i].mentee);
                matching_dossier_note(tx_arena(tx), d, rows.row[i].mentee, rows.row[i].mentor)->wish = (int)rows.row[i].rank;
                if (mentee != MATCHING_NOBODY && (anybody || matching_place_of(&d->mentors, rows.row[i].mentor) != MATCHING_NOBODY))
                        d->ranked[mentee] = 1;
        }
        return OK;
}

static struct err add_known_pairs(struct tx *tx, int64_t cohort, struct matching_dossier *d)
{
        struct matching_known_pairs_list rows;

        TRY(matching_known_pairs(tx, cohort, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                if (!rows.row[i].open && !rows.row[i].concern)
                        continue;
                struct matching_facts *f = matching_dossier_note(tx_arena(tx), d, rows.row[i].mentee, rows.row[i].mentor);
                f->paired = rows.row[i].open;
                f->concern = rows.row[i].concern;
                /* Whatever came between two people stays between them when they change sides. */
                if (rows.row[i].concern)
                        matching_dossier_note(tx_arena(tx), d, rows.row[i].mentor, rows.row[i].mentee)->concern = true;
        }
        return OK;
}

/* Rows come by person, so that those of one lie together. */
struct err matching_add_not_with(struct tx *tx, int64_t cohort, struct matching_profiles *all)
{
        struct matching_not_with_rows_list rows;

        TRY(matching_not_with_rows(tx, cohort, &rows));
        struct text *keys = arena_array(tx_arena(tx), struct text, rows.n + 1);
        for (size_t i = 0; i < rows.n; i++) {
                struct matching_profile *p = matching_profiles_find(all, rows.row[i].person);
                keys[i] = rows.row[i].other_key;
                if (!p)
                        continue;
                if (!p->not_with.p)
                        p->not_with.p = &keys[i];
                p->not_with.n++;
        }
        return OK;
}

static struct err add_ruled_out(struct tx *tx, int64_t cohort, struct matching_dossier *d)
{
        struct matching_forbidden_rows_list rows;

        TRY(matching_forbidden_rows(tx, cohort, &rows));
        d->ruled_out = arena_array(tx_arena(tx), struct matching_pair, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                struct matching_pair p = {matching_place_of(&d->mentees, rows.row[i].mentee),
                                          matching_place_of(&d->mentors, rows.row[i].mentor)};
                if (p.mentee != MATCHING_NOBODY && p.mentor != MATCHING_NOBODY)
                        d->ruled_out[d->n_ruled_out++] = p;
        }
        return OK;
}

bool matching_dossier_ruled_out(const struct matching_dossier *d, int32_t mentee, int32_t mentor)
{
        for (int64_t k = 0; k < d->n_ruled_out; k++)
                if (d->ruled_out[k].mentee == mentee && d->ruled_out[k].mentor == mentor)
                        return true;
        return false;
}

/* ---- the whole ---- */

struct err matching_dossier(struct tx *tx, const struct programmes_cohort *c, struct matching_dossier *out)
{
        struct programmes_participant_list people;
        struct matching_profiles all;
        struct taken taken;

        *out = (struct matching_dossier) {0};
        TRY(programmes_participants(tx, c->id, &people));
        TRY(matching_profiles(tx, c, &all));
        TRY(matching_weights_of(tx, c->id, &out->weights));
        TRY(read_taken(tx, c->id, &taken));
        TRY(matching_add_not_with(tx, c->id, &all));
        if (people.n)
                qsort(people.row, people.n, sizeof *people.row, by_person);
        take_sides(tx_arena(tx), &people, &all, &taken, out);
        weigh(tx_arena(tx), out->mentees.p, out->mentees.n, &people, &all);
        TRY(add_ruled_out(tx, c->id, out));
        TRY(add_wishes(tx, c->id, false, out));
        TRY(add_known_pairs(tx, c->id, out));
        TRY(matching_add_kinds(tx, c->id, out));
        settle_links(out);
        return OK;
}

struct matching_facts matching_dossier_facts(const struct matching_dossier *d, int32_t mentee, int32_t mentor)
{
        struct matching_link key = {.mentee = mentee, .mentor = mentor};
        const struct matching_link *found =
                d->n_links ? bsearch(&key, d->link, (size_t)d->n_links, sizeof key, by_pair) : NULL;
        struct matching_facts facts = found ? found->facts : (struct matching_facts) {0};

        facts.wishes_made = d->ranked[mentee];
        return facts;
}

void matching_dossier_fit(const struct matching_dossier *d, int32_t mentee, int32_t mentor, struct matching_fit *fit)
{
        struct matching_facts facts = matching_dossier_facts(d, mentee, mentor);

        matching_rules_fit(&d->mentees.p[mentee], &d->mentors.p[mentor], &facts, &d->weights, fit);
}

void matching_dossier_pool(struct arena *a, const struct matching_dossier *d, struct matching_pool *out)
{
        matching_pool_new(a, d->mentees.p, d->mentees.n, d->mentors.p, d->mentors.n, d->link, d->n_links, d->ranked, &d->weights, out);
}

/* What all couples of a cohort have in common. */
struct couples {
        struct programmes_participant_list people;
        struct matching_profiles all;
        struct matching_weights weights;
};

/* A dossier of two, whatever their state: so that what stands between them is found in one way only. */
static struct err couple_fit(struct tx *tx, int64_t cohort, const struct couples *c, struct matching_couple pair, struct matching_fit *fit)
{
        const struct matching_profile *one = matching_profiles_find(&c->all, pair.mentee), *other = matching_profiles_find(&c->all, pair.mentor);
        struct matching_dossier d = {.weights = c->weights};
        struct programmes_participant nobody = {0};

        if (!one || !other)
                return FAIL(ERR_ABSENT, "There is no such person in this cohort", "Choose somebody of the list");
        side_new(tx_arena(tx), &d.mentees, 1);
        side_new(tx_arena(tx), &d.mentors, 1);
        add(&d.mentees, one, &nobody);
        add(&d.mentors, other, &nobody);
        weigh(tx_arena(tx), d.mentees.p, 1, &c->people, &c->all);
        TRY(add_wishes(tx, cohort, true, &d));
        TRY(add_known_pairs(tx, cohort, &d));
        TRY(matching_add_marks(tx, cohort, &d));
        settle_links(&d);
        matching_dossier_fit(&d, 0, 0, fit);
        return OK;
}

struct err matching_couple_fits(struct tx *tx, int64_t cohort, const struct matching_couple *pair, size_t n, struct matching_fit *fit)
{
        struct programmes_cohort c;
        struct couples all;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(programmes_participants(tx, cohort, &all.people));
        TRY(matching_profiles(tx, &c, &all.all));
        TRY(matching_weights_of(tx, cohort, &all.weights));
        TRY(matching_add_not_with(tx, cohort, &all.all));
        for (size_t k = 0; k < n; k++)
                TRY(couple_fit(tx, cohort, &all, pair[k], &fit[k]));
        return OK;
}

struct err matching_couple_fit(struct tx *tx, int64_t cohort, int64_t mentee, int64_t mentor, struct matching_fit *fit)
{
        return matching_couple_fits(tx, cohort, &(struct matching_couple) {mentee, mentor}, 1, fit);
}
