/* Progress of long work, on a terminal only: one line that is written over. */
#include "main/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void show(void *in, const char *what, int64_t done, int64_t all)
{
        struct progress *p = in;

        (void)all;
        if (p->open && p->what && strcmp(p->what, what) != 0)
                fputc('\n', stderr);
        p->what = what;
        p->open = true;
        fprintf(stderr, "\r%s ... ", what);
        if (done)
                fprintf(stderr, "%.1f MB", (double)done / 1e6);
        fflush(stderr);
}

struct safety_say progress_begin(struct progress *p)
{
        *p = (struct progress) {0};
        return (struct safety_say) {.step = isatty(STDERR_FILENO) ? show : NULL, .in = p};
}

void progress_end(struct progress *p)
{
        if (p->open)
                fputc('\n', stderr);
        p->open = false;
}
