#include "html/assets.h"

#include "base/err.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *name, const void *asset)
{
        return strcmp(name, ((const struct html_asset *)asset)->name);
}

const struct html_asset *html_asset_find(struct text path)
{
        for (size_t i = 0; i < html_asset_count; i++)
                if (text_is(path, html_assets[i].path))
                        return &html_assets[i];
        return NULL;
}

const char *html_asset_path(const char *name)
{
        const struct html_asset *a =
                bsearch(name, html_assets, html_asset_count, sizeof html_assets[0], by_name);

        must(a != NULL);
        return a->path;
}
