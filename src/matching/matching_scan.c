/* One mentee against many mentors, with numbers only. Mirrors matching_rules.c and matching_hard.c; a test holds the two together. */
#include "matching/matching_pool.h"

#include "base/err.h"

#include <stdlib.h>

enum { HALF = MATCHING_ONE / 2, ENOUGH_HALF_HOURS = 2 * 6 };

/* Which wishes an offer meets, as a chain. */
struct meeting { int32_t wish, meets, next; };

/* The mentee's week as it lies beside that of somebody with another clock. */
struct beside { int32_t mentee_stamp; int n; struct matching_utc_week week[MATCHING_SEASONS]; };

struct matching_scan {
        const struct matching_pool *p;
        int32_t mentee, stamp;
        const struct matching_card *card;
        const uint64_t *languages, *formats;
        const struct matching_link *link, *links_end;
        /* of offers: where its chain begins, 0: meets nothing of this mentee */
        int32_t *chain;
        struct meeting *meeting;
        int32_t n_meetings;
        int32_t wishes, *best;                  /* per wish of this mentee: met so far; all zero between mentors */
        const int32_t *weight;
        int64_t weight_sum;
        uint16_t *interest, *value;             /* how often the mentee names it */
        struct beside *beside;                  /* per clock */
};

struct matching_scan *matching_scan_new(struct arena *a, const struct matching_pool *p)
{
        struct matching_scan *s = arena_new_of(a, struct matching_scan);
        int32_t most = 0, meetings = 0;

        for (int32_t i = 0; i < p->mentees.n; i++) {
                int32_t from = p->terms.wish.row[i], until = p->terms.wish.row[i + 1], met = 0;
                for (int32_t k = from; k < until; k++) {
                        const int32_t *row = p->terms.kin.offer.row + p->terms.wish.id[k];
                        met += row[1] - row[0];
                }
                most = until - from > most ? until - from : most;
                meetings = met > meetings ? met : meetings;
        }
        s->p = p;
        s->meeting = arena_array(a, struct meeting, (size_t)meetings + 1);
        s->chain = arena_array(a, int32_t, (size_t)p->terms.offers.n + 1);
        s->best = arena_array(a, int32_t, (size_t)most + 1);
        s->interest = arena_array(a, uint16_t, (size_t)p->n_interests + 1);
        s->value = arena_array(a, uint16_t, (size_t)p->n_values + 1);
        s->beside = arena_array(a, struct beside, (size_t)p->n_clocks + 1);
        return s;
}

static void count(const struct matching_list *list, int32_t mentee, uint16_t *counts, int by)
{
        for (int32_t k = list->row[mentee]; k < list->row[mentee + 1]; k++)
                counts[list->id[k]] = (uint16_t)(counts[list->id[k]] + by);
}

static void add_meeting(struct matching_scan *s, int32_t wish, int32_t offer, int32_t meets)
{
        s->meeting[++s->n_meetings] = (struct meeting) {wish, meets, s->chain[offer]};
        s->chain[offer] = s->n_meetings;
}

static void for_offers(struct matching_scan *s, bool begin)
{
        const struct matching_terms *t = &s->p->terms;
        int32_t from = t->wish.row[s->mentee];

        for (int32_t w = 0; w < s->wishes; w++) {
                int32_t wish = t->wish.id[from + w];
                for (int32_t k = t->kin.offer.row[wish]; k < t->kin.offer.row[wish + 1]; k++) {
                        if (begin)
                                add_meeting(s, w, t->kin.offer.id[k], t->kin.meets[k]);
                        else
                                s->chain[t->kin.offer.id[k]] = 0;
                }
        }
}

void matching_scan_begin(struct matching_scan *s, int32_t mentee)
{
        const struct matching_pool *p = s->p;

        s->mentee = mentee;
        s->stamp++;
        s->card = &p->mentees.card[mentee];
        s->languages = p->mentees.languages + (size_t)mentee * (size_t)p->language_words;
        s->formats = p->mentees.formats + (size_t)mentee * (size_t)p->format_words;
        s->link = p->link + p->links[mentee];
        s->links_end = p->link + p->links[mentee + 1];
        s->wishes = p->terms.wish.row[mentee + 1] - p->terms.wish.row[mentee];
        s->weight = p->terms.weight + p->terms.wish.row[mentee];
        s->weight_sum = 0;
        for (int32_t w = 0; w < s->wishes; w++)
                s->weight_sum += s->weight[w];
        s->n_meetings = 0;
        for_offers(s, true);
        count(&p->mentees.interests, mentee, s->interest, 1);
        count(&p->mentees.values, mentee, s->value, 1);
}

void matching_scan_end(struct matching_scan *s)
{
        for_offers(s, false);
        count(&s->p->mentees.interests, s->mentee, s->interest, -1);
        count(&s->p->mentees.values, s->mentee, s->value, -1);
}

/* ---- parts ---- */

/* Nearly always both are small, and then a division takes half the time. */
static inline int64_t divided(int64_t a, int64_t b)
{
        return ((uint64_t)a | (uint64_t)b) >> 32 ? a / b : (int64_t)((uint32_t)a / (uint32_t)b);
}

int32_t matching_scan_goals(struct matching_scan *s, int32_t mentor)
{
        const struct matching_list *offers = &s->p->terms.offer;
        int64_t met = 0;
        int32_t touched = 0;

        if (!(s->card->has & s->p->mentors.card[mentor].has & MATCHING_HAS_SKILLS))
                return HALF;
        for (int32_t k = offers->row[mentor]; k < offers->row[mentor + 1]; k++)
                for (int32_t c = s->chain[offers->id[k]]; c; c = s->meeting[c].next, touched++) {
                        const struct meeting *m = &s->meeting[c];
                        if (m->meets > s->best[m->wish]) {
                                met += (int64_t)(m->meets - s->best[m->wish]) * s->weight[m->wish];
                                s->best[m->wish] = m->meets;
                        }
                }
        if (touched == 0)
                return 0;
        for (int32_t w = 0; w < s->wishes; w++)
                s->best[w] = 0;
        return (int32_t)divided(met, s->weight_sum);
}

static int32_t wishes_part(const struct matching_scan *s, const struct matching_facts *f)
{
        bool made = s->card->has & MATCHING_HAS_WISHES;
        int32_t value = HALF;

        if (!made && f->wish == 0 && !f->marked)
                return -1;
        if (f->wish > 0)
                value = MATCHING_ONE - (f->wish < 5 ? f->wish - 1 : 4) * 150000;
        else if (made)
                value = 300000;
        if (f->marked)
                value += f->wish > 0 ? 300000 : 200000;
        return value < MATCHING_ONE ? value : MATCHING_ONE;
}

/* counts: how often the mentee says each; theirs holds what the mentor says once, said how much that was. */
static int64_t share(const struct matching_list *mine, int32_t mentee, const uint16_t *counts,
                     const struct matching_list *theirs, const int32_t *said, int32_t mentor)
{
        int64_t shared = 0, n = mine->row[mentee + 1] - mine->row[mentee];

        for (int32_t k = theirs->row[mentor]; k < theirs->row[mentor + 1]; k++)
                shared += counts[theirs->id[k]];
        if (shared == 0)
                return 0;
        int64_t value = divided(2 * shared * MATCHING_ONE, n + said[mentor]);
        return value < MATCHING_ONE ? value : MATCHING_ONE;
}

int32_t matching_scan_likeness(const struct matching_scan *s, int32_t mentor)
{
        unsigned both = s->card->has & s->p->mentors.card[mentor].has;
        const struct matching_crowd *a = &s->p->mentees, *b = &s->p->mentors;
        int64_t values = both & MATCHING_HAS_VALUES ? share(&a->values, s->mentee, s->value, &b->values, b->n_values, mentor) : -1;
        int64_t interests = both & MATCHING_HAS_INTERESTS ? share(&a->interests, s->mentee, s->interest, &b->interests, b->n_interests, mentor) : -1;

        if (values >= 0 && interests >= 0)
                return (int32_t)((values + interests) / 2);
        return values >= 0 ? (int32_t)values : interests >= 0 ? (int32_t)interests : HALF;
}

static const struct beside *beside_of(struct matching_scan *s, int32_t clock)
{
        struct beside *b = &s->beside[clock];
        int16_t difference[MATCHING_SEASONS];

        if (b->mentee_stamp == s->stamp)
                return b;
        b->mentee_stamp = s->stamp;
        b->n = matching_rules_differences(&s->p->span, s->p->shift[s->card->clock], s->p->shift[clock], difference);
        for (int k = 0; k < b->n; k++)
                b->week[k] = matching_week_later(&s->p->mentees.week[s->mentee], -difference[k]);
        return b;
}

static int common_hours(struct matching_scan *s, int32_t mentor)
{
        const struct beside *b = beside_of(s, s->p->mentors.card[mentor].clock);
        int fewest = 7 * 48;

        for (int k = 0; k < b->n; k++) {
                int common = matching_week_common(&b->week[k], &s->p->mentors.week[mentor]);
                fewest = common < fewest ? common : fewest;
        }
        return fewest;
}

int32_t matching_scan_hours(struct matching_scan *s, int32_t mentor)
{
        int64_t part;

        if (!(s->card->has & s->p->mentors.card[mentor].has & MATCHING_HAS_WEEK))
                return HALF;
        part = (int64_t)common_hours(s, mentor) * MATCHING_ONE / ENOUGH_HALF_HOURS;
        return part < MATCHING_ONE ? (int32_t)part : MATCHING_ONE;
}

static int32_t level_part(const struct matching_card *a, const struct matching_card *b, unsigned both)
{
        int32_t steps = both & MATCHING_HAS_GRADE ? matching_rules_steps(b->step - a->step) : -1;
        int32_t years = both & MATCHING_HAS_YEARS ? matching_rules_years((int64_t)b->years - a->years) : -1;

        return steps < 0 && years < 0 ? HALF : steps > years ? steps : years;
}

static bool in_common(const uint64_t *a, const uint64_t *b, int words)
{
        for (int k = 0; k < words; k++)
                if (a[k] & b[k])
                        return true;
        return false;
}

static int32_t format_part(const struct matching_card *a, const struct matching_card *b, unsigned both, bool language, bool format)
{
        int32_t spoken = a->language == b->language ? MATCHING_ONE : language ? HALF : 0;
        int32_t met = a->format == b->format ? MATCHING_ONE : format ? HALF : 0;

        if ((both & MATCHING_HAS_LANGUAGE) && (both & MATCHING_HAS_FORMAT))
                return (spoken + met) / 2;
        return both & MATCHING_HAS_LANGUAGE ? spoken : both & MATCHING_HAS_FORMAT ? met : HALF;
}

/* ---- rules ---- */

static bool same(int32_t a, int32_t b) { return a != 0 && a == b; }

static bool listed(const struct matching_list *list, int32_t person, int32_t email)
{
        for (int32_t k = list->row[person]; k < list->row[person + 1]; k++)
                if (same(list->id[k], email))
                        return true;
        return false;
}

static unsigned rules(const struct matching_scan *s, int32_t mentor, const struct matching_facts *f)
{
        const struct matching_card *a = s->card, *b = &s->p->mentors.card[mentor];
        const struct matching_weights *w = &s->p->weights;
        unsigned bad = 0;

        bad |= a->person == b->person || same(a->email, b->email) ? MATCHING_SELF : 0;
        bad |= f->paired ? MATCHING_PAIRED : 0;
        bad |= f->panel ? MATCHING_PANEL : 0;
        bad |= f->concern ? MATCHING_CONCERN : 0;
        bad |= (a->has | b->has) & MATCHING_HAS_NO_CONSENT ? MATCHING_NO_CONSENT : 0;
        bad |= same(a->manager, b->email) || same(b->manager, a->email) ? MATCHING_MANAGER : 0;
        bad |= same(a->managers_manager, b->email) || same(b->managers_manager, a->email) ? MATCHING_MANAGERS_MANAGER : 0;
        bad |= same(a->manager, b->manager) ? MATCHING_SAME_MANAGER : 0;
        bad |= !w->same_team_allowed && same(a->team, b->team) ? MATCHING_SAME_TEAM : 0;
        bad |= w->different_function && same(a->function, b->function) ? MATCHING_SAME_FUNCTION : 0;
        if (w->least_level_gap > 0 && (a->has & b->has & MATCHING_HAS_GRADE) && b->step - a->step < w->least_level_gap)
                bad |= MATCHING_LEVEL_GAP;
        if (listed(&s->p->mentees.not_with, s->mentee, b->email) || listed(&s->p->mentors.not_with, mentor, a->email))
                bad |= MATCHING_NOT_WITH;
        return bad;
}

static const struct matching_facts no_facts;

static const struct matching_facts *facts_of(const struct matching_scan *s, int32_t mentor)
{
        for (const struct matching_link *l = s->link; l < s->links_end && l->mentor <= mentor; l++)
                if (l->mentor == mentor)
                        return &l->facts;
        return &no_facts;
}

/* ---- all together ---- */

int32_t matching_scan_score(struct matching_scan *s, int32_t mentor, unsigned *forbidden)
{
        const struct matching_pool *p = s->p;
        const struct matching_card *a = s->card, *b = &p->mentors.card[mentor];
        const struct matching_facts *f = facts_of(s, mentor);
        unsigned both = a->has & b->has, bad = rules(s, mentor, f);
        bool language = in_common(s->languages, p->mentors.languages + (size_t)mentor * (size_t)p->language_words, p->language_words);
        bool format = in_common(s->formats, p->mentors.formats + (size_t)mentor * (size_t)p->format_words, p->format_words);
        int hours = both & MATCHING_HAS_WEEK ? common_hours(s, mentor) : -1;
        int32_t goals = matching_scan_goals(s, mentor), wishes = wishes_part(s, f);
        const int32_t *weight = p->weights.part;
        int64_t time = (int64_t)hours * MATCHING_ONE / ENOUGH_HALF_HOURS, sum;

        bad |= (both & MATCHING_HAS_LANGUAGE) && !language ? MATCHING_NO_LANGUAGE : 0;
        if ((both & MATCHING_HAS_ZONE) && abs(a->offset_minutes - b->offset_minutes) > p->weights.max_zone_minutes &&
            (hours < 0 || hours < p->weights.least_half_hours))
                bad |= MATCHING_NO_HOURS;
        sum = (int64_t)goals * weight[MATCHING_GOALS];
        sum += (int64_t)(wishes < 0 ? HALF : wishes) * weight[MATCHING_WISHES];
        sum += (int64_t)matching_scan_likeness(s, mentor) * weight[MATCHING_LIKENESS];
        sum += (hours < 0 ? HALF : time < MATCHING_ONE ? time : MATCHING_ONE) * weight[MATCHING_TIME];
        sum += (int64_t)level_part(a, b, both) * weight[MATCHING_LEVEL];
        sum += (both & MATCHING_HAS_FUNCTION ? a->function == b->function ? 0 : MATCHING_ONE : HALF) * (int64_t)weight[MATCHING_FUNCTION];
        sum += (int64_t)format_part(a, b, both, language, format) * weight[MATCHING_FORMAT];
        sum += (f->asked == 0 ? HALF : f->asked > 0 ? MATCHING_ONE : 0) * (int64_t)weight[MATCHING_ASKED];
        int64_t score = p->weight_sum > 0 ? divided(sum + p->weight_sum / 2, p->weight_sum) : HALF;
        if (score < p->weights.floor_total && ((both & MATCHING_HAS_PARTS) || wishes >= 0 || f->asked != 0))
                bad |= MATCHING_LOW_TOTAL;
        if ((both & MATCHING_HAS_SKILLS) && goals < p->weights.floor_goals)
                bad |= MATCHING_LOW_GOALS;
        *forbidden = bad;
        return (int32_t)score;
}
