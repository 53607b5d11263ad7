/* Raising a concern, looking up where it stands, and the designated contacts' page. */
#include "care/care_view.h"

#include "care/care_concern.h"
#include "care/care_concern.html.h"
#include "care/care_parts.h"
#include "os/zone.h"
#include "people/people.h"

/* ---- for anybody ---- */

static struct html_options level_options(struct request *rq)
{
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, CARE_LEVELS)};

        for (; o.n < CARE_LEVELS; o.n++)
                o.row[o.n] = (struct html_option) {
                        .value = text_format(rq->arena, "%zu", o.n),
                        .label = text_of(msg(rq->page.locale, care_level_title((int64_t)o.n))),
                        .hint = text_of(msg(rq->page.locale, care_level_meaning((int64_t)o.n)))};
        return o;
}

static const char not_a_pair[] = "none";

/* "No", and the person's own pairs that are not over; each says what choosing it does. */
static struct err pair_options(struct request *rq, struct html_options *out)
{
        struct journeys_pair_list pairs;
        struct people_person p;

        *out = (struct html_options) {0};
        if (!rq->who->person)
                return OK;
        TRY(journeys_pairs_of(rq->tx, rq->who->person, &pairs));
        out->row = arena_array(rq->arena, struct html_option, pairs.n + 1);
        out->row[out->n++] = (struct html_option) {
                .value = text_of(not_a_pair),
                .label = text_of(msg(rq->page.locale, M_("No, or I would rather not say"))),
                .hint = text_of(msg(rq->page.locale, M_("Nothing changes between you and anybody.")))};
        for (size_t i = 0; i < pairs.n; i++) {
                const struct journeys_pair *pair = &pairs.row[i];
                if (text_is(pair->state, "closed"))
                        continue;
                TRY(people_get(rq->tx,
                               pair->mentor == rq->who->person ? pair->mentee : pair->mentor, &p));
                out->row[out->n++] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)pair->id),
                        .label = msg_with(rq->arena, rq->page.locale, "{partner} and me", "partner",
                                          p.first_name, NULL),
                        .hint = msg_with(rq->arena, rq->page.locale,
                        "Your pair rests at once: no messages, no reminders, nothing booked. {partner} reads only that it rests. A designated contact decides when it goes on.",
                                         "partner", p.first_name, NULL)};
        }
        return OK;
}

/* Whoever has a pair says whether it is about it: the answer does something. 0: about none. */
static struct err chosen_pair(struct request *rq, struct text said, int64_t *pair)
{
        struct html_options own;

        *pair = 0;
        TRY(pair_options(rq, &own));
        if (own.n <= 1 || text_is(said, not_a_pair))
                return OK;
        if (text_empty(said) || !text_int(said, pair))
                return FAIL_AT(ERR_INVALID, "Is it about one of your pairs, or the other one in it?", "pair",
                               "Choose one: a pair that it is about rests at once");
        return OK;
}

/* The contacts of the person's own programme, so that one of them can be left out. Nobody else is told their names. */
static struct err contact_options(struct request *rq, struct html_options *out)
{
        struct programmes_participant_list parts;
        struct programmes_cohort c;
        struct people_list contacts;

        *out = (struct html_options) {0};
        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        if (!rq->who->person || !parts.n)
                return OK;
        TRY(programmes_cohort(rq->tx, parts.row[0].cohort, &c));
        TRY(people_with_role(rq->tx, "contact", c.programme, &contacts));
        out->row = arena_array(rq->arena, struct html_option, contacts.n + 1);
        out->row[out->n++] = (struct html_option) {.value = TEXT(""), .label = text_of(msg(rq->page.locale, M_("All of them may read it")))};
        for (size_t i = 0; i < contacts.n; i++)
                out->row[out->n++] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)contacts.row[i].id),
                        .label = msg_with(rq->arena, rq->page.locale, "Not {name}", "name",
                                          care_full_name(rq->arena, contacts.row[i].first_name, contacts.row[i].last_name), NULL)};
        return OK;
}

static struct err own_concerns(struct request *rq, struct care_concern_view *v)
{
        struct care_concerns_by_list list;

        TRY(care_concerns_by(rq->tx, rq->who->person, &list));
        if (!rq->who->person)
                return OK;
        v->own.row = arena_array(rq->arena, struct care_own_line, list.n);
        for (; v->own.n < list.n; v->own.n++) {
                const struct care_concerns_by *c = &list.row[v->own.n];
                v->own.row[v->own.n] = (struct care_own_line) {
                        c->code, c->opened_at, msg(rq->page.locale, care_level_title(c->level)),
                        msg(rq->page.locale, care_state_words(c->state))};
        }
        return OK;
}

static struct html_shell concern_shell(struct request *rq)
{
        return (struct html_shell) {
                .kind = SHELL_BARE,
                .title = text_of(msg(rq->page.locale, M_("Something feels wrong")))};
}

struct err care_concern_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = concern_shell(rq);
        struct care_concern_view v = {.signed_in = rq->who->person != 0,
                                      .levels = level_options(rq)};
        struct text code = text_trim(rq_query(rq, "code"));

        if (code.n) {
                reply_see(re, "/concern/%s", text_c(rq->arena, code));
                return OK;
        }
        TRY(pair_options(rq, &v.pairs));
        TRY(contact_options(rq, &v.contacts));
        TRY(own_concerns(rq, &v));
        reply_page(rq, re, &shell, care_concern_page, &v);
        return OK;
}

struct err care_concern_post(struct request *rq, struct reply *re)
{
        const struct care_concern_form *f = FORM(rq, struct care_concern_form);
        struct text code;
        int64_t pair;

        TRY(chosen_pair(rq, f->pair, &pair));
        TRY(care_raise_concern(
                rq->tx, rq->who,
                &(struct care_concern_new) {.level = f->level,
                                           .pair = pair,
                                           .not_for = f->not_for,
                                           .body = f->body,
                                           .reach = f->reach.n ? f->reach : TEXT_ABSENT,
                                           .anonymous = f->anonymous},
                &code));
        reply_see(re, "/concern/%s?sent=1", text_c(rq->arena, code));
        return OK;
}

static void tell_steps(struct request *rq, const struct care_told *told, struct care_code_view *v)
{
        v->steps.row = arena_array(rq->arena, struct care_step_view, told->steps.n);
        for (; v->steps.n < told->steps.n; v->steps.n++) {
                const struct care_step *s = &told->steps.row[v->steps.n];
                v->steps.row[v->steps.n] = (struct care_step_view) {
                        .at = s->at, .by_reporter = s->by_reporter, .words = html_prose(rq->arena, s->words)};
        }
}

struct err care_code_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = concern_shell(rq);
        struct text code = rq_text(rq, "code");
        struct care_told told;

        TRY(care_look_up(rq->tx, code, &told));
        struct care_code_view v = {.code = code,
                                   .word = told.row.word,
                                   .state = msg(rq->page.locale, care_state_words(told.row.state)),
                                   .opened_at = told.row.opened_at,
                                   .title = msg(rq->page.locale, care_level_title(told.row.level)),
                                   .fresh = rq_query(rq, "sent").n > 0};
        tell_steps(rq, &told, &v);
        reply_page(rq, re, &shell, care_code_page, &v);
        return OK;
}

struct err care_code_post(struct request *rq, struct reply *re)
{
        struct text code = rq_text(rq, "code");

        TRY(care_reply_concern(rq->tx, code, FORM(rq, struct care_words_form)->words));
        reply_flash(re, M_("Sent. Only the designated contacts read it."));
        reply_see(re, "/concern/%s", text_c(rq->arena, code));
        return OK;
}

/* ---- for designated contacts ---- */

struct err care_concerns_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("Concerns"));
        struct care_concerns_view v = {0};
        struct care_concerns_list rows;

        TRY(care_concerns(rq->tx, rq->who->person, &rows));
        v.list.row = arena_array(rq->arena, struct care_concern_line, rows.n);
        for (; v.list.n < rows.n; v.list.n++) {
                const struct care_concerns *c = &rows.row[v.list.n];
                bool fresh = text_is(c->state, "new");
                v.n_new += fresh;
                v.list.row[v.list.n] = (struct care_concern_line) {
                        .id = c->id,
                        .level = c->level,
                        .opened_at = c->opened_at,
                        .taken = c->taken_name,
                        .tasks = c->tasks,
                        .late = fresh && c->due_at.has && c->due_at.v < rq->page.now,
                        .fresh = fresh,
                        .title = msg(rq->page.locale, care_level_title(c->level)),
                        .state = msg(rq->page.locale, care_state_words(c->state))};
        }
        reply_page(rq, re, &shell, care_concerns_page, &v);
        return OK;
}

struct reading { const struct who *who; int64_t concern; };

static struct err write_reading(struct tx *tx, void *in)
{
        const struct reading *r = in;

        return care_note_reading(tx, r->who, r->concern);
}

static const char *step_title(struct text kind)
{
        static const struct { const char *kind, *words; } all[] = {
                {"note", M_("Note")}, {"task", M_("To do")}, {"answer", M_("Answer to whoever sent it")},
                {"reply", M_("Added by whoever sent it")}, {"pair", M_("The pair")}, {"state", M_("Where it stands")}};

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(kind, all[i].kind))
                        return all[i].words;
        return "";
}

static struct text step_words(struct request *rq, const struct care_step *s)
{
        if (text_is(s->kind, "state"))
                return text_of(msg(rq->page.locale, care_state_words(s->words)));
        if (text_is(s->kind, "pair"))
                return text_of(msg(rq->page.locale, text_is(s->words, "ended") ? M_("It has ended.") : M_("It goes on.")));
        return s->words;
}

static void case_steps(struct request *rq, const struct care_case *c, struct care_case_view *v)
{
        v->steps.row = arena_array(rq->arena, struct care_step_view, c->steps.n);
        for (; v->steps.n < c->steps.n; v->steps.n++) {
                const struct care_step *s = &c->steps.row[v->steps.n];
                v->steps.row[v->steps.n] = (struct care_step_view) {
                        .id = s->id, .at = s->at, .by_reporter = s->by_reporter, .by = s->by_name,
                        .title = msg(rq->page.locale, step_title(s->kind)), .words = html_prose(rq->arena, step_words(rq, s)),
                        .due_at = s->due_at, .done_at = s->done_at, .open = text_is(s->kind, "task") && !s->done_at.has,
                        .late = text_is(s->kind, "task") && !s->done_at.has && s->due_at.has && s->due_at.v < rq->page.now};
        }
}

static struct err case_pair(struct request *rq, const struct care_concern_row *row, struct care_case_view *v)
{
        struct journeys_pair p;
        struct people_person mentor, mentee;

        if (!row->pair)
                return OK;
        TRY(journeys_pair(rq->tx, row->pair, &p));
        TRY(people_get(rq->tx, p.mentor, &mentor));
        TRY(people_get(rq->tx, p.mentee, &mentee));
        v->pair = care_names(rq->arena, rq->page.locale, mentor.first_name, mentee.first_name, TEXT_ABSENT);
        v->holds = row->holds;
        return OK;
}

/* The page is sent only once it is written down who has read it. */
struct err care_case_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("A concern"));
        struct reading *reading = arena_new_of(rq->arena, struct reading);
        struct people_person p = {0};
        struct care_case c;

        TRY(care_read_concern(rq->tx, rq->who, rq_id(rq, "concern"), &c));
        if (c.row.reporter)
                TRY(people_get(rq->tx, c.row.reporter, &p));
        struct care_case_view v = {
                .id = c.row.id, .opened_at = c.row.opened_at, .due_at = c.row.due_at, .code = c.row.code, .state = c.row.state,
                .untaken = text_is(c.row.state, "new"),
                .word = c.row.word, .reach = c.reach, .title = msg(rq->page.locale, care_level_title(c.row.level)),
                .state_words = msg(rq->page.locale, care_state_words(c.row.state)), .body = html_prose(rq->arena, c.body),
                .states = care_options(rq, care_concern_states, care_state_words), .kinds = care_options(rq, care_step_kinds, care_step_kind_words),
                .late = text_is(c.row.state, "new") && c.row.due_at.has && c.row.due_at.v < rq->page.now,
                .reporter = p.first_name.p ? care_full_name(rq->arena, p.first_name, p.last_name) : TEXT_ABSENT};
        TRY(case_pair(rq, &c.row, &v));
        case_steps(rq, &c, &v);
        v.readings = c.readings;
        *reading = (struct reading) {rq->who, c.row.id};
        reply_then(re, write_reading, reading);
        reply_page(rq, re, &shell, care_case_page, &v);
        return OK;
}

/* What happens when it ends, before it does. */
struct err care_case_end_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("End the pair"));
        struct reading *reading = arena_new_of(rq->arena, struct reading);
        struct care_case c;

        TRY(care_read_concern(rq->tx, rq->who, rq_id(rq, "concern"), &c));
        if (!c.row.holds)
                return FAIL(ERR_CONFLICT, "No pair rests because of this", "Look at the case again");
        struct care_case_view v = {.id = c.row.id};
        TRY(case_pair(rq, &c.row, &v));
        *reading = (struct reading) {rq->who, c.row.id};
        reply_then(re, write_reading, reading);
        reply_page(rq, re, &shell, care_case_end, &v);
        return OK;
}

static struct err back_to_case(struct request *rq, struct reply *re, const char *said)
{
        reply_flash(re, said);
        reply_see(re, "/desk/concerns/%lld", (long long)rq_id(rq, "concern"));
        return OK;
}

struct err care_case_state_post(struct request *rq, struct reply *re)
{
        const struct care_case_form *f = FORM(rq, struct care_case_form);

        TRY(care_say_concern(rq->tx, rq->who, rq_id(rq, "concern"), f->state, f->word));
        return back_to_case(rq, re, M_("Saved. Whoever has the code sees it."));
}

struct err care_case_step_post(struct request *rq, struct reply *re)
{
        const struct care_step_form *f = FORM(rq, struct care_step_form);
        struct opt due = {f->due > 0, f->due > 0 ? zone_at(rq->page.zone, f->due, 9, 0) : 0};

        TRY(care_add_step(rq->tx, rq->who, rq_id(rq, "concern"), f->kind, f->words, due));
        return back_to_case(rq, re, M_("Kept."));
}

struct err care_case_done_post(struct request *rq, struct reply *re)
{
        TRY(care_finish_step(rq->tx, rq->who, rq_id(rq, "concern"), rq_id(rq, "step")));
        return back_to_case(rq, re, M_("Done."));
}

struct err care_case_pair_post(struct request *rq, struct reply *re)
{
        bool goes_on = text_is(FORM(rq, struct care_pair_form)->choice, "on");

        TRY(care_decide_pair(rq->tx, rq->who, rq_id(rq, "concern"), goes_on));
        return back_to_case(rq, re, goes_on ? M_("The pair goes on. Both hear it by mail.") : M_("The pair has ended. Both hear it by mail."));
}
