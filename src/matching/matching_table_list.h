/* Between the files of matching/ only: the list of the table, in memory.  Pure. */
#ifndef TELEMACHUS_MATCHING_TABLE_LIST_H
#define TELEMACHUS_MATCHING_TABLE_LIST_H

#include "matching/matching_table_view.h"

enum { MATCHING_PAGE = 25 };    /* rows: a page stays under 20 KB on the wire */

struct matching_list_ask { struct text q, show, sort; int64_t page; };
struct matching_list_page { struct matching_line_list lines; int64_t found, page, pages; struct text sort; };

/* Sets eye: 3 a no without another proposal, 2 a low fit that was not sent, 1 an answer is due within a day. */
void matching_list_eye(struct matching_line_list *all, int64_t now, struct arena *a);
void matching_list_filters(const struct matching_line_list *all, struct text show, struct arena *a, struct matching_filter_list *out);
void matching_list_orders(enum locale l, struct arena *a, struct html_options *out);
/* Unknown filters show all, unknown orders are the first; a page beyond the last is the last. */
void matching_list_page(const struct matching_line_list *all, const struct matching_list_ask *ask, struct arena *a, struct matching_list_page *out);

#endif
