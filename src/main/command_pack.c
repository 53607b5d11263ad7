/* A programme as a folder of plain files: checked with every mistake named, copied out, brought in. */
#include "content/pack_local.h"
#include "main/command.h"
#include "os/file.h"

#include <stdio.h>
#include <string.h>

static void print_problems(const struct pack_problems *problems, struct arena *a)
{
        struct out o = out_new(a, 4096);

        pack_problems_print(problems, &o);
        printf("%s", out_get(&o).p);
}

static struct err check(struct command_line *line, const char *folder)
{
        struct pack_problems problems = {.arena = line->arena};

        const struct pack *pack = NULL;         /* there even with notes, such as a text that stands only in English */

        TRY(pack_check(line->arena, folder, line->data, &problems, &pack));
        print_problems(&problems, line->arena);
        if (!pack)
                return FAIL_AT(ERR_INVALID, "The pack has mistakes", folder, "Each line above says where and what to do");
        printf("The pack is in order.\n");
        return OK;
}

static struct err export(struct command_line *line, const char *name, bool thin, const char *dir)
{
        const struct packs *packs;
        TRY(packs_load(line->arena, line->data, &packs));
        const struct pack *pack = packs_find(packs, text_of(name));

        if (!pack)
                return FAIL_AT(ERR_ABSENT, "There is no such pack", name, "six-months, nine-months and twelve-months ship");
        TRY(pack_export(line->arena, pack, thin ? PACK_THIN : PACK_WHOLE, dir));
        printf("%s is in %s now.\n", name, dir);
        return OK;
}

static struct err import(struct command_line *line, const char *dir)
{
        struct pack_problems problems = {.arena = line->arena};
        struct err e = pack_import(line->arena, dir, line->data, &problems);

        print_problems(&problems, line->arena);
        if (!failed(e))
                printf("The pack is there; a serving process sees it after a restart.\n");
        return e;
}

/* Takes what only ships newer, settles what is said about one file, and lists what is left to choose. */
static struct err upgrade(struct command_line *line, const char *name, const char *mine, const char *shipped)
{
        struct pack_change_list left;
        size_t taken;

        if (mine)
                TRY(pack_settle(line->arena, line->data, text_of(name), text_of(mine), PACK_KEEP_MINE));
        if (shipped)
                TRY(pack_settle(line->arena, line->data, text_of(name), text_of(shipped), PACK_TAKE_SHIPPED));
        TRY(pack_upgrade(line->arena, line->data, text_of(name), &taken, &left));
        printf("%zu newer texts taken over.\n", taken);
        for (size_t i = 0; i < left.n; i++)
                printf("%s: %s\n", left.row[i].path.p, left.row[i].kind == PACK_CONFLICT
                                                              ? "changed here and in what ships; say --mine or --shipped with it"
                                                              : "changed here");
        return OK;
}

static struct err run(struct command_line *line)
{
        const char *mine = line_option(line, "mine"), *shipped = line_option(line, "shipped");
        bool thin = line_flag(line, "thin");
        const char *what = line_word(line);
        const char *first = line_word(line);
        const char *second = line_word(line);

        TRY(line_end(line));
        if (what && first && strcmp(what, "check") == 0)
                return check(line, first);
        if (what && second && strcmp(what, "export") == 0)
                return export(line, first, thin, second);
        if (what && first && strcmp(what, "import") == 0)
                return import(line, first);
        if (what && first && strcmp(what, "upgrade") == 0)
                return upgrade(line, first, mine, shipped);
        return USAGE("Say pack check DIR, pack export [--thin] NAME DIR, pack import DIR or pack upgrade NAME");
}

const struct command command_pack = {"pack",
        "check DIR | export [--thin] NAME DIR | import DIR | upgrade NAME [--mine FILE] [--shipped FILE]",
        "a programme as a folder of plain files", run};
