#include "care/care_web.h"
static const struct route rows[] = {{0}};
const struct route_table care_routes = {rows, 0};
