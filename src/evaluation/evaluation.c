/* Asking and answering: waves, pulses, surveys. */
#include "evaluation/evaluation.h"

#include "care/care.h"
#include "evaluation/evaluation.sql.h"
#include "os/random.h"
#include "people/people.h"

#include <string.h>

enum { CHANGE_DAYS = 14 };

struct err evaluation_ask(struct tx *tx, int64_t cohort, const char *survey, const char *wave, int64_t person, int64_t pair, int64_t *id)
{
        struct evaluation_wave_find row;
        int64_t changes;
        bool found;

        *id = random_id();
        TRY(evaluation_wave_insert(tx, &(struct evaluation_wave_insert_in) {
                .id = *id, .cohort = cohort, .survey = text_of(survey), .wave = text_of(wave), .person = person, .pair = pair,
                .now = tx_now(tx)}, &changes));
        if (changes)
                return OK;
        TRY(evaluation_wave_find(tx, cohort, text_of(wave), person, pair, &found, &row));
        *id = found ? row.id : 0;
        return OK;
}

/* A pulse is heard at once: the desk's rules look at the cohort now, not tomorrow morning. */
static struct err hear(struct tx *tx, const struct evaluation_wave_row *w)
{
        return text_is(w->survey, "pulse") ? care_review(tx, w->cohort) : OK;
}

struct err evaluation_answer(struct tx *tx, const struct who *who, int64_t wave, const struct evaluation_reply *reply, size_t n)
{
        struct evaluation_wave_row w;
        bool found;

        TRY(evaluation_wave_row(tx, wave, &found, &w));
        if (!found || w.person != who->person)
                return FAIL(ERR_ABSENT, "There is no such question for you", "Open the newest mail about it");
        if (w.answered_at.has && tx_now(tx) > w.answered_at.v + CHANGE_DAYS * 86400)
                return FAIL(ERR_CONFLICT, "These answers can no longer be changed", "Tell your coordinator instead");
        for (size_t i = 0; i < n; i++)
                TRY(evaluation_answer_save(tx, wave, reply[i].question, reply[i].value, reply[i].words));
        TRY(evaluation_wave_answered(tx, wave, tx_now(tx)));
        return hear(tx, &w);
}

/* ---- written down by staff, and taken back ---- */

static struct err answer_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 256);
        struct evaluation_answer_rows_list rows;

        if (act->subject) {
                TRY(evaluation_answer_rows(tx, act->subject, &rows));
                for (size_t i = 0; i < rows.n; i++) {
                        desk_put(&o, rows.row[i].question);
                        desk_put_opt(&o, rows.row[i].value);
                        desk_put(&o, rows.row[i].words);
                }
        }
        *out = out_get(&o);
        return OK;
}

/* Only what was unanswered is written down for somebody, so that taking back is forgetting. */
static struct err answer_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct evaluation_wave_row w;
        bool found;

        (void)who;
        TRY(evaluation_wave_row(tx, act->subject, &found, &w));
        TRY(evaluation_forget_answers(tx, act->subject));
        TRY(evaluation_wave_unanswered(tx, act->subject));
        return found ? hear(tx, &w) : OK;
}

const struct desk_kind evaluation_act_answer = {"answer.for", M_("Answers written down for them"), answer_state, answer_back};

/* Rows come newest wave first; one wave's answers share answered_at. */
struct err evaluation_pulse(struct tx *tx, int64_t pair, int64_t person, bool *found, struct evaluation_pulse *out)
{
        struct evaluation_pulse_rows_list rows;
        int64_t second = 0;

        *out = (struct evaluation_pulse) {0};
        TRY(evaluation_pulse_rows(tx, pair, person, &rows));
        *found = rows.n > 0;
        for (size_t i = 0; i < rows.n; i++) {
                const struct evaluation_pulse_rows *r = &rows.row[i];
                if (i == 0)
                        out->at = r->answered_at;
                if (r->answered_at != out->at) {
                        second = second ? second : r->answered_at;
                        if (r->answered_at == second && r->value.has &&
                            (!out->previous_lowest.has || r->value.v < out->previous_lowest.v))
                                out->previous_lowest = r->value;
                        continue;
                }
                if (text_is(r->question, "often"))
                        out->often = r->value.v;
                else if (text_is(r->question, "useful"))
                        out->useful = r->value.v;
                else if (text_is(r->question, "safe"))
                        out->safe = r->value.v;
                else if (text_is(r->question, "contact"))
                        out->contact = r->words;
        }
        return OK;
}

struct err evaluation_open_of(struct tx *tx, int64_t person, struct evaluation_open_list *out)
{
        struct evaluation_wave_open_of_list rows;

        TRY(evaluation_wave_open_of(tx, person, &rows));
        *out = (struct evaluation_open_list) {.row = arena_array(tx_arena(tx), struct evaluation_open, rows.n)};
        for (; out->n < rows.n; out->n++)
                out->row[out->n] = (struct evaluation_open) {rows.row[out->n].id, rows.row[out->n].pair, rows.row[out->n].asked_at,
                                                             rows.row[out->n].survey, rows.row[out->n].wave};
        return OK;
}
