#include "content/pack_parse.h"

#include "content/builtin.h"
#include "os/folder.h"

#include <string.h>

/* ---- by key ---- */

#define FIND(type, function, rows, count) \
        const struct pack_##type *function(const struct pack *p, struct text key) \
        { \
                for (size_t i = 0; i < p->count; i++) { \
                        if (text_equal(p->rows[i].key, key)) \
                                return &p->rows[i]; \
                } \
                return NULL; \
        }

FIND(phase, pack_phase, phases, n_phases)
FIND(step, pack_step, steps, n_steps)
FIND(gathering, pack_gathering, gatherings, n_gatherings)
FIND(module, pack_module, modules, n_modules)
FIND(agenda, pack_agenda, agendas, n_agendas)
FIND(call, pack_call, calls, n_calls)
FIND(item, pack_item, items, n_items)

const struct pack_survey *pack_survey(const struct pack *p, enum pack_wave wave)
{
        for (size_t i = 0; i < p->n_surveys; i++) {
                if (p->surveys[i].wave == wave)
                        return &p->surveys[i];
        }
        return NULL;
}

const struct pack_send *pack_send(const struct pack *p, struct text key,
                                  const struct pack_reminder **of)
{
        for (size_t i = 0; i < p->n_reminders; i++) {
                const struct pack_reminder *m = &p->reminders[i];

                for (size_t k = 0; k < m->n_sends; k++) {
                        if (!text_equal(m->sends[k].text, key))
                                continue;
                        if (of != NULL)
                                *of = m;
                        return &m->sends[k];
                }
        }
        return NULL;
}

static const struct pack_text *text_at(const struct pack *p, enum pack_shelf_kind kind,
                                       struct text key, enum locale l)
{
        const struct pack_shelf_entry *e = pack_shelf_find(p->shelf, kind, key);

        return e != NULL ? e->text[l] : NULL;
}

const struct pack_text *pack_mail(const struct pack *p, struct text key, enum locale l)
{
        return text_at(p, SHELF_MAIL, key, l);
}

const struct pack_text *pack_call_text(const struct pack *p, struct text key, enum locale l)
{
        return text_at(p, SHELF_CALL, key, l);
}

const struct pack_text *pack_agenda_text(const struct pack *p, struct text key, enum locale l)
{
        return text_at(p, SHELF_AGENDA, key, l);
}

const struct pack_text *pack_library_text(const struct pack *p, struct text key, enum locale l)
{
        return text_at(p, SHELF_LIBRARY, key, l);
}

const struct pack_lesson *pack_module_text(const struct pack *p, struct text key, enum locale l)
{
        const struct pack_shelf_entry *e = pack_shelf_find(p->shelf, SHELF_MODULE, key);

        return e != NULL ? e->lesson[l] : NULL;
}

/* ---- dates ---- */

int64_t pack_end_day(const struct pack *p, int64_t launch)
{
        return launch + (int64_t)p->weeks * 7;
}

int64_t pack_mid_day(const struct pack *p, int64_t launch)
{
        for (size_t i = 0; i < p->n_gatherings; i++) {
                if (p->gatherings[i].kind == PACK_MID &&
                    p->gatherings[i].at.base == PACK_BASE_LAUNCH)
                        return launch + p->gatherings[i].at.days;
        }
        return launch + (int64_t)p->weeks * 7 / 2;
}

struct pack_days pack_days_of(const struct pack *p, int64_t launch)
{
        return (struct pack_days) {
                .launch = launch, .end = pack_end_day(p, launch), .mid = pack_mid_day(p, launch),
        };
}

/*
 * red+2d on a Friday is Tuesday: nobody is asked to ring on a Sunday.  Day 0 was a Thursday, so
 * (day + 3) % 7 is 0 on a Monday.
 */
static int64_t working_days(int64_t day, int n)
{
        while (n > 0) {
                day++;
                n -= (day + 3) % 7 < 5;
        }
        return day;
}

int64_t pack_day(struct pack_date d, const struct pack_days *days)
{
        switch (d.base) {
        case PACK_BASE_LAUNCH:
                return days->launch + d.days;
        case PACK_BASE_END:
                return days->end + d.days;
        case PACK_BASE_MID:
                return days->mid + d.days;
        case PACK_BASE_CLOSED:
                return days->closed + d.days;
        case PACK_BASE_RED:
                return working_days(days->red, d.days);
        case PACK_BASES:
                break;
        }
        must(!"a date of a pack has one of the bases");
}

const struct pack_phase *pack_phase_on(const struct pack *p, const struct pack_days *days,
                                       int64_t day)
{
        const struct pack_phase *last = &p->phases[0], *within = NULL;

        for (size_t i = 0; i < p->n_phases; i++) {
                if (pack_day(p->phases[i].from, days) > day)
                        continue;
                last = &p->phases[i];
                if (day < pack_day(p->phases[i].until, days))
                        within = &p->phases[i];
        }
        return within != NULL ? within : last;
}

/* ---- loading ---- */

void pack_read(struct arena *a, struct pack_files files, struct pack_problems *problems,
               const struct pack **out)
{
        struct pack *p = arena_new_of(a, struct pack);
        struct pack_shelf *shelf = arena_new_of(a, struct pack_shelf);
        struct pack_reading r = {.a = a, .problems = problems, .pack = p, .shelf = shelf};

        must(files.n_layers > 0);
        shelf->files = files;
        p->shelf = shelf;
        pack_files_digest(&files, p->digest);
        if (text_empty(files.based_on) || files.n_layers > 1)
                pack_yaml_read(&r);
        p->based_on = files.based_on;
        if (p->name.p != NULL) {
                pack_shelf_fill(&r);
                pack_cross_check(&r);
        }
        pack_problems_sort(problems);
        *out = pack_problems_stop(problems) ? NULL : p;
}

enum { PACKS_MAX = 100 };

/* By name; one that is there already is replaced. */
static void keep(struct packs *packs, const struct pack **rows, const struct pack *p)
{
        size_t at = 0;

        while (at < packs->n && text_compare(rows[at]->name, p->name) < 0)
                at++;
        if (at == packs->n || !text_equal(rows[at]->name, p->name)) {
                must(packs->n < PACKS_MAX);
                memmove(rows + at + 1, rows + at, (packs->n - at) * sizeof *rows);
                packs->n++;
        }
        rows[at] = p;
}

static struct err refuse(struct arena *a, struct text name, const struct pack_problems *problems)
{
        for (size_t i = 0; i < problems->n; i++) {
                const struct pack_problem *p = &problems->row[i];

                if (!p->note)
                        return FAIL_AT(ERR_INVALID, "A programme pack has a mistake",
                                       text_format(a, "%s/%s:%d:%d: %s; %s", name.p, p->file.p,
                                                   p->line, p->column, p->what.p, p->remedy.p).p,
                                       "Run telemachus pack check on its folder");
        }
        return OK;
}

static struct err take(struct arena *a, struct text name, struct pack_files files, const char *data,
                       const struct pack **out)
{
        struct pack_problems problems = {.arena = a};
        const struct pack *read;
        struct pack *p;

        TRY(pack_files_stack(a, data, data == NULL, &files, &problems));
        pack_read(a, files, &problems, &read);
        TRY(refuse(a, name, &problems));
        if (!text_equal(read->name, name))
                return FAIL_AT(ERR_INVALID, "A programme pack lies in a folder of another name",
                               name.p, "Rename the folder, or the pack in its pack.yaml");
        p = arena_new_of(a, struct pack);
        *p = *read;
        p->builtin = data == NULL;
        *out = p;
        return OK;
}

static struct err load_builtin(struct arena *a, struct packs *packs, const struct pack **rows)
{
        struct text last = TEXT("");

        for (size_t i = 0; i < builtin_file_count; i++) {
                struct text rest, name = text_cut(text_of(builtin_files[i].path), '/', &rest);
                struct pack_files files;
                const struct pack *p;

                if (text_equal(name, last))
                        continue;
                last = text_copy(a, name);
                pack_files_builtin(a, last, &files);
                if (pack_files_find(&files, "pack.yaml") == NULL)
                        continue;
                TRY(take(a, last, files, NULL, &p));
                keep(packs, rows, p);
        }
        return OK;
}

static struct err load_folder(struct arena *a, const char *data, struct packs *packs,
                              const struct pack **rows)
{
        const char *folder = text_format(a, "%s/packs", data).p;
        struct folder_entries list;
        struct err e = folder_list(a, folder, &list);

        if (err_is(e, ERR_ABSENT))
                return OK;
        TRY(e);
        for (size_t i = 0; i < list.n; i++) {
                struct pack_files files;
                const struct pack *p;

                if (!list.row[i].folder)
                        continue;
                if (packs->n == PACKS_MAX)
                        return FAIL_AT(ERR_LIMIT, "There are too many programme packs", folder,
                                       "Move some of them away");
                TRY(pack_files_folder(a, text_format(a, "%s/%s", folder, list.row[i].name.p).p,
                                      &files));
                TRY(take(a, list.row[i].name, files, data, &p));
                keep(packs, rows, p);
        }
        return OK;
}

struct err packs_load(struct arena *process, const char *data_folder, const struct packs **out)
{
        struct packs *packs = arena_new_of(process, struct packs);
        const struct pack **rows = arena_array(process, const struct pack *, PACKS_MAX);

        TRY(load_builtin(process, packs, rows));
        if (data_folder != NULL)
                TRY(load_folder(process, data_folder, packs, rows));
        packs->pack = rows;
        packs->self = packs->root = packs;
        atomic_flag_clear(&packs->busy);
        *out = packs;
        return OK;
}

const struct pack *packs_find(const struct packs *packs, struct text name)
{
        for (size_t i = 0; i < packs->n; i++) {
                if (text_equal(packs->pack[i]->name, name))
                        return packs->pack[i];
        }
        return NULL;
}
