#include "matching/test/small.h"

#include "matching/test/offered.h"

#include <stdlib.h>
#include <string.h>

static uint64_t at;

void small_seed(uint64_t seed)
{
        at = seed;
}

uint64_t small_random(void)
{
        uint64_t z = at += 0x9e3779b97f4a7c15;

        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
}

int32_t small_below(int32_t n)
{
        return (int32_t)((small_random() >> 32) * (uint64_t)n >> 32);
}

uint64_t small_count(uint64_t usual)
{
        const char *wanted = getenv("TELEMACHUS_RANDOM");

        return wanted ? strtoull(wanted, NULL, 10) : usual;
}

/* ---- scores ---- */

static int64_t huge_score(void)
{
        int64_t near = small_below(5);

        switch (small_below(5)) {
        case 0: return INT64_MAX - near;
        case 1: return INT64_MIN + 1 + near;
        case 2: return INT64_MAX / 2 - near;
        case 3: return INT64_MIN / 2 + near;
        }
        return near;
}

static int64_t some_score(int32_t kind)
{
        switch (kind) {
        case 0: return small_below(2);
        case 1: return small_below(4);
        case 2: return 7;
        case 3: return small_below(101);
        case 4: return small_below(9) - 4;
        case 5: return small_below(60000);
        case 6: return small_below(1000001);
        case 7: return small_below(2000001) - 1000000;
        case 8: return (int64_t)small_below(1000) * 4000000000000 - 2000000000000000;
        }
        return huge_score();
}

/* Popular mentors score high with everybody, as real ones do. */
static void fill_cells(struct small *s)
{
        int32_t kind = small_below(10), percent = small_below(4) ? 15 + small_below(86) : 100;
        int64_t popular[SMALL_MENTORS] = {0};

        s->huge = kind == 9;
        for (int32_t j = 0; j < s->p.mentors && kind == 3; j++)
                popular[j] = small_below(100);
        for (int32_t i = 0; i < s->p.mentees; i++) {
                bool alone = small_below(12) == 0;
                for (int32_t j = 0; j < s->p.mentors; j++)
                        s->cell[i][j] = !alone && small_below(100) < percent
                                                ? some_score(kind) + popular[j]
                                                : MATCHING_NONE;
        }
        if (s->p.mentors > 0 && small_below(8) == 0)
                for (int32_t i = 0, j = small_below(s->p.mentors); i < s->p.mentees; i++)
                        s->cell[i][j] = MATCHING_NONE;
}

/* ---- people ---- */

static void fill_places(struct small *s)
{
        int32_t kind = small_below(4), states = 1;

        for (int32_t j = 0; j < s->p.mentors; j++) {
                int32_t places = kind == 0 ? 1 : kind == 1 ? small_below(3) : small_below(5);
                while (states * (places + 1) > SMALL_STATES)
                        places--;
                states *= places + 1;
                s->places[j] = s->room[j] = places;
        }
        s->p.places = kind == 0 ? NULL : s->places;
}

static void fill_forbidden(struct small *s)
{
        s->p.forbidden = s->forbidden;
        if (s->p.mentees == 0 || s->p.mentors == 0 || small_below(2))
                return;
        for (int32_t k = small_below(12); k > 0; k--) {
                struct matching_pair pair = {small_below(s->p.mentees), small_below(s->p.mentors)};
                s->no[pair.mentee][pair.mentor] = true;
                s->forbidden[s->p.n_forbidden++] = pair;
        }
}

static void fill_absent_and_locked(struct small *s)
{
        int32_t left[SMALL_MENTORS];
        bool some_absent = small_below(3) == 0, some_locked = small_below(3) == 0;

        memcpy(left, s->room, sizeof left);
        s->p.absent = some_absent ? s->absent : NULL;
        s->p.locked = s->locked;
        for (int32_t i = 0; i < s->p.mentees; i++) {
                int32_t j = s->p.mentors ? small_below(s->p.mentors) : 0;
                s->lock[i] = MATCHING_NOBODY;
                s->absent[i] = some_absent && small_below(5) == 0;
                if (!some_locked || s->absent[i] || s->p.mentors == 0 || small_below(3) ||
                    left[j] == 0 || !small_allowed(s, i, j))
                        continue;
                left[j]--;
                s->lock[i] = j;
                s->locked[s->p.n_locked++] = (struct matching_pair) {i, j};
        }
}

void small_problem(struct small *s, uint64_t number)
{
        *s = (struct small) {0};
        small_seed(number * 0xd1342543de82ef95 + 1);
        s->p.mentees = small_below(16) ? 1 + small_below(SMALL_MENTEES) : 0;
        s->p.mentors = small_below(16) ? 1 + small_below(SMALL_MENTORS) : 0;
        fill_cells(s);
        fill_places(s);
        fill_forbidden(s);
        fill_absent_and_locked(s);
        must(small_take_form(s, SMALL_SPARSE));
}

void small_announce(struct small *s)
{
        static const int64_t keeps[] = {0, 1, 2, 10, 50, 1000000, MATCHING_KEEP_ALL};
        int32_t percent = small_below(101);

        for (int32_t i = 0; i < s->p.mentees; i++)
                s->announced[i] = s->p.mentors > 0 && small_below(100) < percent
                                          ? small_below(s->p.mentors)
                                          : MATCHING_NOBODY;
        s->p.announced = s->announced;
        s->p.keep = keeps[small_below(7)];
}

void small_groups(struct small *s)
{
        for (int32_t j = 0; j < s->p.mentors; j++)
                s->least[j] = small_below(s->room[j] + 1);
        s->p.least = s->least;
}

void small_likes(struct small *s)
{
        int32_t spread = 1 + small_below(6);

        must(small_take_form(s, SMALL_SPARSE));
        for (int64_t k = 0; k < s->row[s->p.mentees]; k++) {
                s->mentee_likes[k] = small_below(spread) - 2;
                s->mentor_likes[k] = small_below(spread) - 2;
        }
        s->p.mentee_likes = small_below(4) ? s->mentee_likes : NULL;
        s->p.mentor_likes = small_below(4) ? s->mentor_likes : NULL;
}

/* ---- forms ---- */

static void take_sparse(struct small *s)
{
        int64_t n = 0;

        for (int32_t i = 0; i < s->p.mentees; i++) {
                s->row[i] = n;
                for (int32_t j = 0; j < s->p.mentors; j++) {
                        if (s->cell[i][j] == MATCHING_NONE)
                                continue;
                        s->mentor[n] = j;
                        s->score[n++] = s->cell[i][j];
                }
        }
        s->row[s->p.mentees] = n;
        s->p.shape = MATCHING_SPARSE;
        s->p.row = s->row;
        s->p.mentor = s->mentor;
        s->p.score = s->score;
}

static void scores_of(void *ctx, int32_t mentee, int64_t *scores)
{
        const struct small *s = ctx;

        memcpy(scores, s->cell[mentee], (size_t)s->p.mentors * sizeof *scores);
}

static bool fits(const struct small *s, int64_t low, int64_t high)
{
        for (int32_t i = 0; i < s->p.mentees; i++)
                for (int32_t j = 0; j < s->p.mentors; j++)
                        if (s->cell[i][j] != MATCHING_NONE &&
                            (s->cell[i][j] < low || s->cell[i][j] > high))
                                return false;
        return true;
}

static void put(struct small *s, int32_t k, int64_t score)
{
        bool none = score == MATCHING_NONE;

        s->dense64[k] = score;
        s->dense32[k] = none ? INT32_MIN : (int32_t)score;
        s->dense16[k] = none ? UINT16_MAX : (uint16_t)score;
        s->dense8[k] = none ? UINT8_MAX : (uint8_t)score;
}

/* Tempting scores lie between the rows: who reads them is found out. */
static void take_dense(struct small *s)
{
        for (int32_t k = 0; k < SMALL_CELLS; k++)
                put(s, k, 99);
        for (int32_t i = 0; i < s->p.mentees; i++)
                for (int32_t j = 0; j < s->p.mentors; j++)
                        put(s, i * SMALL_STRIDE + j, s->cell[i][j]);
        s->p.shape = MATCHING_DENSE;
        s->p.stride = SMALL_STRIDE;
}

static bool take_cells(struct small *s, const void *cells, enum matching_cell cell, int64_t low,
                       int64_t high)
{
        if (!fits(s, low, high))
                return false;
        take_dense(s);
        s->p.dense = cells;
        s->p.cell = cell;
        return true;
}

bool small_take_form(struct small *s, enum small_form form)
{
        s->p.scores_of = scores_of;
        s->p.scores_ctx = s;
        switch (form) {
        case SMALL_SPARSE: take_sparse(s); return true;
        case SMALL_IMPLICIT: s->p.shape = MATCHING_IMPLICIT; return true;
        case SMALL_INT64: return take_cells(s, s->dense64, MATCHING_INT64, INT64_MIN, INT64_MAX);
        case SMALL_INT32:
                return take_cells(s, s->dense32, MATCHING_INT32, INT32_MIN + 1, INT32_MAX);
        case SMALL_UINT16:
                return OFFERED_BYTES &&
                       take_cells(s, s->dense16, MATCHING_UINT16, 0, UINT16_MAX - 1);
        case SMALL_UINT8:
                return OFFERED_BYTES && take_cells(s, s->dense8, MATCHING_UINT8, 0, UINT8_MAX - 1);
        case SMALL_FORMS: break;
        }
        return false;
}
