#include "matching/matching_terms.h"

#include "base/err.h"

#include <stdlib.h>
#include <string.h>

/* ---- numbers for texts ---- */

struct matching_id_slot { struct text t; int32_t id; };

static uint32_t hash_of(struct text t)
{
        uint32_t h = 2166136261u;

        for (size_t i = 0; i < t.n; i++)
                h = (h ^ (unsigned char)t.p[i]) * 16777619u;
        return h ^ h >> 15;
}

static struct matching_id_slot *slot_of(const struct matching_ids *ids, struct text t)
{
        uint32_t mask = (uint32_t)ids->slots - 1;

        for (uint32_t at = hash_of(t) & mask;; at = (at + 1) & mask)
                if (ids->slot[at].id == 0 || text_equal(ids->slot[at].t, t))
                        return &ids->slot[at];
}

static void more_slots(struct matching_ids *ids, struct arena *a)
{
        struct matching_ids old = *ids;

        ids->slots = old.slots ? old.slots * 2 : 256;
        ids->slot = arena_array(a, struct matching_id_slot, (size_t)ids->slots);
        for (int32_t k = 0; k < old.slots; k++)
                if (old.slot[k].id)
                        *slot_of(ids, old.slot[k].t) = old.slot[k];
}

int32_t matching_id(struct matching_ids *ids, struct arena *a, struct text t)
{
        if (text_empty(t))
                return 0;
        if (ids->n * 2 >= ids->slots)
                more_slots(ids, a);
        struct matching_id_slot *slot = slot_of(ids, t);
        if (slot->id == 0)
                *slot = (struct matching_id_slot) {t, ++ids->n};
        return slot->id;
}

int32_t matching_id_known(const struct matching_ids *ids, struct text t)
{
        return ids->slots && !text_empty(t) ? slot_of(ids, t)->id : 0;
}

/* ---- lists ---- */

struct matching_list matching_list_of(struct arena *a, int32_t people, const int32_t *count, const int32_t *id)
{
        struct matching_list list = {.row = arena_array(a, int32_t, (size_t)people + 1)};

        for (int32_t i = 0; i < people; i++)
                list.row[i + 1] = list.row[i] + count[i];
        list.id = arena_array(a, int32_t, (size_t)list.row[people] + 1);
        if (list.row[people])
                memcpy(list.id, id, (size_t)list.row[people] * sizeof *id);
        return list;
}

struct matching_list matching_list_turned(struct arena *a, const struct matching_list *list, int32_t people, int32_t n)
{
        struct matching_list turned = {.row = arena_array(a, int32_t, (size_t)n + 2),
                                       .id = arena_array(a, int32_t, (size_t)list->row[people] + 1)};

        for (int32_t k = 0; k < list->row[people]; k++)
                turned.row[list->id[k] + 2]++;
        for (int32_t k = 0; k < n; k++)
                turned.row[k + 2] += turned.row[k + 1];
        for (int32_t i = 0; i < people; i++)
                for (int32_t k = list->row[i]; k < list->row[i + 1]; k++)
                        turned.id[turned.row[list->id[k] + 1]++] = i;
        return turned;
}

/* ---- which offers meet which wish ---- */

struct finder {
        struct arena *a;
        const struct matching_term_list *wishes, *offers;
        struct matching_ids words;
        struct matching_list by_word, by_skill;         /* offers, by their words and by the skills of their path */
        int32_t *seen;                                  /* per offer: the last wish that looked, plus one */
        struct matching_kin *out;
        int32_t n, room, most_skill;
};

static int32_t words_of(struct finder *f, struct text t, int32_t *ids, bool add)
{
        struct text word;
        int32_t n = 0;

        for (size_t at = 0; matching_rules_word(t, &at, &word); n++)
                ids[n] = add ? matching_id(&f->words, f->a, word) : matching_id_known(&f->words, word);
        return n;
}

static int ascending(const void *a, const void *b)
{
        int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

        return (x > y) - (x < y);
}

static int32_t without_doubles(int32_t *id, int32_t n)
{
        int32_t kept = 0;

        if (n > 1)
                qsort(id, (size_t)n, sizeof *id, ascending);
        for (int32_t k = 0; k < n; k++)
                if (kept == 0 || id[kept - 1] != id[k])
                        id[kept++] = id[k];
        return kept;
}

static int32_t most_skill(const struct matching_term_list *offers)
{
        int32_t most = 0;

        for (int32_t o = 0; o < offers->n; o++)
                for (int k = 0; k < 3; k++)
                        most = offers->row[o].skill.id[k] > most ? offers->row[o].skill.id[k] : most;
        return most;
}

static void index_offers(struct finder *f)
{
        int32_t n = f->offers->n, most_words = 1;
        int32_t *count = arena_array(f->a, int32_t, (size_t)n + 1), *skills = arena_array(f->a, int32_t, (size_t)n * 3 + 1);
        int32_t *word, at = 0;

        for (int32_t o = 0; o < n; o++)
                most_words += (int32_t)(f->offers->row[o].words.n / 3) + 1;
        word = arena_array(f->a, int32_t, (size_t)most_words);
        for (int32_t o = 0; o < n; o++) {
                int32_t words = words_of(f, f->offers->row[o].words, word + at, true);
                count[o] = without_doubles(word + at, words);
                at += count[o];
        }
        struct matching_list list = matching_list_of(f->a, n, count, word);
        f->by_word = matching_list_turned(f->a, &list, n, f->words.n + 1);
        at = 0;
        for (int32_t o = 0; o < n; o++) {
                const int32_t *path = f->offers->row[o].skill.id;
                count[o] = path[0] == 0 ? 0 : 1 + (path[1] != 0) + (path[2] != 0);
                for (int32_t k = 0; k < count[o]; k++)
                        skills[at++] = path[k];
        }
        list = matching_list_of(f->a, n, count, skills);
        f->most_skill = most_skill(f->offers);
        f->by_skill = matching_list_turned(f->a, &list, n, f->most_skill + 1);
}

static void keep(struct finder *f, int32_t offer, int32_t meets)
{
        if (f->n == f->room) {
                int32_t room = f->room ? f->room * 2 : 1024;
                int32_t *id = arena_array(f->a, int32_t, (size_t)room), *value = arena_array(f->a, int32_t, (size_t)room);
                if (f->n) {
                        memcpy(id, f->out->offer.id, (size_t)f->n * sizeof *id);
                        memcpy(value, f->out->meets, (size_t)f->n * sizeof *value);
                }
                f->out->offer.id = id;
                f->out->meets = value;
                f->room = room;
        }
        f->out->offer.id[f->n] = offer;
        f->out->meets[f->n++] = meets;
}

/* Adds the offers of a list that this wish has not seen yet. */
static int32_t look(struct finder *f, const struct matching_list *list, int32_t id, int32_t wish, int32_t *found, int32_t n)
{
        for (int32_t k = list->row[id]; k < list->row[id + 1]; k++) {
                int32_t offer = list->id[k];
                if (f->seen[offer] != wish + 1)
                        found[n++] = offer;
                f->seen[offer] = wish + 1;
        }
        return n;
}

/* Offers that may meet a wish, into found: those that share a word, or a skill of the path. */
static int32_t gather(struct finder *f, int32_t wish, int32_t *found)
{
        const struct matching_term *w = &f->wishes->row[wish];
        int32_t n = 0;
        struct text word;

        for (size_t at = 0; matching_rules_word(w->words, &at, &word);) {
                int32_t id = matching_id_known(&f->words, word);
                if (id)
                        n = look(f, &f->by_word, id, wish, found, n);
        }
        for (int p = 0; p < 3; p++)
                if (w->skill.id[p] && w->skill.id[p] <= f->most_skill)
                        n = look(f, &f->by_skill, w->skill.id[p], wish, found, n);
        return n;
}

/* The very same words are met even if they are too short to be compared one by one. */
static void look_for_same(struct finder *f, const struct matching_ids *texts, int32_t wish, int32_t *found, int32_t *n)
{
        int32_t id = matching_id_known(texts, f->wishes->row[wish].words);

        if (id && f->seen[id - 1] != wish + 1)
                found[(*n)++] = id - 1;
}

void matching_kin_find(struct arena *a, const struct matching_term_list *wishes,
                       const struct matching_term_list *offers, struct matching_kin *out)
{
        struct finder f = {.a = a, .wishes = wishes, .offers = offers, .out = out};
        int32_t *found = arena_array(a, int32_t, (size_t)offers->n + 1);
        struct matching_ids texts = {0};

        *out = (struct matching_kin) {.offer.row = arena_array(a, int32_t, (size_t)wishes->n + 1)};
        f.seen = arena_array(a, int32_t, (size_t)offers->n + 1);
        index_offers(&f);
        for (int32_t o = 0; o < offers->n; o++)
                must(matching_id(&texts, a, offers->row[o].words) == o + 1);
        for (int32_t w = 0; w < wishes->n; w++) {
                const struct matching_term *wish = &wishes->row[w];
                int32_t n = gather(&f, w, found);
                look_for_same(&f, &texts, w, found, &n);
                if (n > 1)
                        qsort(found, (size_t)n, sizeof *found, ascending);
                for (int32_t k = 0; k < n; k++) {
                        const struct matching_term *offer = &offers->row[found[k]];
                        int32_t meets = matching_rules_meets(wish->words, &wish->skill, offer->words, &offer->skill);
                        if (meets > 0)
                                keep(&f, found[k], meets);
                }
                out->offer.row[w + 1] = f.n;
        }
        if (!out->offer.id)
                out->offer.id = out->meets = arena_array(a, int32_t, 1);
}

/* ---- a cohort ---- */

struct gatherer { struct arena *a; struct matching_ids ids; struct matching_term_list *terms; int32_t room; };

static int32_t term_of(struct gatherer *g, struct matching_words words, size_t k)
{
        int32_t before = g->ids.n, id = matching_id(&g->ids, g->a, words.p[k]);
        struct matching_term_list *t = g->terms;

        if (id > before) {
                if (t->n == g->room) {
                        g->room = g->room ? g->room * 2 : 256;
                        struct matching_term *row = arena_array(g->a, struct matching_term, (size_t)g->room);
                        if (t->n)
                                memcpy(row, t->row, (size_t)t->n * sizeof *row);
                        t->row = row;
                }
                t->row[t->n++] = (struct matching_term) {words.p[k], words.skills ? words.skills[k] : (struct matching_skill_path) {{0}}};
        }
        return id - 1;
}

static void gather_wishes(struct arena *a, const struct matching_profile *p, int32_t n, struct matching_terms *out)
{
        struct gatherer g = {.a = a, .terms = &out->wishes};
        size_t all = 0;
        int32_t at = 0;

        for (int32_t i = 0; i < n; i++)
                all += p[i].wants.n + p[i].goals.n;
        out->wish.row = arena_array(a, int32_t, (size_t)n + 1);
        out->wish.id = arena_array(a, int32_t, all + 1);
        out->weight = arena_array(a, int32_t, all + 1);
        for (int32_t i = 0; i < n; i++) {
                for (size_t k = 0; k < p[i].wants.n; k++) {
                        out->weight[at] = p[i].want_weights ? p[i].want_weights[k] : MATCHING_WANT_WEIGHT;
                        out->wish.id[at++] = term_of(&g, p[i].wants, k);
                }
                for (size_t k = 0; k < p[i].goals.n; k++) {
                        out->weight[at] = MATCHING_GOAL_WEIGHT;
                        out->wish.id[at++] = term_of(&g, p[i].goals, k);
                }
                out->wish.row[i + 1] = at;
        }
}

static void gather_offers(struct arena *a, const struct matching_profile *p, int32_t m, struct matching_terms *out)
{
        struct gatherer g = {.a = a, .terms = &out->offers};
        size_t all = 0;
        int32_t at = 0;

        for (int32_t j = 0; j < m; j++)
                all += p[j].offers.n;
        out->offer.row = arena_array(a, int32_t, (size_t)m + 1);
        out->offer.id = arena_array(a, int32_t, all + 1);
        for (int32_t j = 0; j < m; j++) {
                int32_t from = at;
                for (size_t k = 0; k < p[j].offers.n; k++)
                        out->offer.id[at++] = term_of(&g, p[j].offers, k);
                at = from + without_doubles(out->offer.id + from, at - from);
                out->offer.row[j + 1] = at;
        }
}

void matching_terms_new(struct arena *a, const struct matching_profile *mentees, int32_t n,
                        const struct matching_profile *mentors, int32_t m, struct matching_terms *out)
{
        *out = (struct matching_terms) {0};
        gather_wishes(a, mentees, n, out);
        gather_offers(a, mentors, m, out);
        matching_kin_find(a, &out->wishes, &out->offers, &out->kin);
}

/* How many mentors meet half of a wish or more. */
static int32_t offering(const struct matching_terms *t, const struct matching_list *givers, int32_t wish, int32_t *seen)
{
        int32_t n = 0;

        for (int32_t k = t->kin.offer.row[wish]; k < t->kin.offer.row[wish + 1]; k++) {
                int32_t offer = t->kin.offer.id[k];
                for (int32_t g = givers->row[offer]; t->kin.meets[k] * 2 >= MATCHING_ONE && g < givers->row[offer + 1]; g++) {
                        n += seen[givers->id[g]] != wish + 1;
                        seen[givers->id[g]] = wish + 1;
                }
        }
        return n;
}

void matching_terms_weigh(struct arena *a, struct matching_profile *mentees, int32_t n,
                          const struct matching_profile *everybody, int32_t m)
{
        struct matching_terms t;

        matching_terms_new(a, mentees, n, everybody, m, &t);
        struct matching_list givers = matching_list_turned(a, &t.offer, m, t.offers.n);
        int32_t *seen = arena_array(a, int32_t, (size_t)m + 1), *by = arena_array(a, int32_t, (size_t)t.wishes.n + 1);
        for (int32_t w = 0; w < t.wishes.n; w++)
                by[w] = offering(&t, &givers, w, seen);
        for (int32_t i = 0; i < n; i++) {
                int32_t *weights = arena_array(a, int32_t, mentees[i].wants.n + 1);
                for (size_t k = 0; k < mentees[i].wants.n; k++)
                        weights[k] = matching_rules_want_weight(k, by[t.wish.id[t.wish.row[i] + (int32_t)k]], m);
                mentees[i].want_weights = weights;
        }
}
