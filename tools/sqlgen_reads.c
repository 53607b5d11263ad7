/*
 * Which statements tell something about a person, what, and about whom: found out from where their columns come from, so
 * that no reading can be forgotten.  "-- :reads nobody" says that what is found is shown to nobody (rules, the solver,
 * counts); "-- :reads WHAT COLUMN" says it where it cannot be found out.
 */
#include "sqlgen.h"

#include "base/err.h"

#include <string.h>

/* What is personal. column NULL: every column but the key. The first that a statement touches names the reading. */
static const struct personal {
        const char *table, *column, *what;
} all[] = {
        {"care_concern", "body", "concern"},
        {"care_concern", "sealed", "concern"},
        {"conversations_message", "body", "messages"},
        {"journeys_note", "body", "notes"},
        {"care_ticket", "body", "tickets"},
        {"care_ticket", "address", "tickets"},
        {"care_ticket_reply", "body", "tickets"},
        {"care_call", "asked", "calls"},
        {"care_call", "outcome", "calls"},
        {"care_call", "action", "calls"},
        {"care_call", "team_note", "calls"},
        {"care_call", "private_note", "calls"},
        {"care_flag", "data", "flags"},
        {"evaluation_answer", "value", "answers"},
        {"evaluation_answer", "words", "answers"},
        {"recruiting_application", "goals", "application"},
        {"recruiting_application", "first_name", "application"},
        {"recruiting_invitation", "decline_reason", "application"},
        {"recruiting_question", "answer", "application"},
        {"learning_progress", "situation", "training"},
        {"learning_progress", "commitment", "training"},
        {"matching_proposal", "parts", "match"},
        {"matching_proposal", "reasons", "match"},
        {"matching_proposal", "mentor_answer", "match"},
        {"matching_proposal", "mentor_note", "match"},
        {"matching_proposal", "mentee_note", "match"},
        {"programmes_not_with", "other_key", "match"},
        {"journeys_goal", "statement", "goals"},
        {"journeys_goal", "category", "goals"},
        {"journeys_agreement", "boundaries", "pair"},
        {"journeys_agreement", "quiet", "pair"},
        {"journeys_closing", "learned", "ending"},
        {"journeys_closing", "thanks", "ending"},
        {"journeys_pair", "end_reason", "pair"},
        {"mail_outbox", "body", "mails"},
        {"mail_outbox", "subject", "mails"},
        {"mail_outbox", "address", "mails"},
        {"people_status", NULL, "work"},
        {"people_extra", "value", "work"},
        {"people_profile", NULL, "profile"},
        {"people_address", "email", "address"},
        {"people_person", "first_name", "name"},
        {"people_person", "last_name", "name"},
        {"people_person", "email", "name"},
        {"people_person", "phone", "name"},
};
enum { PERSONAL = sizeof all / sizeof *all };

static int personal_of(const char *table, const char *column)
{
        for (int i = 0; table && column && i < PERSONAL; i++)
                if (strcmp(all[i].table, table) == 0 &&
                    (all[i].column ? strcmp(all[i].column, column) == 0 : strcmp(column, "person") != 0))
                        return i;
        return PERSONAL;
}

static bool is_any(const char *name, const char *const *names)
{
        for (; *names; names++)
                if (strcmp(name, *names) == 0)
                        return true;
        return false;
}

static const char *const persons[] = {"person", "mentor", "mentee", "reporter", NULL};

/* The name of whoever did something is not the name of whom the row is about. */
static bool is_staffs(const char *name)
{
        static const char *const begins[] = {"owner_", "by_", "from_", "to_", "taken_", NULL};

        for (int i = 0; begins[i]; i++)
                if (strncmp(name, begins[i], strlen(begins[i])) == 0)
                        return true;
        return false;
}

/* p: a person's id; j: a pair's; n: a first name; a dot: something else. */
static char mark_of(const struct field *f, const char *table, const char *column)
{
        if (f->kind == 't' && is_staffs(f->name))
                return '.';
        if (f->kind == 't')
                return table && strcmp(table, "people_person") == 0 && strcmp(column, "first_name") == 0 ? 'n' : '.';
        if (f->kind != 'i')
                return '.';
        if (is_any(f->name, persons) || (table && strcmp(table, "people_person") == 0 && strcmp(column, "id") == 0))
                return 'p';
        if (strcmp(f->name, "pair") == 0 || (table && strcmp(table, "journeys_pair") == 0 && strcmp(column, "id") == 0))
                return 'j';
        return '.';
}

/* Persons or the pair in the row; without them the person or the pair that was asked for. */
static void settle(struct stmt *s, char *marks)
{
        bool persons_there = strchr(marks, 'p') != NULL;
        bool pair_there = strchr(marks, 'j') != NULL;

        s->whose = marks;
        if (persons_there || pair_there)
                return;
        for (int i = 0; i < s->n_in && !s->whose_in; i++)
                if (s->in[i].kind == 'i' && (is_any(s->in[i].name, persons) || strcmp(s->in[i].name, "pair") == 0))
                        s->whose_in = i + 1;
        s->in_is_pair = s->whose_in && strcmp(s->in[s->whose_in - 1].name, "pair") == 0;
}

static void declared(struct gen *g, struct stmt *s, char *marks)
{
        struct text rest, column, what = text_cut(text_of(s->reads_said), ' ', &rest);

        s->reads = arena_dup(g->arena, what.p, what.n);
        for (char *m = marks; *m; m++)
                if (*m != 'n')
                        *m = '.';
        while (rest.n) {
                int i = 0;
                column = text_trim(text_cut(rest, ',', &rest));
                while (i < s->n_out && !text_is(column, s->out[i].name))
                        i++;
                if (i < s->n_out)
                        marks[i] = text_is(column, "pair") ? 'j' : 'p';
                else
                        gen_error(g, s->file, s->line, "%s: :reads names %.*s, which is not in :out", s->name, (int)column.n,
                                  column.p);
        }
        s->whose = marks;
}

void reads_of(struct gen *g, sqlite3_stmt *st, struct stmt *s)
{
        char *marks = arena_alloc(g->arena, (size_t)s->n_out + 1);
        int found = PERSONAL;

        for (int i = 0; i < s->n_out && i < sqlite3_column_count(st); i++) {
                const char *table = sqlite3_column_table_name(st, i), *column = sqlite3_column_origin_name(st, i);
                int k = personal_of(table, column);
                found = k < found ? k : found;
                marks[i] = mark_of(&s->out[i], table, column);
        }
        if (s->reads_said && strcmp(s->reads_said, "nobody") == 0)
                return;
        if (s->reads_said) {
                declared(g, s, marks);
                return;
        }
        if (found == PERSONAL || s->write)
                return;
        s->reads = all[found].what;
        settle(s, marks);
}
