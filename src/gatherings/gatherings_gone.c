/* Seats and circles of people who have left the cohort. */
#include "gatherings/gatherings.sql.h"
#include "gatherings/gatherings_circles.sql.h"
#include "gatherings/gatherings_parts.h"

#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

void gatherings_sort(int64_t *person, size_t n) { qsort(person, n, sizeof *person, ascending); }

bool gatherings_holds(const int64_t *sorted, size_t n, int64_t person)
{
        return bsearch(&person, sorted, n, sizeof person, ascending) != NULL;
}

/* Those with a part that they have neither left nor declined. Whoever has finished stays: the last gathering is for them. */
struct present { size_t n; int64_t *person; };

static struct err present_in(struct tx *tx, int64_t cohort, struct present *out)
{
        struct programmes_participant_list all;

        TRY(programmes_participants(tx, cohort, &all));
        *out = (struct present) {.person = arena_array(tx_arena(tx), int64_t, all.n + 1)};
        for (size_t i = 0; i < all.n; i++)
                if (!text_is(all.row[i].state, "left") && !text_is(all.row[i].state, "declined"))
                        out->person[out->n++] = all.row[i].person;
        gatherings_sort(out->person, out->n);
        return OK;
}

static bool to_come(const struct gatherings_list *all, int64_t gathering, int64_t now)
{
        for (size_t i = 0; i < all->n; i++)
                if (all->row[i].id == gathering)
                        return !gatherings_begun(&all->row[i], now);
        return false;
}

static struct err leave_seats(struct tx *tx, int64_t cohort, const struct present *here)
{
        struct gatherings_list all;
        struct gatherings_seat_rows_list seats;

        TRY(gatherings_of(tx, cohort, &all));
        TRY(gatherings_seat_rows(tx, cohort, &seats));
        for (size_t i = 0; i < seats.n; i++) {
                const struct gatherings_seat_rows *s = &seats.row[i];
                if (!gatherings_holds(here->person, here->n, s->person) && to_come(&all, s->gathering, tx_now(tx)))
                        TRY(gatherings_seat_remove(tx, s->gathering, s->person));
        }
        return OK;
}

static struct err leave_circles(struct tx *tx, int64_t cohort, const struct present *here)
{
        struct gatherings_circle_members_list members;

        TRY(gatherings_circle_members(tx, cohort, &members));
        for (size_t i = 0; i < members.n; i++)
                if (!gatherings_holds(here->person, here->n, members.row[i].person))
                        TRY(gatherings_circle_remove(tx, members.row[i].circle, members.row[i].person));
        return gatherings_circle_drop_empty(tx, cohort);
}

struct err gatherings_let_go(struct tx *tx, int64_t cohort)
{
        struct present here;

        TRY(present_in(tx, cohort, &here));
        TRY(leave_seats(tx, cohort, &here));
        return leave_circles(tx, cohort, &here);
}
