#include "learning/learning_web.h"

#include "learning/learning.html.h"
#include "learning/learning.sql.h"
#include "people/people.h"

#include <string.h>

/* ---- whose training: the reader's newest part in a cohort; some are there as both ---- */

struct reader { struct programmes_cohort cohort; struct programmes_participant part; bool mentor, mentee; };

static struct err reader_of(struct request *rq, struct reader *out)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        if (parts.n == 0)
                return FAIL(ERR_ABSENT, "You are not in a cohort yet", "Your coordinator can tell you when the next one starts");
        *out = (struct reader) {.part = parts.row[0]};
        for (size_t i = 0; i < parts.n; i++) {
                out->mentor |= parts.row[i].cohort == out->part.cohort && parts.row[i].mentor;
                out->mentee |= parts.row[i].cohort == out->part.cohort && !parts.row[i].mentor;
        }
        return programmes_cohort(rq->tx, out->part.cohort, &out->cohort);
}

static bool is_for(const struct reader *r, enum pack_side who)
{
        return (r->mentor && pack_side_has(who, PACK_MENTOR)) || (r->mentee && pack_side_has(who, PACK_MENTEE));
}

static struct html_shell person_shell(struct text title)
{
        return (struct html_shell) {.kind = SHELL_PERSON, .title = title};
}

static struct learning_line line_of(struct request *rq, const struct pack_module *m, const struct learning_rows_of_list *rows)
{
        struct learning_line line = {.key = m->key, .title = m->title.in[rq->page.locale], .minutes = m->minutes};

        for (size_t i = 0; i < rows->n; i++) {
                if (!text_equal(rows->row[i].module, m->key))
                        continue;
                line.opened = true;
                line.done = rows->row[i].done_at.has;
        }
        return line;
}

static struct err lines_of(struct request *rq, const struct reader *r, bool required, struct learning_lines *out)
{
        const struct pack *pack = r->cohort.pack;
        struct learning_rows_of_list rows;

        TRY(learning_rows_of(rq->tx, r->cohort.id, r->part.person, &rows));
        *out = (struct learning_lines) {.row = arena_array(rq->arena, struct learning_line, pack->n_modules)};
        for (size_t i = 0; i < pack->n_modules; i++)
                if (pack->modules[i].required == required && is_for(r, pack->modules[i].who))
                        out->row[out->n++] = line_of(rq, &pack->modules[i], &rows);
        return OK;
}

static struct err show_list(struct request *rq, struct reply *re)
{
        struct html_shell shell = person_shell(text_of(msg(rq->page.locale, M_("Training"))));
        struct learning_list_view v = {0};
        struct reader r;

        TRY(reader_of(rq, &r));
        TRY(learning_status_whole(rq->tx, &r.cohort, r.part.person, &v.status));
        TRY(lines_of(rq, &r, true, &v.core));
        TRY(lines_of(rq, &r, false, &v.boosters));
        reply_page(rq, re, &shell, learning_list, &v);
        return OK;
}

/* ---- one module ---- */

static struct html_options answers_of(struct arena *a, const struct pack_lesson *lesson)
{
        struct html_options o = {.n = PACK_ANSWERS, .row = arena_array(a, struct html_option, PACK_ANSWERS)};

        for (size_t i = 0; i < PACK_ANSWERS; i++)
                o.row[i] = (struct html_option) {.value = text_format(a, "%zu", i + 1), .label = lesson->answers[i]};
        return o;
}

static struct html_options useful_options(struct arena *a, enum locale l)
{
        static const char *const words[] = {M_("Not at all"), M_("A little"), M_("Somewhat"), M_("Useful"), M_("Very useful")};
        struct html_options o = {.n = 5, .row = arena_array(a, struct html_option, 5)};

        for (size_t i = 0; i < 5; i++)
                o.row[i] = (struct html_option) {.value = text_format(a, "%zu", i + 1), .label = text_of(msg(l, words[i]))};
        return o;
}

static void fill_lesson(struct arena *a, const struct pack_lesson *lesson, struct learning_module_view *v)
{
        v->title = lesson->title;
        v->point = html_markdown(a, lesson->point, 2);
        v->wrong = html_markdown(a, lesson->wrong, 3);
        v->well = html_markdown(a, lesson->well, 3);
        v->question = html_markdown(a, lesson->question, 3);
        v->why = html_markdown(a, lesson->why, 3);
        v->own = html_markdown(a, lesson->own, 3);
        v->commitment_start = lesson->commitment;
        v->best_answer = lesson->answers[lesson->best];
        v->answers = answers_of(a, lesson);
        v->rules = (struct learning_rules) {.n = lesson->n_rules, .row = arena_array(a, struct learning_rule, lesson->n_rules)};
        for (size_t i = 0; i < lesson->n_rules; i++)
                v->rules.row[i].words = html_markdown(a, lesson->rules[i], 3);
}

static void fill_place(struct learning_module_view *v)
{
        v->n_all = (int64_t)v->others.n;
        for (size_t i = 0; i < v->others.n; i++) {
                v->n_done += v->others.row[i].done;
                if (!text_equal(v->others.row[i].key, v->key))
                        continue;
                v->others.row[i].here = true;
                v->number = (int64_t)i + 1;
                v->of = v->n_all;
        }
}

static struct err show_module(struct request *rq, struct reply *re)
{
        struct learning_module_view v = {.key = rq_text(rq, "module")};
        struct learning_row row;
        struct reader r;
        bool found;

        TRY(reader_of(rq, &r));
        const struct pack_module *m = pack_module(r.cohort.pack, v.key);
        const struct pack_lesson *lesson = pack_module_text(r.cohort.pack, v.key, rq->page.locale);
        if (!m || !lesson || !is_for(&r, m->who))
                return FAIL(ERR_ABSENT, "There is no such module for you", "Choose one from your training");
        TRY(learning_row(rq->tx, r.cohort.id, r.part.person, v.key, &found, &row));
        fill_lesson(rq->arena, lesson, &v);
        v.minutes = m->minutes;
        v.useful = useful_options(rq->arena, rq->page.locale);
        if (found) {
                v.answered = row.answer.has;
                v.right = row.answer.has && row.answer.v == lesson->best + 1;
                v.chosen = row.answer.has ? text_format(rq->arena, "%lld", (long long)row.answer.v) : TEXT_ABSENT;
                v.situation = row.situation;
                v.commitment = row.commitment;
                v.useful_now = row.useful.has ? text_format(rq->arena, "%lld", (long long)row.useful.v) : TEXT_ABSENT;
                v.done = row.done_at.has;
        }
        TRY(lines_of(rq, &r, m->required, &v.others));
        fill_place(&v);
        struct html_shell shell = person_shell(v.title);
        reply_page(rq, re, &shell, learning_module, &v);
        return OK;
}

struct answer_form { int64_t answer; };
FORM_OF(answer_form, struct answer_form,
        {.name = "answer", .kind = FIELD_INT, .offset = offsetof(struct answer_form, answer), .required = true, .min = 1,
         .max = PACK_ANSWERS, .label = "Your answer"});

static struct err post_answer(struct request *rq, struct reply *re)
{
        struct text module = rq_text(rq, "module");
        struct reader r;

        TRY(reader_of(rq, &r));
        TRY(learning_answer(rq->tx, rq->who, r.cohort.id, module, FORM(rq, struct answer_form)->answer));
        reply_see(re, "/learn/%s#scenario", text_c(rq->arena, module));
        return OK;
}

struct done_form { struct text situation, commitment; int64_t useful; };
FORM_OF(done_form, struct done_form,
        {.name = "situation", .kind = FIELD_LINES, .offset = offsetof(struct done_form, situation), .max = 2000, .label = "Your own situation"},
        {.name = "commitment", .kind = FIELD_TEXT, .offset = offsetof(struct done_form, commitment), .max = 300, .label = "One commitment"},
        {.name = "useful", .kind = FIELD_INT, .offset = offsetof(struct done_form, useful), .min = 1, .max = 5, .label = "How useful was this?"});

static struct err post_done(struct request *rq, struct reply *re)
{
        const struct done_form *f = FORM(rq, struct done_form);
        struct learning_status status;
        struct reader r;

        TRY(reader_of(rq, &r));
        TRY(learning_complete(rq->tx, rq->who, r.cohort.id, rq_text(rq, "module"), &(struct learning_done) {
                .useful = {f->useful != 0, f->useful}, .situation = f->situation, .commitment = f->commitment}));
        TRY(learning_status_whole(rq->tx, &r.cohort, r.part.person, &status));
        reply_flash(re, status.complete ? "The core training is done. Thank you for taking it seriously." : "This module is done.");
        if (status.complete)
                reply_see(re, "/home");
        else
                reply_see(re, "/learn/%s", text_c(rq->arena, status.next_module));
        return OK;
}

/* ---- the library ---- */

static bool for_reader(const struct reader *r, const struct pack_item *item) { return is_for(r, item->who); }

static struct err show_library(struct request *rq, struct reply *re)
{
        struct html_shell shell = person_shell(text_of(msg(rq->page.locale, M_("Library"))));
        struct learning_library_view v = {0};
        struct reader r;

        TRY(reader_of(rq, &r));
        const struct pack *pack = r.cohort.pack;
        v.mentor = r.mentor;
        v.mentee = r.mentee;
        v.mine.row = arena_array(rq->arena, struct learning_item, pack->n_items);
        v.shared.row = arena_array(rq->arena, struct learning_item, pack->n_items);
        for (size_t i = 0; i < pack->n_items; i++) {
                const struct pack_item *item = &pack->items[i];
                struct learning_items *to = item->who == PACK_BOTH ? &v.shared : &v.mine;
                if (for_reader(&r, item))
                        to->row[to->n++] = (struct learning_item) {item->key, item->title.in[rq->page.locale]};
        }
        reply_page(rq, re, &shell, learning_library, &v);
        return OK;
}

static struct err show_item(struct request *rq, struct reply *re)
{
        struct text key = rq_text(rq, "item");
        struct reader r;

        TRY(reader_of(rq, &r));
        const struct pack_item *item = pack_item(r.cohort.pack, key);
        const struct pack_text *text = pack_library_text(r.cohort.pack, key, rq->page.locale);
        if (!item || !text || !for_reader(&r, item))
                return FAIL(ERR_ABSENT, "There is no such page in your library", "Choose one from the list");
        struct learning_text_view v = {.title = text->title, .body = html_markdown(rq->arena, text->body, 2)};
        struct html_shell shell = person_shell(text->title);
        reply_page(rq, re, &shell, learning_item, &v);
        return OK;
}

/* ---- the desk ---- */

/* An applicant has nothing to learn yet, and who has left no more. */
static bool has_place(const struct programmes_participant *p)
{
        return text_is(p->state, "accepted") || text_is(p->state, "ready") || text_is(p->state, "matched") ||
               text_is(p->state, "finished");
}

static struct err show_desk(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Training")))};
        struct learning_standing_list all;
        struct learning_desk_view v = {0};
        struct programmes_cohort c;
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(learning_status_all(rq->tx, &c, &all));
        v.behind.row = arena_array(rq->arena, struct learning_person_line, all.n);
        v.under_way.row = arena_array(rq->arena, struct learning_person_line, all.n);
        v.complete.row = arena_array(rq->arena, struct learning_person_line, all.n);
        for (size_t i = 0; i < all.n; i++) {
                const struct learning_standing *s = &all.row[i];
                if (!has_place(&s->who))
                        continue;
                v.n++;
                struct learning_person_lines *to = s->status.complete ? &v.complete : s->status.started ? &v.under_way : &v.behind;
                to->row[to->n++] = (struct learning_person_line) {
                        s->who.person, s->who.first_name, s->who.last_name, s->who.mentor, s->status.complete, s->status.started,
                        s->status.done, s->status.required, s->status.minutes_left};
        }
        reply_page(rq, re, &shell, learning_desk, &v);
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/learn", .who = ROLE_PARTICIPANT, .handler = show_list},
        {.method = GET, .path = "/learn/:module", .who = ROLE_PARTICIPANT, .handler = show_module},
        {.method = POST, .path = "/learn/:module/answer", .who = ROLE_PARTICIPANT, .handler = post_answer, .form = &answer_form,
         .back = "/learn/:module"},
        {.method = POST, .path = "/learn/:module", .who = ROLE_PARTICIPANT, .handler = post_done, .form = &done_form,
         .back = "/learn/:module"},
        {.method = GET, .path = "/library", .who = ROLE_PARTICIPANT, .handler = show_library},
        {.method = GET, .path = "/library/:item", .who = ROLE_PARTICIPANT, .handler = show_item},
        {.method = GET, .path = "/desk/training", .who = WHO_STAFF, .handler = show_desk},
};

const struct route_table learning_routes = ROUTES(rows);
