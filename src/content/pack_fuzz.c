/*
 * Any bytes as pack.yaml, as a letter and as a module: nothing may crash, and whatever is refused
 * is refused with a place. The first byte says which; a pack that is accepted must be whole enough
 * to be asked everything.
 */
#include "content/pack_parse.h"

#include <setjmp.h>

enum { CEILING = 64 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void ask(const struct pack *p)
{
        struct pack_days days = pack_days_of(p, 20000);

        must(pack_phase_on(p, &days, 20000) != NULL);
        for (size_t i = 0; i < p->n_reminders; i++) {
                for (size_t k = 0; k < p->reminders[i].n_sends; k++)
                        must(pack_mail(p, p->reminders[i].sends[k].text, LOCALE_PSEUDO) != NULL);
        }
}

static void read_as(struct arena *a, unsigned char which, struct text bytes)
{
        static const char *const paths[] = {"pack.yaml", "mails/en/R14.md", "modules/en/M1.md"};
        /* read as a pack of its own and as one that stands on another */
        static const char *const packs[] = {"nine-months", "six-months"};
        struct pack_problems problems = {.arena = a};
        struct pack_values values = {.of = {[PACK_HOLE_GOAL] = bytes}};
        const char *path = paths[which % 3];
        struct pack_files files;
        const struct pack *p;

        pack_files_builtin(a, text_of(packs[which / 3 % 2]), &files);
        for (size_t i = 0; i < files.n; i++) {
                if (text_is(files.row[i].path, path))
                        files.row[i].bytes = bytes;
        }
        if (failed(pack_files_stack(a, NULL, true, &files, &problems)))
                return;
        pack_read(a, files, &problems, &p);
        for (size_t i = 0; i < problems.n; i++)
                must(problems.row[i].file.n > 0 && problems.row[i].what.n > 0 &&
                     problems.row[i].remedy.n > 0);
        if (p != NULL)
                ask(p);
        pack_fill(a, bytes, &values, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *volatile a;
        jmp_buf full;

        if (n == 0)
                return 0;
        a = arena_new(CEILING);
        if (setjmp(full) == 0) {
                arena_guard(a, &full);
                read_as(a, data[0], (struct text) {arena_dup(a, data + 1, n - 1), n - 1});
        }
        arena_free(a);
        return 0;
}
