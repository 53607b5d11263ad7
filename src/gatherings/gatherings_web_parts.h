/* Handlers of the files of this room, listed in gatherings_web.c. */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_WEB_PARTS_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_WEB_PARTS_H

#include "gatherings/gatherings_view.h"
#include "http/http.h"

/*
 * What happens at a gathering, from the pack, in the reader's language; empty when the pack says nothing. What stands behind
 * a line (---) is for whoever leads it: only for staff.
 */
struct markup gatherings_run_sheet(struct request *rq, const struct programmes_cohort *c, struct text agenda, bool staff);

handler_fn gatherings_show_calendar, gatherings_show_ics;

handler_fn gatherings_desk_list, gatherings_desk_one, gatherings_desk_sitting;
handler_fn gatherings_post_seats, gatherings_post_day, gatherings_post_sitting,
        gatherings_post_recording, gatherings_post_link, gatherings_post_time,
        gatherings_post_remove, gatherings_post_links, gatherings_post_attendance, gatherings_post_everybody;
extern const struct form gatherings_day_form, gatherings_at_form, gatherings_recording_form,
        gatherings_link_form, gatherings_room_form, gatherings_people_form;

#endif
