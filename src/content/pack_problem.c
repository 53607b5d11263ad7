/* The list of what is wrong with a pack, and where. */
#include "content/pack_parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCE_MAX = 400 };

void *pack_grow(struct arena *a, void *rows, size_t size, size_t n, size_t *room)
{
        void *wider;

        if (n < *room)
                return rows;
        *room = *room == 0 ? 16 : *room * 2;
        wider = arena_alloc_array(a, size, *room);
        if (n > 0)
                memcpy(wider, rows, n * size);
        return wider;
}

/* What is quoted from a file may have been cut within a character. */
static void clean(char *sentence)
{
        if (text_is_utf8(text_of(sentence)))
                return;
        for (char *c = sentence; *c != '\0'; c++) {
                if ((unsigned char)*c >= 0x80)
                        *c = '?';
        }
}

void pack_problem_add(struct pack_problems *problems, struct pack_place place, const char *remedy,
                      const char *what, ...)
{
        char sentence[SENTENCE_MAX];
        va_list args;

        va_start(args, what);
        vsnprintf(sentence, sizeof sentence, what, args);
        va_end(args);
        clean(sentence);
        problems->row = pack_grow(problems->arena, problems->row, sizeof *problems->row,
                                  problems->n, &problems->room);
        problems->row[problems->n++] = (struct pack_problem) {
                .file = text_copy(problems->arena, text_of(place.file)),
                .line = place.line,
                .column = place.column,
                .what = text_copy(problems->arena, text_of(sentence)),
                .remedy = text_copy(problems->arena, text_of(remedy)),
                .note = place.note,
        };
}

void pack_mark_add(struct pack_reading *r, const void *value, struct pack_place place)
{
        r->marks = pack_grow(r->a, r->marks, sizeof *r->marks, r->n_marks, &r->room_marks);
        r->marks[r->n_marks++] = (struct pack_mark) {value, place};
}

struct pack_place pack_place_of(const struct pack_reading *r, const void *value)
{
        for (size_t i = r->n_marks; i-- > 0;) {
                if (r->marks[i].of == value)
                        return r->marks[i].place;
        }
        return (struct pack_place) {"pack.yaml", 0, 0, false};
}

static int by_place(const void *a, const void *b)
{
        const struct pack_problem *x = a, *y = b;
        bool x_main = text_is(x->file, "pack.yaml"), y_main = text_is(y->file, "pack.yaml");
        int c = x_main == y_main ? text_compare(x->file, y->file) : x_main ? -1 : 1;

        if (c == 0)
                c = (x->line > y->line) - (x->line < y->line);
        if (c == 0)
                c = (x->column > y->column) - (x->column < y->column);
        return c != 0 ? c : text_compare(x->what, y->what);
}

void pack_problems_sort(struct pack_problems *problems)
{
        if (problems->n > 0)
                qsort(problems->row, problems->n, sizeof *problems->row, by_place);
}

bool pack_problems_stop(const struct pack_problems *problems)
{
        for (size_t i = 0; i < problems->n; i++) {
                if (!problems->row[i].note)
                        return true;
        }
        return false;
}

void pack_problems_print(const struct pack_problems *problems, struct out *o)
{
        for (size_t i = 0; i < problems->n; i++) {
                const struct pack_problem *p = &problems->row[i];

                out_text(o, p->file);
                if (p->line > 0)
                        out_format(o, ":%d:%d", p->line, p->column);
                out_c(o, p->note ? ": note: " : ": ");
                out_text(o, p->what);
                out_c(o, "; ");
                out_text(o, p->remedy);
                out_char(o, '\n');
        }
}
