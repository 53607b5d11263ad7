/* Whatever a pack or a person writes: Markdown and prose never let a script, a foreign tag or a
 * running address through. */
#include "html/html.h"

#include "base/err.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* An attribute of a tag that we write: what is between the quotes may hold anything but quotes and
 * angle brackets. */
static bool is_safe(const char *html)
{
        for (const char *p = strstr(html, "href=\""); p; p = strstr(p + 1, "href=\"")) {
                const char *at = p + 6;
                if (p > html && p[-1] != ' ')
                        continue;
                if (strncasecmp(at, "javascript:", 11) == 0 || strncasecmp(at, "data:", 5) == 0 ||
                    strncasecmp(at, "vbscript:", 9) == 0)
                        return false;
        }
        return !strcasestr(html, "<script") && !strcasestr(html, "<iframe") &&
               !strcasestr(html, "<style");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *a = arena_new(64 << 20);
        struct text t = {.p = arena_dup(a, data, n), .n = n};

        must(is_safe(html_markdown(a, t, 2).html.p));
        must(is_safe(html_prose(a, t).html.p));
        arena_free(a);
        return 0;
}
