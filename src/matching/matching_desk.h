/*
 * Between the files of matching/ only: the pages of the coordinator's table, and what they share.
 */
#ifndef TELEMACHUS_MATCHING_DESK_H
#define TELEMACHUS_MATCHING_DESK_H

#include "http/http.h"
#include "matching/matching.h"
#include "matching/matching_table_view.h"
#include "programmes/programmes.h"

/* ---- names of the cohort's people, found by person ---- */

/* free: a mentee who may be matched, or is. */
struct matching_name { int64_t person; struct text full, key, zone; bool mentor, mentee, free; };
struct matching_names { size_t n; struct matching_name *row; };
struct err matching_names(struct request *rq, int64_t cohort, struct matching_names *out);
/* Never NULL: whoever has left the cohort is somebody all the same. */
const struct matching_name *matching_name_of(const struct matching_names *names, int64_t person);
struct text matching_full_name(const struct matching_names *names, int64_t person);
/* Names are absent for 0: the page says "nobody". */
void matching_moved_lines(struct arena *a, const struct matching_names *names, const struct matching_moved *move, size_t n, struct matching_moved_lines *out);

/* ---- words ---- */

struct text matching_city(struct request *rq, struct text zone);
const char *matching_part_title(enum matching_part part);               /* catalogue keys */
const char *matching_rule_words(enum matching_rule rule);
const char *matching_left_words(const char *code);
const char *matching_aim_words(enum matching_objective o);
void matching_aim_options(struct request *rq, struct html_options *out);
int64_t matching_percent(int64_t millionths);
/* "4 points", "0.3 points": a pair that fits wholly is worth a hundred. */
struct text matching_points(struct arena *a, enum locale l, int64_t millionths);
void matching_fit_lines(struct request *rq, const struct matching_fit *fit, const struct matching_weights *w, struct matching_part_lines *out);
void matching_rule_lines(struct request *rq, unsigned rules, struct matching_words_list *out);

/* ---- where she is ---- */

struct html_shell matching_shell(struct request *rq, const char *title);
struct err matching_current(struct request *rq, struct programmes_cohort *out);         /* asks whether she may */
bool matching_asked_to_work(struct request *rq);                                       /* ?work=1: large rounds too */

/* Those before MATCHING_ASKED: no page asks for a trait that both should share, so there is no slider that would move nothing. */
enum { MATCHING_SLIDERS = MATCHING_ASKED };

/* ---- what the forms fill; their fields stand in matching_desk_web.c ---- */

struct matching_run_form { struct text objective; };
struct matching_mark_form { struct field_ids pick; struct text act, back; };
struct matching_publish_form { struct text only; };
struct matching_edit_form { int64_t mentor; struct text reason; bool forbid; };
struct matching_swap_form { int64_t other; struct text why; };      /* two forms stand on one page: no name twice */
struct matching_choose_form { int64_t mentee, mentor; struct text reason; };
struct matching_weights_form {
        int64_t part[MATCHING_SLIDERS], floor_total, floor_goals, zone_hours, common_hours, level_gap;
        bool same_team_allowed, different_function;
        struct text objective, act, reason;
};
struct matching_ruled_form { int64_t mentee, mentor; struct text reason; };
struct matching_allow_form { int64_t mentee, mentor; };

handler_fn matching_table_get, matching_run_post, matching_mark_post, matching_send_get, matching_publish_post;
handler_fn matching_one_get, matching_edit_post, matching_lock_post, matching_unlock_post, matching_swap_post, matching_again_post;
handler_fn matching_why_get, matching_why_post, matching_whatif_get, matching_whatif_post, matching_left_get;
handler_fn matching_fairness_get, matching_runs_get, matching_run_get;
handler_fn matching_ruled_out_get, matching_ruled_out_post, matching_allow_post;
/*
 * Before the writing begins: what takes long. matching_before() runs a search that only reads, with the request as its input; it
 * asks matching_here() where she is, and leaves what it found in rq->prepared.
 */
struct err matching_before(struct request *rq, struct err (*find)(struct tx *tx, void *rq));
struct err matching_here(struct tx *tx, struct request *rq, struct programmes_cohort *out);
struct err matching_run_prepare(struct request *rq);
struct err matching_whatif_prepare(struct request *rq);
struct err matching_why_prepare(struct request *rq);

#endif
