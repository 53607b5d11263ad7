/* Handlers of people/ that stand in another file than their row. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_WEB_PARTS_H
#define TELEMACHUS_PEOPLE_PEOPLE_WEB_PARTS_H

#include "http/http.h"

handler_fn people_show_cohort;

#endif
