/* Between the web files of people/ only: handlers that stand in another file than their row. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_WEB_PARTS_H
#define TELEMACHUS_PEOPLE_PEOPLE_WEB_PARTS_H

#include "http/http.h"

/* The frame of a participant's page; title is a catalogue key. */
struct html_shell people_shell(struct request *rq, const char *title);

/* The frame of a page for anybody. */
struct html_shell people_bare(struct request *rq, const char *title);
struct people_visit;
struct people_visit people_visit_of(const struct request *rq);

/* Does this person take part in a cohort, and when did they confirm their profile? */
struct err people_parts_confirmed(struct tx *tx, int64_t person, bool *takes_part,
                                  struct opt *confirmed_at);

handler_fn people_show_cohort;                                          /* people_cohort_web.c */
/* people_profile_web.c */
handler_fn people_show_profile, people_post_profile, people_post_confirm;
extern const struct form people_profile_form_fields;
handler_fn people_show_data, people_download_data, people_download_json, people_show_log;       /* people_data_web.c */

#endif
