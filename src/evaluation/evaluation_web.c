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

struct survey_form { struct text q[MOST_QUESTIONS]; struct text t, reason; };

#define QUESTION(i) {.name = "q" #i, .kind = FIELD_LINES, .offset = offsetof(struct survey_form, q) + (i) * sizeof(struct text), .max = 2000, \
                     .label = "This question"}
FORM_OF(survey_form, struct survey_form,
        QUESTION(0), QUESTION(1), QUESTION(2), QUESTION(3), QUESTION(4), QUESTION(5), QUESTION(6), QUESTION(7), QUESTION(8), QUESTION(9),
        QUESTION(10), QUESTION(11), QUESTION(12), QUESTION(13), QUESTION(14), QUESTION(15), QUESTION(16), QUESTION(17), QUESTION(18),
        QUESTION(19), QUESTION(20), QUESTION(21), QUESTION(22), QUESTION(23),
        {.name = "t", .kind = FIELD_TEXT, .offset = offsetof(struct survey_form, t), .max = 200, .label = "The link"},
        {.name = "reason", .kind = FIELD_TEXT, .offset = offsetof(struct survey_form, reason), .max = 300, .label = "Why you write it down for them"});

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
        v.action = text_format(rq->arena, "/pulse/%lld", (long long)a.wave.id);
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

static struct err replies_of(struct request *rq, const struct asked *a, const struct survey_form *f, struct evaluation_reply **reply, size_t *n)
{
        bool given;

        *n = 0;
        *reply = arena_array(rq->arena, struct evaluation_reply, a->survey->n_questions);
        for (size_t i = 0; i < a->survey->n_questions && i < MOST_QUESTIONS; i++) {
                if (!is_asked(a, &a->survey->questions[i]))
                        continue;
                TRY(reply_of(&a->survey->questions[i], text_trim(f->q[i]), &(*reply)[*n], &given));
                *n += given;
        }
        return OK;
}

static struct err post_survey(struct request *rq, struct reply *re)
{
        const struct survey_form *f = FORM(rq, struct survey_form);
        struct evaluation_reply *reply;
        struct asked a = {0};
        size_t n;

        TRY(asked_of(rq, f->t, &a));
        TRY(replies_of(rq, &a, f, &reply, &n));
        TRY(evaluation_answer(rq->tx, &a.who, a.wave.id, reply, n));
        reply_flash(re, "Thank you. Your answers are kept; you can change them for fourteen days.");
        if (rq->who->person)
                reply_see(re, "/home");
        else
                reply_see(re, "/pulse/%lld?t=%s", (long long)a.wave.id, text_c(rq->arena, f->t));
        return OK;
}

/* ---- told to staff on the telephone: only what is not answered yet, so nothing is read ---- */

static struct err told_of(struct request *rq, struct asked *out)
{
        bool found;

        TRY(evaluation_wave_row(rq->tx, rq_id(rq, "wave"), &found, &out->wave));
        if (!found || out->wave.person != rq_id(rq, "person") || out->wave.pair != rq_id(rq, "pair") || out->wave.answered_at.has)
                return FAIL(ERR_ABSENT, "There is nothing to write down", "Go back to the pair");
        TRY(programmes_staff(rq->tx, rq->who, out->wave.cohort));
        TRY(programmes_cohort(rq->tx, out->wave.cohort, &out->cohort));
        for (size_t i = 0; i < out->cohort.pack->n_surveys; i++)
                if (text_equal(out->cohort.pack->surveys[i].key, out->wave.survey))
                        out->survey = &out->cohort.pack->surveys[i];
        if (!out->survey)
                return FAIL(ERR_ABSENT, "This survey is no longer part of the programme", "Nothing is left to do");
        return find_side(rq, out);
}

static struct err show_told(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("In their name")))};
        struct evaluation_survey_view v = {0};
        struct people_person person;
        struct asked a = {0};

        TRY(told_of(rq, &a));
        TRY(people_get(rq->tx, a.wave.person, &person));
        TRY(questions_of(rq, &a, &v.questions));
        v.behalf = person.first_name;
        v.pair = a.wave.pair;
        v.wave = a.wave.id;
        v.minutes = a.survey->minutes;
        v.title = a.survey->title.in[rq->page.locale];
        v.intro = a.survey->intro.in[rq->page.locale];
        v.action = text_format(rq->arena, "/desk/pairs/%lld/for/%lld/wave/%lld", (long long)a.wave.pair, (long long)a.wave.person,
                               (long long)a.wave.id);
        reply_page(rq, re, &shell, evaluation_survey, &v);
        return OK;
}

static struct err post_told(struct request *rq, struct reply *re)
{
        const struct survey_form *f = FORM(rq, struct survey_form);
        struct evaluation_reply *reply;
        struct asked a = {0};
        size_t n;

        TRY(told_of(rq, &a));
        TRY(replies_of(rq, &a, f, &reply, &n));
        TRY(desk_answer(rq->tx, rq->who, a.wave.pair, a.wave.person, f->reason.p ? f->reason : TEXT(""), a.wave.id, reply, n));
        reply_flash(re, M_("Written down. They get a mail about it in ten minutes, with a button to object."));
        reply_see(re, "/desk/pairs/%lld", (long long)a.wave.pair);
        return OK;
}

/* ---- the table of pages ---- */

#define AT(form, member) .name = #member, .offset = offsetof(struct form, member)

static const char *const locales[] = {"en", "de", NULL};

FORM_OF(sponsor_form, struct evaluation_sponsor_form,
        {AT(evaluation_sponsor_form, name), .kind = FIELD_TEXT, .required = true, .max = 120, .label = "The sponsor's name"},
        {AT(evaluation_sponsor_form, address), .kind = FIELD_EMAIL, .required = true, .label = "Mail address"},
        {AT(evaluation_sponsor_form, locale), .kind = FIELD_CHOICE, .required = true, .choices = locales, .label = "Language"},
        {AT(evaluation_sponsor_form, on_day), .kind = FIELD_INT, .required = true, .min = 1, .max = 28, .label = "Day of the month"},
        {AT(evaluation_sponsor_form, active), .kind = FIELD_BOOL, .label = "Send it each month"},
        {AT(evaluation_sponsor_form, decision), .kind = FIELD_LINES, .max = 600, .label = "What you ask for"});

FORM_OF(cost_form, struct evaluation_cost_form,
        {AT(evaluation_cost_form, amount), .kind = FIELD_INT, .min = 0, .max = 1000000000, .label = "What it has cost"},
        {AT(evaluation_cost_form, currency), .kind = FIELD_TEXT, .required = true, .max = 8, .label = "Currency"});

#define READERS (WHO_STAFF | ROLE_SPONSOR)
static const struct route rows[] = {
        {.method = GET, .path = "/pulse/:wave", .who = WHO_ANYONE, .handler = show_survey},
        {.method = POST, .path = "/pulse/:wave", .who = WHO_ANYONE, .handler = post_survey, .form = &survey_form, .back = "/pulse/:wave"},
        {.method = GET, .path = "/survey/:wave", .who = WHO_ANYONE, .handler = show_survey},
        {.method = GET, .path = "/desk/pairs/:pair/for/:person/wave/:wave", .who = WHO_STAFF, .handler = show_told},
        {.method = POST, .path = "/desk/pairs/:pair/for/:person/wave/:wave", .who = WHO_STAFF, .handler = post_told, .form = &survey_form,
         .back = "/desk/pairs/:pair/for/:person/wave/:wave"},
        {.method = GET, .path = "/desk/figures", .who = READERS, .handler = evaluation_get_figures},
        {.method = GET, .path = "/desk/figures/report", .who = READERS, .handler = evaluation_get_report},
        {.method = GET, .path = "/desk/figures/report/file", .who = READERS, .handler = evaluation_get_report_file, .flags = ROUTE_SLOW},
        {.method = GET, .path = "/desk/figures/csv", .who = READERS, .handler = evaluation_get_csv, .flags = ROUTE_SLOW},
        {.method = GET, .path = "/desk/figures/xlsx", .who = READERS, .handler = evaluation_get_xlsx, .flags = ROUTE_SLOW},
        {.method = POST, .path = "/desk/figures/cost", .who = WHO_STAFF, .handler = evaluation_post_cost, .form = &cost_form,
         .back = "/desk/figures"},
        {.method = GET, .path = "/desk/sponsor", .who = WHO_STAFF, .handler = evaluation_get_sponsor},
        {.method = POST, .path = "/desk/sponsor", .who = WHO_STAFF, .handler = evaluation_post_sponsor, .form = &sponsor_form,
         .back = "/desk/sponsor"},
};

const struct route_table evaluation_routes = ROUTES(rows);
