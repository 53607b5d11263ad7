/* One row of a roster becomes one person, or the report says why not. */
#include "base/out.h"
#include "html/messages.h"
#include "os/zone.h"
#include "programmes/roster_parts.h"

#include <string.h>

enum { LINE_CHARS = 200, TEXT_CHARS = 4000, MOST_MENTEES = 3 };

struct reading {
        struct roster_sheet *s;
        struct roster_person *p;
        size_t column;
        struct text value;              /* trimmed, never empty */
        struct text header;
        bool bad;
        struct text biography, role;
        bool both_yes;
        /* status and dropped values: the biography must not repeat them */
        size_t n_hidden;
        struct text *hidden;
};

/* Where the column of that header, or of that meaning, stands in a sheet; of the row alone where it has none. */
static struct text cell_of(struct roster_sheet *s, int64_t line, struct text column)
{
        for (size_t i = 0; i < s->n_columns; i++)
                if (text_equal(s->report->columns[i].header, column) ||
                    text_equal(s->report->columns[i].meaning, column))
                        return table_cell(s->a, &s->report->table, line, i);
        return TEXT_ABSENT;
}

void roster_problem(struct roster_sheet *s, int64_t line, struct text column, struct text value,
                    const char *reason)
{
        struct roster_report *r = s->report;

        if (r->n_problems == s->problems_room) {
                s->problems_room = s->problems_room ? s->problems_room * 2 : 32;
                struct roster_problem *more = arena_array(s->a, struct roster_problem,
                                                          s->problems_room);
                if (r->n_problems)
                        memcpy(more, r->problems, r->n_problems * sizeof *more);
                r->problems = more;
        }
        r->problems[r->n_problems++] = (struct roster_problem) {.line = line, .column = column,
                .value = text_first_chars(value, 80), .reason = text_of(reason),
                .cell = cell_of(s, line, column)};
}

static void wrong(struct reading *x, const char *reason)
{
        x->bad = true;
        roster_problem(x->s, x->p->line, x->header, x->value, reason);
}

/* A cell that goes on one line. */
static struct text one_line(struct reading *x)
{
        char *copy = arena_dup(x->s->a, x->value.p, x->value.n);

        for (size_t i = 0; i < x->value.n; i++)
                if ((unsigned char)copy[i] < ' ')
                        copy[i] = ' ';
        if (text_first_chars(x->value, LINE_CHARS).n < x->value.n)
                wrong(x, M_("This is too long: at most 200 characters"));
        return (struct text) {copy, x->value.n};
}

static struct text many_lines(struct reading *x)
{
        if (text_first_chars(x->value, TEXT_CHARS).n < x->value.n)
                wrong(x, M_("This is too long: at most 4,000 characters"));
        return text_copy(x->s->a, x->value);
}

/* What people_add() will accept too; said here with line and column. */
static bool is_address(struct text t)
{
        struct text domain;
        struct text local = text_cut(t, '@', &domain);

        if (local.n == 0 || local.n > 64 || t.n > 254 || domain.n < 3 ||
            memchr(domain.p, '@', domain.n) ||
            !memchr(domain.p, '.', domain.n) || domain.p[0] == '.' || domain.p[domain.n - 1] == '.')
                return false;
        for (size_t i = 0; i < t.n; i++)
                if ((unsigned char)t.p[i] <= ' ' || t.p[i] == 0x7f ||
                    strchr("<>()[],;:\\\"", t.p[i]))
                        return false;
        return true;
}

static void read_email(struct reading *x)
{
        if (!is_address(x->value))
                wrong(x, M_("This is no mail address"));
        x->p->email = text_copy(x->s->a, x->value);
        x->p->key = text_fold(x->s->a, x->value);
}

static void read_name(struct reading *x)
{
        struct text rest;
        struct text whole = one_line(x);

        x->p->facts.first_name = text_copy(x->s->a, text_cut(whole, ' ', &rest));
        if (rest.n)
                x->p->facts.last_name = text_copy(x->s->a, text_trim(rest));
}

static void read_zone(struct reading *x)
{
        if (!zone_find(text_copy(x->s->a, x->value)))
                wrong(x, M_("This is no time zone we know; write it like Europe/Lisbon"));
        x->p->facts.zone = text_copy(x->s->a, x->value);
        x->p->zone_known = true;
}

static void read_phone(struct reading *x)
{
        int digits = 0;

        for (size_t i = 0; i < x->value.n; i++) {
                digits += x->value.p[i] >= '0' && x->value.p[i] <= '9';
                if (!strchr("+0123456789 ()-/.", x->value.p[i])) {
                        wrong(x, M_("This is no telephone number; write it like +351 21 000 0000"));
                        return;
                }
        }
        if (digits < 4 || digits > 18)
                wrong(x, M_("This is no telephone number; write it like +351 21 000 0000"));
        x->p->facts.phone = one_line(x);
}

static void read_capacity(struct reading *x)
{
        if (!text_int(x->value, &x->p->capacity) || x->p->capacity < 1 ||
            x->p->capacity > MOST_MENTEES)
                wrong(x, M_("A mentor has between 1 and 3 mentees"));
}

static void read_availability(struct reading *x)
{
        unsigned parts;

        if (!people_week_read(x->value, &parts))
                wrong(x, M_("These hours cannot be read; write them like \"mon-fri 17:00-20:00; sat 09:00-12:00\""));
        x->p->facts.availability = one_line(x);
}

static void read_not_with(struct reading *x)
{
        struct roster_addresses *n = &x->p->not_with;
        size_t from = 0;

        n->row = arena_array(x->s->a, struct text, x->value.n / 2 + 1);
        for (size_t i = 0; i <= x->value.n; i++) {
                if (i < x->value.n && !strchr(",; \n|", x->value.p[i]))
                        continue;
                struct text one = text_trim((struct text) {x->value.p + from, i - from});
                from = i + 1;
                if (one.n == 0)
                        continue;
                if (!is_address(one))
                        wrong(x, M_("Each person here must be a mail address"));
                n->row[n->n++] = text_fold(x->s->a, one);
        }
}

/* The first of somebody's languages that we speak; other languages are no reason to guess. */
static struct text locale_from(struct arena *a, struct text languages)
{
        static const struct { const char *name, *tag; } known[] = {
                {"english", "en"}, {"englisch", "en"}, {"german", "de"}, {"deutsch", "de"}};
        size_t from = 0;

        for (size_t i = 0; i <= languages.n; i++) {
                if (i < languages.n && !strchr(",;/", languages.p[i]))
                        continue;
                struct text one = text_fold(a, text_trim((struct text) {languages.p + from,
                        i - from}));
                from = i + 1;
                for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
                        if (text_is(one, known[k].name))
                                return text_of(known[k].tag);
                enum locale l = locale_of(one, LOCALES);
                if (l != LOCALES && l != LOCALE_PSEUDO)
                        return text_of(locale_tag(l));
        }
        return TEXT_ABSENT;
}

static bool says_yes(struct text t, struct arena *a)
{
        struct text f = text_fold(a, t);

        return text_is(f, "yes") || text_is(f, "y") || text_is(f, "true") || text_is(f, "1") ||
                text_is(f, "ja") || text_is(f, "x");
}

static void add_extra(struct reading *x)
{
        struct people_extra *row = arena_array(x->s->a, struct people_extra, x->s->n_columns);
        struct people_facts *f = &x->p->facts;

        if (f->n_extra)
                memcpy(row, f->extra, f->n_extra * sizeof *row);
        row[f->n_extra++] = (struct people_extra) {text_first_chars(text_trim(x->header),
                                                                    LINE_CHARS), many_lines(x)};
        f->extra = row;
}

static void hide(struct reading *x) { x->hidden[x->n_hidden++] = x->value; }

static void read_status(struct reading *x, struct text *to)
{
        *to = one_line(x);
        hide(x);
}

static void read_cell(struct reading *x, enum roster_meaning meaning)
{
        struct people_facts *f = &x->p->facts;

        switch (meaning) {
        case ROSTER_EMAIL: read_email(x); break;
        case ROSTER_FIRST_NAME: f->first_name = one_line(x); break;
        case ROSTER_LAST_NAME: f->last_name = one_line(x); break;
        case ROSTER_NAME: read_name(x); break;
        case ROSTER_ROLE: x->role = text_fold(x->s->a, x->value); break;
        case ROSTER_BOTH: x->both_yes = says_yes(x->value, x->s->a); break;
        case ROSTER_TITLE: read_status(x, &f->status.title); break;
        case ROSTER_GRADE: read_status(x, &f->status.grade); break;
        case ROSTER_ORGANISATION: read_status(x, &f->status.organisation); break;
        case ROSTER_DEPARTMENT: read_status(x, &f->status.department); break;
        case ROSTER_TEAM: read_status(x, &f->status.team); break;
        case ROSTER_PROFESSION: read_status(x, &f->status.profession); break;
        case ROSTER_STAFF_ID: read_status(x, &f->status.staff_id); break;
        case ROSTER_MANAGER_ID: read_status(x, &x->p->manager_id); break;
        case ROSTER_MANAGER_EMAIL:
                if (!is_address(x->value) && !text_is(x->value, "-"))
                        wrong(x, M_("This is no mail address"));
                f->status.manager_email = one_line(x);
                break;
        case ROSTER_LOCATION: f->location = one_line(x); break;
        case ROSTER_TIME_ZONE: read_zone(x); break;
        case ROSTER_LANGUAGES:
                f->languages = one_line(x);
                x->p->locale = locale_from(x->s->a, x->value);
                break;
        case ROSTER_PHONE: read_phone(x); break;
        case ROSTER_OFFERS: f->offers = many_lines(x); break;
        case ROSTER_WANTS: f->wants = many_lines(x); break;
        case ROSTER_GOALS: f->goals = many_lines(x); break;
        case ROSTER_INTERESTS: f->interests = many_lines(x); break;
        case ROSTER_CAPACITY: read_capacity(x); break;
        case ROSTER_AVAILABILITY: read_availability(x); break;
        case ROSTER_NOT_WITH: read_not_with(x); break;
        case ROSTER_BIOGRAPHY: x->biography = many_lines(x); break;
        case ROSTER_EXTRA: add_extra(x); break;
        case ROSTER_DROP: hide(x); break;
        case ROSTER_MEANINGS: break;
        }
}

/* The file's own word counts only when nobody has said whom the whole file is about. */
static void settle_role(struct reading *x)
{
        static const char *const mentors[] = {"mentor", "mentors", "mentorin", NULL},
                *const mentees[] = {"mentee", "mentees", NULL};
        struct roster_person *p = x->p;

        for (int i = 0; mentors[i]; i++)
                p->mentor |= text_is(x->role, mentors[i]);
        for (int i = 0; mentees[i]; i++)
                p->mentee |= text_is(x->role, mentees[i]);
        if (text_is(x->role, "both") || text_is(x->role, "mentor and mentee") ||
            text_is(x->role, "beides") || x->both_yes)
                p->mentor = p->mentee = true;
        if (x->s->role_given) {
                p->mentor = x->s->role_mentor;
                p->mentee = !x->s->role_mentor;
        }
        if (!p->mentor && !p->mentee) {
                x->header = text_of(roster_choices[ROSTER_ROLE].word);
                x->value = x->role;
                wrong(x, M_("Mentor or mentee? Choose the role for the whole file, or add a column that says it"));
        }
}

/* "both" in a file that is about one role alone: somebody may want to know. */
static void note_both(struct reading *x)
{
        if (!x->s->role_given || !x->both_yes)
                return;
        x->header = TEXT("both mentor and mentee");
        x->value = TEXT("yes");
        add_extra(x);
}

static void settle_names(struct reading *x)
{
        struct people_facts *f = &x->p->facts;

        if (x->s->facts && !x->p->email.n && f->status.staff_id.n)
                x->p->key = text_format(x->s->a, "#%s", text_c(x->s->a, f->status.staff_id));
        else if (!x->p->email.n) {
                x->header = text_of(roster_choices[ROSTER_EMAIL].word);
                x->value = TEXT("");
                wrong(x, M_("There is no mail address"));
        }
        if (!f->first_name.n && !x->s->facts) {
                x->header = text_of(roster_choices[ROSTER_FIRST_NAME].word);
                x->value = TEXT("");
                wrong(x, M_("There is no first name"));
        }
}

/* The whole name goes too: who reads a surname can look up the rest. */
static void settle_biography(struct reading *x)
{
        struct people_facts *f = &x->p->facts;
        int64_t cut;

        if (f->last_name.n)
                x->hidden[x->n_hidden++] = text_format(x->s->a, "%s %s",
                                     text_c(x->s->a, f->first_name), text_c(x->s->a, f->last_name));
        f->biography = people_cut_biography(x->s->a, x->biography, x->hidden, x->n_hidden, &cut);
        x->s->report->sentences_cut += cut;
}

bool roster_row_read(struct roster_sheet *s, const struct csv_row *row, struct roster_person *out)
{
        struct reading x = {.s = s, .p = out, .hidden = arena_array(s->a, struct text,
                                                                    s->n_columns + 1)};

        *out = (struct roster_person) {.line = row->line, .capacity = 1};
        if (row->n > s->n_columns) {
                x.value = row->cell[s->n_columns];
                wrong(&x, M_("There are more cells than headers; is a comma not in quotation marks?"));
        }
        for (x.column = 0; x.column < s->n_columns && x.column < row->n; x.column++) {
                struct text fault = table_fault_at(&s->report->table, row->line, x.column);
                x.header = s->report->columns[x.column].header;
                if (s->facts && !roster_is_fact(s->meaning[x.column]))
                        continue;
                if (fault.n && s->meaning[x.column] != ROSTER_DROP) {
                        x.value = fault;
                        wrong(&x, text_equal(fault, TABLE_NO_RESULT)
                              ? M_("This formula has no result yet; save the workbook in your spreadsheet program")
                              : M_("The spreadsheet has an error here instead of a value"));
                        continue;
                }
                x.value = text_trim(row->cell[x.column]);
                if (x.value.n)
                        read_cell(&x, s->meaning[x.column]);
        }
        settle_names(&x);
        if (s->facts)
                return !x.bad;
        settle_role(&x);
        note_both(&x);
        settle_biography(&x);
        if (!out->locale.n)
                out->locale = s->locale;
        return !x.bad;
}
