/*
 * The page that brings in a roster: upload, say what the columns mean, look at what would happen,
 * do it.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_IMPORT_H
#define TELEMACHUS_PEOPLE_PEOPLE_IMPORT_H

#include "http/http.h"

extern const struct form people_import_form;
handler_fn people_show_import, people_post_import;
/* The same for facts of the organisation about people who are here: the changes, and what they break, before they are made. */
handler_fn people_show_facts, people_post_facts;

#endif
