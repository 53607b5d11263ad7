#include "learning/learning.h"

#include "learning/learning.sql.h"
#include "people/people.h"

#include <string.h>

/* What one person has done, against what the pack asks of that side. */
struct done { const struct text *module; const int64_t *at; size_t n; };

static bool has(const struct done *d, struct text module, int64_t *at)
{
        for (size_t i = 0; i < d->n; i++)
                if (text_equal(d->module[i], module)) {
                        *at = d->at[i];
                        return true;
                }
        return false;
}

/* Whose modules count. */
struct sides { bool mentor, mentee; };

static bool asks(const struct pack_module *m, struct sides s)
{
        return (s.mentor && pack_side_has(m->who, PACK_MENTOR)) || (s.mentee && pack_side_has(m->who, PACK_MENTEE));
}

/* Complete since the last of the required modules; what is done beyond them does not count. */
static struct learning_status measure(const struct pack *pack, struct sides sides, const struct done *d)
{
        struct learning_status s = {.started = d->n > 0};
        struct opt last = {0};
        int64_t at;

        for (size_t i = 0; i < pack->n_modules; i++) {
                const struct pack_module *m = &pack->modules[i];
                if (!m->required || !asks(m, sides))
                        continue;
                s.required++;
                if (has(d, m->key, &at)) {
                        s.done++;
                        last = (struct opt) {true, last.has && last.v > at ? last.v : at};
                        continue;
                }
                s.minutes_left += m->minutes;
                if (!s.next_module.p)
                        s.next_module = m->key;
        }
        s.complete = s.done == s.required;
        s.completed_at = s.complete ? last : (struct opt) {0};
        return s;
}

static struct err status_of(struct tx *tx, const struct programmes_cohort *c, int64_t person, struct sides sides, struct learning_status *out)
{
        struct learning_rows_of_list rows;
        struct done d = {0};

        TRY(learning_rows_of(tx, c->id, person, &rows));
        struct text *module = arena_array(tx_arena(tx), struct text, rows.n);
        int64_t *at = arena_array(tx_arena(tx), int64_t, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                if (!rows.row[i].done_at.has)
                        continue;
                at[d.n] = rows.row[i].done_at.v;
                module[d.n++] = rows.row[i].module;
        }
        d.module = module;
        d.at = at;
        *out = measure(c->pack, sides, &d);
        out->started = rows.n > 0;
        return OK;
}

struct err learning_status(struct tx *tx, const struct programmes_cohort *c, int64_t person, bool mentor, struct learning_status *out)
{
        return status_of(tx, c, person, (struct sides) {mentor, !mentor}, out);
}

struct err learning_status_whole(struct tx *tx, const struct programmes_cohort *c, int64_t person, struct learning_status *out)
{
        struct programmes_participant_list parts;
        struct sides sides = {0};

        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                sides.mentor |= parts.row[i].cohort == c->id && parts.row[i].mentor;
                sides.mentee |= parts.row[i].cohort == c->id && !parts.row[i].mentor;
        }
        return status_of(tx, c, person, sides, out);
}

struct err learning_status_all(struct tx *tx, const struct programmes_cohort *c, struct learning_standing_list *out)
{
        struct programmes_participant_list people;
        struct learning_done_of_cohort_list rows;

        TRY(programmes_participants(tx, c->id, &people));
        TRY(learning_done_of_cohort(tx, c->id, &rows));
        struct text *module = arena_array(tx_arena(tx), struct text, rows.n + 1);
        int64_t *at = arena_array(tx_arena(tx), int64_t, rows.n + 1);
        *out = (struct learning_standing_list) {.row = arena_array(tx_arena(tx), struct learning_standing, people.n)};
        for (; out->n < people.n; out->n++) {
                const struct programmes_participant *p = &people.row[out->n];
                struct done d = {.module = module, .at = at};
                bool started = false;
                for (size_t i = 0; i < rows.n; i++) {
                        if (rows.row[i].person != p->person)
                                continue;
                        started = true;
                        if (!rows.row[i].done_at.has)
                                continue;
                        at[d.n] = rows.row[i].done_at.v;
                        module[d.n++] = rows.row[i].module;
                }
                out->row[out->n] = (struct learning_standing) {*p, measure(c->pack, (struct sides) {p->mentor, !p->mentor}, &d)};
                out->row[out->n].status.started = started;
        }
        return OK;
}

/* Only those who take part, and only modules of their side. */
static struct err may_learn(struct tx *tx, const struct who *who, int64_t cohort, struct text module)
{
        struct programmes_participant_list parts;
        struct programmes_cohort c;

        TRY(programmes_parts_of(tx, who->person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                if (parts.row[i].cohort != cohort)
                        continue;
                TRY(programmes_cohort(tx, cohort, &c));
                const struct pack_module *m = pack_module(c.pack, module);
                if (m && pack_side_has(m->who, parts.row[i].mentor ? PACK_MENTOR : PACK_MENTEE))
                        return OK;
        }
        return FAIL(ERR_ABSENT, "There is no such module for you", "Choose one from your training");
}

struct err learning_open(struct tx *tx, const struct who *who, int64_t cohort, struct text module)
{
        TRY(may_learn(tx, who, cohort, module));
        return learning_mark_opened(tx, cohort, who->person, module, tx_now(tx));
}

struct err learning_answer(struct tx *tx, const struct who *who, int64_t cohort, struct text module, int64_t answer)
{
        if (answer < 1 || answer > PACK_ANSWERS)
                return FAIL_AT(ERR_INVALID, "Choose one of the three answers", "answer", "Any of them: you see at once which works better");
        TRY(learning_open(tx, who, cohort, module));
        return learning_save_answer(tx, cohort, who->person, module, answer);
}

struct err learning_complete(struct tx *tx, const struct who *who, int64_t cohort, struct text module, const struct learning_done *in)
{
        struct learning_row row;
        bool found;

        TRY(may_learn(tx, who, cohort, module));
        TRY(learning_row(tx, cohort, who->person, module, &found, &row));
        if (!found || !row.answer.has)
                return FAIL_AT(ERR_INVALID, "The scenario is still open", "answer", "Choose an answer above, then finish");
        TRY(learning_save_done(tx, &(struct learning_save_done_in) {
                .cohort = cohort, .person = who->person, .module = module, .situation = text_trim(in->situation),
                .commitment = text_trim(in->commitment), .useful = in->useful, .now = tx_now(tx)}));
        return programmes_check_ready(tx, cohort, who->person);
}

struct err learning_commitment(struct tx *tx, int64_t cohort, int64_t person, struct text *out)
{
        struct learning_last_commitment row;
        bool found;

        TRY(learning_last_commitment(tx, cohort, person, &found, &row));
        *out = found ? row.commitment : TEXT_ABSENT;
        return OK;
}
