/* The generated table of embedded assets (tools/embed writes gen/html/assets.c), sorted by name.
 * Only assets.c reads it. */
#ifndef TELEMACHUS_HTML_ASSETS_H
#define TELEMACHUS_HTML_ASSETS_H

#include "html/html.h"

extern const struct html_asset html_assets[];
extern const size_t html_asset_count;

#endif
