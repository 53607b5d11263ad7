/* What the templates of people/ show. Texts are the reader's or from the database; sentences stand in the templates. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_VIEW_H
#define TELEMACHUS_PEOPLE_PEOPLE_VIEW_H

#include "html/html.h"
#include "people/people.h"
#include "people/people.sql.h"

/* ---- sign-in ---- */

struct people_sign_in_view { struct text next; };
struct people_sent_view { bool demonstration; };
struct people_link_view { struct text secret; const char *why; };       /* why: NULL when the link works; else why not */
struct people_sign_in_letter { struct text first_name, url; };

#endif
