/*
 * When somebody can usually talk, as a field of a form: people_week_field in people_hours.html shows it, in the profile and in an
 * application. The boxes are named "week"; box n is bit n - 1 of people_week_read().
 */
#ifndef TELEMACHUS_PEOPLE_HOURS_H
#define TELEMACHUS_PEOPLE_HOURS_H

#include "http/form.h"
#include "http/http.h"

struct people_part_view { int64_t value; bool on; };
/* in the reader's language */
struct people_day_view { const char *name, *brief; struct people_part_view part[3]; };
struct people_week_view { size_t n; struct people_day_view *row; };

/* availability as it is kept; a form that came back is shown as it was ticked. In rq->arena. */
struct people_week_view people_week_of(struct request *rq, struct text availability);

/* What was ticked, as bits for people_week_write(); boxes that there are not are left out. */
unsigned people_week_ticked(const struct field_ids *boxes);

#endif
