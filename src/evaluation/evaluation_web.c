#include "evaluation/evaluation_web.h"

#include "base/app.h"
#include "evaluation/evaluation.html.h"
#include "evaluation/evaluation.sql.h"
#include "journeys/journeys.h"
#include "os/keys.h"
#include "people/people.h"

#include <string.h>

enum { MOST_QUESTIONS = 24, TOKEN_KIND_SURVEY = 1, CHANGE_DAYS = 14 };

/* ---- pulses and surveys ---- */

static const char *const names[MOST_QUESTIONS] = {"q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14",
                                                  "q15", "q16", "q17", "q18", "q19", "q20", "q21", "q22", "q23"};

struct survey_form { struct text q[MOST_QUESTIONS]; struct text t; };

#define QUESTION(i) {.name = "q" #i, .kind = FIELD_LINES, .offset = offsetof(struct survey_form, q) + (i) * sizeof(struct text), .max = 2000, \
                     .label = "This question"}
FORM_OF(survey_form, struct survey_form,
        QUESTION(0), QUESTION(1), QUESTION(2), QUESTION(3), QUESTION(4), QUESTION(5), QUESTION(6), QUESTION(7), QUESTION(8), QUESTION(9),
        QUESTION(10), QUESTION(11), QUESTION(12), QUESTION(13), QUESTION(14), QUESTION(15), QUESTION(16), QUESTION(17), QUESTION(18),
        QUESTION(19), QUESTION(20), QUESTION(21), QUESTION(22), QUESTION(23),
        {.name = "t", .kind = FIELD_TEXT, .offset = offsetof(struct survey_form, t), .max = 200, .label = "The link"});

struct asked {
        struct evaluation_wave_row wave;
        struct programmes_cohort cohort;
        const struct pack_survey *survey;
        struct who who;                 /* signed in, or by the signed link of the mail */
        bool mentor;
};

/* The one who was asked: signed in, or holding the link that was mailed to them. Nobody else learns that the page exists. */
static struct err who_is_it(struct request *rq, struct text token, struct asked *out)
{
        struct token t;

        out->who = *rq->who;
        if (rq->who->person == out->wave.person)
                return OK;
        if (text_empty(token) || failed(token_read(rq->app->keys, token, TOKEN_ACTION, &t)) || t.kind != TOKEN_KIND_SURVEY ||
            t.a != out->wave.id || t.b != out->wave.person)
                return rq->who->person ? FAIL(ERR_ABSENT, "There is no such question for you", "Open the newest mail about it")
                                       : FAIL(ERR_FORBIDDEN, "Sign in first", "Or open the link in the mail again");
        TRY(people_who(rq->tx, out->wave.person, &out->who));
        rq->page.locale = (enum locale)out->who.locale;
        rq->page.zone = out->who.zone;
        return OK;
}

static struct err find_side(struct request *rq, struct asked *out)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(rq->tx, out->wave.person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == out->wave.cohort)
                        out->mentor = parts.row[i].mentor;
        return OK;
}

static struct err asked_of(struct request *rq, struct text token, struct asked *out)
{
        bool found;

        TRY(evaluation_wave_row(rq->tx, rq_id(rq, "wave"), &found, &out->wave));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such question for you", "Open the newest mail about it");
        TRY(who_is_it(rq, token, out));
        TRY(programmes_cohort(rq->tx, out->wave.cohort, &out->cohort));
        for (size_t i = 0; i < out->cohort.pack->n_surveys; i++)
                if (text_equal(out->cohort.pack->surveys[i].key, out->wave.survey))
                        out->survey = &out->cohort.pack->surveys[i];
        if (!out->survey)
                return FAIL(ERR_ABSENT, "This survey is no longer part of the programme", "Nothing is left to do");
        return find_side(rq, out);
}

static bool is_asked(const struct asked *a, const struct pack_question *q)
{
        return pack_side_has(q->who, a->mentor ? PACK_MENTOR : PACK_MENTEE);
}

static struct text answer_now(const struct evaluation_answer_rows_list *rows, struct text key, struct arena *a)
{
        for (size_t i = 0; i < rows->n; i++)
                if (text_equal(rows->row[i].question, key))
                        return rows->row[i].value.has ? text_format(a, "%lld", (long long)rows->row[i].value.v) : rows->row[i].words;
        return TEXT_ABSENT;
}

static struct html_options choices_of(struct request *rq, const struct pack_question *q)
{
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, q->n_choices)};

        for (; o.n < q->n_choices; o.n++)
                o.row[o.n] = (struct html_option) {.value = q->choices[o.n].key, .label = q->choices[o.n].label.in[rq->page.locale]};
        return o;
}

static struct html_options scale_of(struct request *rq, const struct pack_question *q)
{
        struct html_options o = {.n = 5, .row = arena_array(rq->arena, struct html_option, 5)};

        for (int i = 0; i < 5; i++) {
                struct text word = i == 0 ? q->low.in[rq->page.locale] : i == 4 ? q->high.in[rq->page.locale] : TEXT_ABSENT;
                o.row[i] = (struct html_option) {.value = text_format(rq->arena, "%d", i + 1),
                                                 .label = text_format(rq->arena, "%d", i + 1), .hint = word};
        }
        return o;
}

static struct err questions_of(struct request *rq, const struct asked *a, struct evaluation_question_lines *out)
{
        struct evaluation_answer_rows_list rows;

        TRY(evaluation_answer_rows(rq->tx, a->wave.id, &rows));
        *out = (struct evaluation_question_lines) {.row = arena_array(rq->arena, struct evaluation_question_line, a->survey->n_questions)};
        for (size_t i = 0; i < a->survey->n_questions && i < MOST_QUESTIONS; i++) {
                const struct pack_question *q = &a->survey->questions[i];
                if (!is_asked(a, q))
                        continue;
                out->row[out->n++] = (struct evaluation_question_line) {
                        .name = names[i], .words = q->text.in[rq->page.locale], .low = q->low.in[rq->page.locale],
                        .high = q->high.in[rq->page.locale], .now = answer_now(&rows, q->key, rq->arena),
                        .options = q->kind == PACK_SCALE ? scale_of(rq, q) : choices_of(rq, q), .scale = q->kind == PACK_SCALE,
                        .choice = q->kind == PACK_CHOICE, .written = q->kind == PACK_FREE_TEXT, .required = q->required,
                        .named = q->audience == PACK_AUDIENCE_COORDINATOR};
        }
        return OK;
}

static struct err show_survey(struct request *rq, struct reply *re)
{
        struct text token = rq_query(rq, "t");
        struct evaluation_survey_view v = {.token = token};
        struct asked a = {0};

        if (!token.p && rq->page.echo)
                token = v.token = form_typed(rq->page.echo, "t");
        TRY(asked_of(rq, token, &a));
        TRY(questions_of(rq, &a, &v.questions));
        v.wave = a.wave.id;
        v.minutes = a.survey->minutes;
        v.title = a.survey->title.in[rq->page.locale];
        v.intro = a.survey->intro.in[rq->page.locale];
        v.answered = a.wave.answered_at.has;
        v.over = v.answered && rq->page.now > a.wave.answered_at.v + CHANGE_DAYS * 86400;
        struct html_shell shell = {.kind = rq->who->person ? SHELL_PERSON : SHELL_BARE, .title = v.title, .offers_help = true};
        reply_page(rq, re, &shell, evaluation_survey, &v);
        return OK;
}

static struct err reply_of(const struct pack_question *q, struct text typed, struct evaluation_reply *out, bool *given)
{
        int64_t value;

        *given = typed.n > 0;
        *out = (struct evaluation_reply) {.question = q->key};
        if (!*given)
                return q->required ? FAIL_AT(ERR_INVALID, "A question is still open", q->key.p, "Answer each one that is not marked optional")
                                   : OK;
        if (q->kind == PACK_FREE_TEXT) {
                out->words = typed;
                return OK;
        }
        if (q->kind == PACK_SCALE) {
                if (!text_int(typed, &value) || value < 1 || value > 5)
                        return FAIL_AT(ERR_INVALID, "Choose a number from 1 to 5", q->key.p, "1 is least, 5 is most");
                out->value = (struct opt) {true, value};
                return OK;
        }
        for (size_t i = 0; i < q->n_choices; i++)
                if (text_equal(q->choices[i].key, typed))
                        out->words = typed;
        return out->words.p ? OK : FAIL_AT(ERR_INVALID, "Choose one of the answers shown", q->key.p, "Any of them");
}

static struct err post_survey(struct request *rq, struct reply *re)
{
        const struct survey_form *f = FORM(rq, struct survey_form);
        struct evaluation_reply *reply;
        struct asked a = {0};
        size_t n = 0;
        bool given;

        TRY(asked_of(rq, f->t, &a));
        reply = arena_array(rq->arena, struct evaluation_reply, a.survey->n_questions);
        for (size_t i = 0; i < a.survey->n_questions && i < MOST_QUESTIONS; i++) {
                if (!is_asked(&a, &a.survey->questions[i]))
                        continue;
                TRY(reply_of(&a.survey->questions[i], text_trim(f->q[i]), &reply[n], &given));
                n += given;
        }
        TRY(evaluation_answer(rq->tx, &a.who, a.wave.id, reply, n));
        reply_flash(re, "Thank you. Your answers are kept; you can change them for fourteen days.");
        if (rq->who->person)
                reply_see(re, "/home");
        else
                reply_see(re, "/pulse/%lld?t=%s", (long long)a.wave.id, text_c(rq->arena, f->t));
        return OK;
}

/* ---- figures ---- */

static struct err cohort_of_reader(struct request *rq, int64_t *cohort)
{
        struct people_scope_list scopes;
        struct programmes_cohort_list all;

        if (who_is_staff(rq->who))
                return programmes_current(rq->tx, rq->who, cohort);
        TRY(people_scopes_of(rq->tx, rq->who->person, "sponsor", &scopes));
        TRY(programmes_cohorts(rq->tx, &people_system, &all));
        for (size_t i = 0; i < all.n; i++)
                for (size_t k = 0; k < scopes.n; k++)
                        if (scopes.row[k] == 0 || scopes.row[k] == all.row[i].programme) {
                                *cohort = all.row[i].id;
                                return OK;
                        }
        return FAIL(ERR_ABSENT, "There is no cohort yet", "The coordinator makes the first one");
}

static struct err show_figures(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Figures")))};
        struct evaluation_figures_view v = {0};
        struct evaluation_figures figures;
        struct programmes_cohort c;
        int64_t cohort;

        TRY(cohort_of_reader(rq, &cohort));
        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(evaluation_figures(rq->tx, rq->who, cohort, &figures));
        v.cohort = c.name;
        v.figures = evaluation_lines(rq->arena, rq->page.locale, &figures);
        TRY(evaluation_targets(rq->tx, cohort, &figures, &v.figures));
        reply_page(rq, re, &shell, evaluation_figures_page, &v);
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/pulse/:wave", .who = WHO_ANYONE, .handler = show_survey},
        {.method = POST, .path = "/pulse/:wave", .who = WHO_ANYONE, .handler = post_survey, .form = &survey_form, .back = "/pulse/:wave"},
        {.method = GET, .path = "/survey/:wave", .who = WHO_ANYONE, .handler = show_survey},
        {.method = GET, .path = "/desk/figures", .who = WHO_STAFF | ROLE_SPONSOR, .handler = show_figures},
};

const struct route_table evaluation_routes = ROUTES(rows);
