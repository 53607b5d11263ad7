/* An instance in a file: five whole numbers of 64 bits, then the arrays, as the machine writes them. */
#include "matching.h"

#include <stdio.h>
#include <stdlib.h>

void *take(size_t bytes)
{
        void *p = calloc(bytes ? bytes : 1, 1);

        must(p);
        return p;
}

static void write_some(FILE *f, const void *p, size_t bytes)
{
        must(fwrite(p, 1, bytes, f) == bytes);
}

void instance_write(const struct instance *in, const char *path)
{
        FILE *f = fopen(path, "wb");

        must(f);
        write_some(f, in, 5 * sizeof(int64_t));
        if (in->has_places)
                write_some(f, in->places, (size_t)in->mentors * sizeof *in->places);
        if (in->pairs) {
                write_some(f, in->row, (size_t)(in->mentees + 1) * sizeof *in->row);
                write_some(f, in->mentor, (size_t)in->pairs * sizeof *in->mentor);
                write_some(f, in->score, (size_t)in->pairs * sizeof *in->score);
        } else {
                write_some(f, in->cell, (size_t)(in->mentees * in->mentors * in->cell_bytes));
        }
        must(fclose(f) == 0);
        free(in->places);
        free(in->row);
        free(in->mentor);
        free(in->score);
        free(in->cell);
}

static void *read_some(FILE *f, size_t bytes, struct arena *a)
{
        void *p = arena_alloc(a, bytes);

        must(fread(p, 1, bytes, f) == bytes);
        return p;
}

void instance_read(const char *path, struct arena *a, struct instance *in)
{
        FILE *f = fopen(path, "rb");

        must(f);
        *in = (struct instance) {0};
        must(fread(in, sizeof(int64_t), 5, f) == 5);
        if (in->has_places)
                in->places = read_some(f, (size_t)in->mentors * sizeof *in->places, a);
        if (in->pairs) {
                in->row = read_some(f, (size_t)(in->mentees + 1) * sizeof *in->row, a);
                in->mentor = read_some(f, (size_t)in->pairs * sizeof *in->mentor, a);
                in->score = read_some(f, (size_t)in->pairs * sizeof *in->score, a);
        } else {
                in->cell = read_some(f, (size_t)(in->mentees * in->mentors * in->cell_bytes), a);
        }
        fclose(f);
}

struct matching_problem instance_problem(const struct instance *in)
{
        return (struct matching_problem) {
                .mentees = (int32_t)in->mentees,
                .mentors = (int32_t)in->mentors,
                .shape = in->pairs ? MATCHING_SPARSE : MATCHING_DENSE,
                .row = in->row,
                .mentor = in->mentor,
                .score = in->score,
                .dense = in->cell,
                .stride = in->mentors,
                .cell = in->cell_bytes == 1 ? MATCHING_UINT8 : MATCHING_INT32,
                .places = in->places,
        };
}
