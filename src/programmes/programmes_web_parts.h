/* Handlers of programmes_pages.c and programmes_forms.c, and what they share. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_WEB_PARTS_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_WEB_PARTS_H

#include "http/http.h"
#include "programmes/programmes_view.h"

struct html_shell programmes_desk_shell(struct request *rq, const char *title);
/* The cohort that staff looks at, checked. */
struct err programmes_here(struct request *rq, struct programmes_cohort *c);
struct err programmes_phase_lines_of(struct request *rq, const struct programmes_cohort *c,
                                     struct programmes_phase_lines *out);

handler_fn programmes_show_cohort, programmes_show_gates, programmes_show_aside,
        programmes_show_phases, programmes_show_phase, programmes_show_staff,
        programmes_show_success, programmes_show_new, programmes_show_follows;
handler_fn programmes_post_new;
extern const struct form programmes_new_form;

#endif
