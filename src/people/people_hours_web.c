/* The week in a form: seven days of three boxes, as they stand or as they were ticked. */
#include "people/people_hours.h"

#include "people/people.h"

enum { DAYS = 7, PARTS = 3 };

/* When a form came back the boxes are as they were ticked. */
static bool is_ticked(const struct form_echo *echo, int64_t value)
{
        int64_t typed;

        for (size_t i = 0; i < echo->n; i++)
                if (text_is(echo->row[i].name, "week") && text_int(echo->row[i].value, &typed) &&
                    typed == value)
                        return true;
        return false;
}

struct people_week_view people_week_of(struct request *rq, struct text availability)
{
        static const char *const days[DAYS] = {M_("Monday"), M_("Tuesday"), M_("Wednesday"),
                M_("Thursday"), M_("Friday"),
                                               M_("Saturday"), M_("Sunday")};
        static const char *const briefs[DAYS] = {M_("Mon"), M_("Tue"), M_("Wed"), M_("Thu"),
                M_("Fri"), M_("Sat"), M_("Sun")};
        struct people_week_view w = {.n = DAYS, .row = arena_array(rq->arena,
                                                                   struct people_day_view, DAYS)};
        unsigned bits = 0;

        if (!people_week_read(availability, &bits))
                bits = 0;
        for (int d = 0; d < DAYS; d++) {
                w.row[d].name = msg(rq->page.locale, days[d]);
                w.row[d].brief = msg(rq->page.locale, briefs[d]);
                for (int p = 0; p < PARTS; p++) {
                        int bit = d * PARTS + p;
                        w.row[d].part[p] = (struct people_part_view) {
                                bit + 1, rq->page.echo ? is_ticked(rq->page.echo, bit + 1)
                                        : (bits >> bit & 1) != 0};
                }
        }
        return w;
}

unsigned people_week_ticked(const struct field_ids *boxes)
{
        unsigned bits = 0;

        for (size_t i = 0; i < boxes->n; i++)
                if (boxes->row[i] >= 1 && boxes->row[i] <= DAYS * PARTS)
                        bits |= 1u << (boxes->row[i] - 1);
        return bits;
}
