/* Raising a concern, looking up where it stands, and the designated contacts' page. */
#include "care/care_view.h"

#include "care/care_concern.html.h"
#include "care/care_parts.h"
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

/* The person's own pairs that are not over, and "no". */
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
                .value = TEXT(""),
                .label = text_of(msg(rq->page.locale, M_("No, or I would rather not say")))};
        for (size_t i = 0; i < pairs.n; i++) {
                const struct journeys_pair *pair = &pairs.row[i];
                if (text_is(pair->state, "closed"))
                        continue;
                TRY(people_get(rq->tx,
                               pair->mentor == rq->who->person ? pair->mentee : pair->mentor, &p));
                out->row[out->n++] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)pair->id),
                        .label = msg_with(rq->arena, rq->page.locale, "{partner} and me", "partner",
                                          p.first_name, NULL)};
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
        reply_page(rq, re, &shell, care_concern_page, &v);
        return OK;
}

struct err care_concern_post(struct request *rq, struct reply *re)
{
        const struct care_concern_form *f = FORM(rq, struct care_concern_form);
        struct text code;

        TRY(care_raise_concern(
                rq->tx, rq->who,
                &(struct care_concern_new) {.level = f->level,
                                           .pair = f->pair,
                                           .body = f->body,
                                           .reach = f->reach.n ? f->reach : TEXT_ABSENT,
                                           .anonymous = f->anonymous},
                &code));
        reply_see(re, "/concern/%s?sent=1", text_c(rq->arena, code));
        return OK;
}

struct err care_code_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = concern_shell(rq);
        struct care_concern_by_code row;
        struct text code = rq_text(rq, "code");
        bool found;

        TRY(care_concern_by_code(rq->tx, code, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "No concern has this code",
                            "Look at the code again; it is written like K7QFM-2XDPA");
        struct care_code_view v = {.code = code,
                                   .word = row.word,
                                   .state = msg(rq->page.locale, care_state_words(row.state)),
                                   .opened_at = row.opened_at,
                                   .title = msg(rq->page.locale, care_level_title(row.level)),
                                   .fresh = rq_query(rq, "sent").n > 0};
        reply_page(rq, re, &shell, care_code_page, &v);
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
                        .fresh = fresh,
                        .title = msg(rq->page.locale, care_level_title(c->level)),
                        .state = msg(rq->page.locale, care_state_words(c->state))};
        }
        reply_page(rq, re, &shell, care_concerns_page, &v);
        return OK;
}

static struct html_options state_options(struct request *rq)
{
        return care_options(rq, care_concern_states, care_state_words);
}

/* Opening one is a POST, so that reading and the note that it was read are one thing. */
struct err care_case_post(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("A concern"));
        struct people_person p = {0};
        struct care_concern_row c;

        TRY(care_read_concern(rq->tx, rq->who, rq_id(rq, "concern"), &c));
        if (c.reporter)
                TRY(people_get(rq->tx, c.reporter, &p));
        struct care_case_view v = {
                .id = c.id,
                .opened_at = c.opened_at,
                .pair = c.pair,
                .title = msg(rq->page.locale, care_level_title(c.level)),
                .state_words = msg(rq->page.locale, care_state_words(c.state)),
                .reach = c.reach,
                .code = c.code,
                .state = c.state,
                .word = c.word,
                .body = html_prose(rq->arena, c.body),
                .states = state_options(rq),
                .reporter = p.first_name.p ? care_full_name(rq->arena, p.first_name, p.last_name)
                                           : TEXT_ABSENT};
        reply_page(rq, re, &shell, care_case_page, &v);
        return OK;
}

struct err care_case_state_post(struct request *rq, struct reply *re)
{
        const struct care_case_form *f = FORM(rq, struct care_case_form);

        TRY(care_say_concern(rq->tx, rq->who, rq_id(rq, "concern"), f->state, f->word));
        reply_flash(re, "Saved. Whoever has the code sees it.");
        reply_see(re, "/desk/concerns");
        return OK;
}
