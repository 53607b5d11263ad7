/*
 * The page that brings in a roster: upload, say what the columns mean, look at what would happen,
 * do it.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_IMPORT_H
#define TELEMACHUS_PEOPLE_PEOPLE_IMPORT_H

#include "http/http.h"

extern const struct form people_import_form;
handler_fn people_show_import, people_post_import;

#endif
