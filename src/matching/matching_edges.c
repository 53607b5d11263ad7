/*
 * The list of pairs, and the capacities.  Names are looked up once for each line, then only numbers
 * move.
 */
#include "matching/matching_csv.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

struct book {
        struct text *name;
        int32_t n, room;
        int32_t *slot; /* number + 1; open addressing */
        uint32_t mask;
        int32_t last; /* found last: files are mostly sorted */
        struct arena *a;
};

static uint32_t hash(struct text t)
{
        uint64_t h = 1469598103934665603u;

        for (size_t k = 0; k < t.n; k++)
                h = (h ^ (unsigned char)t.p[k]) * 1099511628211u;
        return (uint32_t)(h ^ h >> 32);
}

static uint32_t find_slot(const struct book *b, struct text t)
{
        uint32_t at = hash(t) & b->mask;

        while (b->slot[at] && !text_equal(b->name[b->slot[at] - 1], t))
                at = (at + 1) & b->mask;
        return at;
}

static void make_room(struct book *b)
{
        struct text *names = b->name;

        b->room = b->room ? b->room * 2 : 1024;
        b->mask = (uint32_t)b->room * 2 - 1;
        b->name = arena_array(b->a, struct text, (size_t)b->room);
        b->slot = arena_array(b->a, int32_t, (size_t)b->mask + 1);
        if (b->n)
                memcpy(b->name, names, (size_t)b->n * sizeof *names);
        for (int32_t k = 0; k < b->n; k++)
                b->slot[find_slot(b, b->name[k])] = k + 1;
}

static int32_t number_of(struct book *b, struct text t)
{
        if (b->n && text_equal(b->name[b->last], t))
                return b->last;
        if (b->n == b->room)
                make_room(b);
        uint32_t at = find_slot(b, t);
        if (!b->slot[at]) {
                b->name[b->n++] = t;
                b->slot[at] = b->n;
        }
        return b->last = b->slot[at] - 1;
}

struct numbered {
        struct text name;
        int32_t number;
};

static int by_name(const void *a, const void *b)
{
        return text_compare(((const struct numbered *)a)->name, ((const struct numbered *)b)->name);
}

/*
 * Renumbers in the order of the names, so that the order of lines means nothing; rank[old] = new.
 */
static struct matching_names sort_names(const struct book *b, struct arena *a, int32_t *rank)
{
        struct numbered *all = arena_array(b->a, struct numbered, (size_t)b->n);
        struct matching_names names = {.p = arena_array(a, struct text, (size_t)b->n), .n = b->n};

        for (int32_t k = 0; k < b->n; k++)
                all[k] = (struct numbered) {b->name[k], k};
        if (b->n)
                qsort(all, (size_t)b->n, sizeof *all, by_name);
        for (int32_t k = 0; k < b->n; k++) {
                rank[all[k].number] = k;
                names.p[k] = all[k].name;
        }
        return names;
}

/* ---- pairs ---- */

struct edge {
        int32_t mentee, mentor;
        int64_t score;
};

static size_t count_lines(struct text t)
{
        size_t n = 1;

        for (const char *p = t.p, *end = t.p + t.n;
             p && p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
                n++;
        return n;
}

static struct err read_name(struct matching_csv *c, struct text *name)
{
        TRY(matching_csv_field(c, name));
        return text_empty(*name)
                       ? matching_csv_wrong(c, "A name is missing", "Give every line both names")
                       : OK;
}

static struct err read_edge(struct matching_csv *c, struct text *mentee, struct text *mentor,
                            int64_t *score)
{
        struct text number;

        TRY(read_name(c, mentee));
        TRY(read_name(c, mentor));
        TRY(matching_csv_field(c, &number));
        if (!matching_decimal(number, score))
                return matching_csv_wrong(
                        c, "The score is no decimal with up to six places, or too large",
                        "Write it like 12.5 or -0.000001; leave out pairs that are not allowed");
        return matching_csv_end(c);
}

static struct err read_edges(struct matching_csv *c, struct edge *edge, struct book *mentees,
                             struct book *mentors, int64_t *n)
{
        struct text mentee, mentor;

        matching_csv_header(c, "mentee");
        while (matching_csv_line(c)) {
                struct edge *e = &edge[*n];
                TRY(read_edge(c, &mentee, &mentor, &e->score));
                e->mentee = number_of(mentees, mentee);
                e->mentor = number_of(mentors, mentor);
                (*n)++;
        }
        return OK;
}

/* Reads again up to the second line with this pair: only the bad case pays for the line number. */
static struct err twice(struct text csv, const char *file, struct arena *a, struct text mentee,
                        struct text mentor)
{
        struct matching_csv c = matching_csv_new(csv, file, a);
        struct text one, other;
        int64_t score;
        int seen = 0;

        matching_csv_header(&c, "mentee");
        while (matching_csv_line(&c) && !failed(read_edge(&c, &one, &other, &score)))
                if (text_equal(one, mentee) && text_equal(other, mentor) && ++seen == 2)
                        break;
        c.column = 1;
        return matching_csv_wrong(&c, "A pair is given twice", "Keep one of the two lines");
}

/* ---- grouping by mentee ---- */

struct lists {
        int64_t *row, *score;
        int32_t *mentor;
};

static void scatter(const struct edge *edge, int64_t n, const int32_t *mentee_rank,
                    const int32_t *mentor_rank, int32_t mentees, struct lists *l)
{
        for (int64_t k = 0; k < n; k++)
                l->row[mentee_rank[edge[k].mentee] + 1]++;
        for (int32_t i = 0; i < mentees; i++)
                l->row[i + 1] += l->row[i];
        for (int64_t k = n; k-- > 0;) {
                int64_t at = --l->row[mentee_rank[edge[k].mentee] + 1];
                l->mentor[at] = mentor_rank[edge[k].mentor];
                l->score[at] = edge[k].score;
        }
        /* Now row[i + 1] is where mentee i begins: one step to the left. */
        for (int32_t i = 0; i < mentees; i++)
                l->row[i] = l->row[i + 1];
        l->row[mentees] = n;
}

static int by_mentor(const void *a, const void *b)
{
        int32_t x = ((const struct edge *)a)->mentor, y = ((const struct edge *)b)->mentor;

        return (x > y) - (x < y);
}

/* Sorts one mentee's mentors; the scratch has room for all of them. */
static void sort_row(struct lists *l, int64_t from, int64_t to, struct edge *scratch)
{
        bool sorted = true;

        for (int64_t k = from + 1; k < to && sorted; k++)
                sorted = l->mentor[k - 1] < l->mentor[k];
        if (sorted)
                return;
        for (int64_t k = from; k < to; k++)
                scratch[k - from] = (struct edge) {.mentor = l->mentor[k], .score = l->score[k]};
        qsort(scratch, (size_t)(to - from), sizeof *scratch, by_mentor);
        for (int64_t k = from; k < to; k++) {
                l->mentor[k] = scratch[k - from].mentor;
                l->score[k] = scratch[k - from].score;
        }
}

/* The first pair given twice, or false. The edges are not needed any more and serve as scratch. */
static bool sort_rows(struct lists *l, int32_t mentees, struct edge *scratch,
                      struct matching_pair *doubled)
{
        for (int32_t i = 0; i < mentees; i++) {
                sort_row(l, l->row[i], l->row[i + 1], scratch);
                for (int64_t k = l->row[i] + 1; k < l->row[i + 1]; k++) {
                        if (l->mentor[k - 1] != l->mentor[k])
                                continue;
                        *doubled = (struct matching_pair) {i, l->mentor[k]};
                        return true;
                }
        }
        return false;
}

static struct matching_problem problem_of(const struct matching_input *in, const struct lists *l)
{
        return (struct matching_problem) {
                .mentees = in->mentees.n,
                .mentors = in->mentors.n,
                .shape = MATCHING_SPARSE,
                .row = l->row,
                .mentor = l->mentor,
                .score = l->score,
        };
}

struct err matching_read_edges(struct text csv, const char *file, struct arena *a,
                               struct matching_input *in)
{
        struct book mentees = {.a = a}, mentors = {.a = a};
        struct matching_csv c = matching_csv_new(csv, file, a);
        struct matching_pair doubled;
        size_t lines = count_lines(csv);
        int64_t n = 0;
        struct lists l = {.mentor = arena_array(a, int32_t, lines),
                          .score = arena_array(a, int64_t, lines)};
        struct edge *edge = arena_array(a, struct edge, lines);

        *in = (struct matching_input) {.millionths = true, .file = file, .step = 1};
        TRY(read_edges(&c, edge, &mentees, &mentors, &n));
        int32_t *mentee_rank = arena_array(a, int32_t, (size_t)mentees.n);
        int32_t *mentor_rank = arena_array(a, int32_t, (size_t)mentors.n);
        in->mentees = sort_names(&mentees, a, mentee_rank);
        in->mentors = sort_names(&mentors, a, mentor_rank);
        l.row = arena_array(a, int64_t, (size_t)in->mentees.n + 1);
        scatter(edge, n, mentee_rank, mentor_rank, in->mentees.n, &l);
        if (sort_rows(&l, in->mentees.n, edge, &doubled))
                return twice(csv, file, a, in->mentees.p[doubled.mentee],
                             in->mentors.p[doubled.mentor]);
        in->problem = problem_of(in, &l);
        return OK;
}

/* ---- capacities ---- */

static bool number_in(const struct matching_input *in, struct text name, int32_t *number)
{
        int32_t low = 0, high = in->mentors.n;
        int64_t value;

        if (!in->mentors.p) {
                *number = text_int(name, &value) && value >= 0 && value < in->problem.mentors
                                  ? (int32_t)value
                                  : -1;
                return *number >= 0;
        }
        while (low < high) {
                int32_t middle = low + (high - low) / 2;
                int order = text_compare(in->mentors.p[middle], name);
                if (order == 0) {
                        *number = middle;
                        return true;
                }
                if (order < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return false;
}

static struct err read_places(struct matching_csv *c, struct matching_input *in, uint8_t *seen)
{
        struct text name, number;
        int64_t places;
        int32_t j;

        TRY(read_name(c, &name));
        if (!number_in(in, name, &j))
                return matching_csv_wrong(c, "There is no such mentor among the pairs",
                                          "Correct the name, or leave the line out");
        if (seen[j]++)
                return matching_csv_wrong(c, "A mentor is given twice",
                                          "Keep one of the two lines");
        TRY(matching_csv_field(c, &number));
        if (!text_int(number, &places) || places < 0 || places > INT32_MAX)
                return matching_csv_wrong(c, "The capacity is no whole number from 0 up",
                                          "Write how many mentees fit");
        in->places[j] = (int32_t)places;
        return matching_csv_end(c);
}

struct err matching_read_capacity(struct text csv, const char *file, struct arena *a,
                                  struct matching_input *in)
{
        struct matching_csv c = matching_csv_new(csv, file, a);
        uint8_t *seen = arena_array(a, uint8_t, (size_t)in->problem.mentors);

        in->places = arena_array(a, int32_t, (size_t)in->problem.mentors);
        for (int32_t j = 0; j < in->problem.mentors; j++)
                in->places[j] = 1;
        matching_csv_header(&c, "mentor");
        while (matching_csv_line(&c))
                TRY(read_places(&c, in, seen));
        in->problem.places = in->places;
        return OK;
}
