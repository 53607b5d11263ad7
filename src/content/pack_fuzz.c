/*
 * Any bytes as pack.yaml, as a letter and as a module: nothing may crash, and whatever is refused
 * is refused with a place. The first byte says which; a pack that is accepted must be whole enough
 * to be asked everything. A letter or a module is most often read by itself, a hundred times as fast.
 */
#include "content/pack_parse.h"

#include <setjmp.h>

enum { CEILING = 64 * 1024 * 1024, IN_A_PACK = 240 };

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

static void all_have_places(const struct pack_problems *problems)
{
        for (size_t i = 0; i < problems->n; i++)
                must(problems->row[i].file.n > 0 && problems->row[i].what.n > 0 && problems->row[i].remedy.n > 0);
}

static void read_alone(struct arena *a, bool letter, struct text bytes)
{
        struct pack_problems problems = {.arena = a};
        struct pack_values values = {.of = {[PACK_HOLE_GOAL] = bytes}};
        struct pack pack = {0};
        struct pack_reading r = {.a = a, .problems = &problems, .pack = &pack};
        const char *path = letter ? "mails/en/R14.md" : "modules/en/M1.md";
        struct pack_lesson lesson;
        struct pack_text text;

        bytes = pack_words_fill(&r, path, LOCALE_EN, bytes);
        pack_text_check(&r, path, letter ? SHELF_MAIL : SHELF_MODULE, bytes, &text);
        if (!letter)
                pack_lesson_parse(&r, path, bytes, &text, &lesson);
        all_have_places(&problems);
        pack_fill(a, text.body, &values, true);
}

static void read_in_pack(struct arena *a, unsigned char which, struct text bytes)
{
        static const char *const paths[] = {"pack.yaml", "mails/en/R14.md", "modules/en/M1.md"};
        /* read as a pack of its own and as one that stands on another */
        static const char *const packs[] = {"nine-months", "six-months"};
        struct pack_problems problems = {.arena = a};
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
        all_have_places(&problems);
        if (p != NULL)
                ask(p);
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
                struct text bytes = {arena_dup(a, data + 1, n - 1), n - 1};
                if (data[0] % 3 == 0 || data[0] >= IN_A_PACK)
                        read_in_pack(a, data[0], bytes);
                else
                        read_alone(a, data[0] % 3 == 1, bytes);
        }
        arena_free(a);
        return 0;
}
