/* Handlers of programmes_pages.c and programmes_forms.c, and what they share. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_WEB_PARTS_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_WEB_PARTS_H

#include "http/http.h"
#include "programmes/programmes_design.h"
#include "programmes/programmes_view.h"

struct html_shell programmes_desk_shell(struct request *rq, const char *title);
/* The cohort that staff looks at, checked. */
struct err programmes_here(struct request *rq, struct programmes_cohort *c);
struct err programmes_phase_lines_of(struct request *rq, const struct programmes_cohort *c,
                                     struct programmes_phase_lines *out);

handler_fn programmes_show_cohort, programmes_show_gates, programmes_show_aside,
        programmes_show_phases, programmes_show_phase, programmes_show_staff,
        programmes_show_success, programmes_show_new, programmes_show_follows;
struct html_options programmes_pack_options(struct request *rq);
struct html_options programmes_touch_options(struct request *rq);
/* Dates, calls and hours that follow from these figures. */
struct programmes_follows programmes_follow(struct request *rq, const struct pack *pack,
                                            const struct programmes_suggestion *s);
/* What a cohort that this person makes belongs to: the programme they run already, else the organisation. */
struct err programmes_usual_programme(struct request *rq, struct text *out);

handler_fn programmes_show_designs, programmes_show_sheet, programmes_show_sheet_print,
        programmes_show_sheet_make, programmes_show_discard, programmes_get_dpia;
handler_fn programmes_post_new;
extern const struct form programmes_new_form;

#endif
