#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>

const char *err_kind_name(enum err_kind kind)
{
        switch (kind) {
        case ERR_NONE: return "none";
        case ERR_ABSENT: return "absent";
        case ERR_FORBIDDEN: return "forbidden";
        case ERR_INVALID: return "invalid";
        case ERR_CONFLICT: return "conflict";
        case ERR_BUSY: return "busy";
        case ERR_LIMIT: return "limit";
        case ERR_UPSTREAM: return "upstream";
        case ERR_BROKEN: return "broken";
        }
        must(!"an error kind outside its enum");
}

void must_fail(const char *cond, const char *file, int line)
{
        fprintf(stderr, "telemachus: must(%s) failed at %s:%d\n", cond, file, line);
        abort();
}
