/* One flag: its rule, what it saw and since when, what stood before, and what to do. */
#include "care/care_view.h"

#include "care/care_calls.html.h"
#include "care/care_parts.h"
#include "people/people.h"

static struct err read_flag(struct request *rq, struct care_flag_row *out)
{
        bool found;

        TRY(care_flag_row(rq->tx, rq_id(rq, "flag"), &found, out));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such flag", "Go back to today's list");
        return programmes_staff(rq->tx, rq->who, out->cohort);
}

/* Who can be rung about it: the person, or both of the pair. */
static struct err fill_people(struct request *rq, const struct care_flag_row *f,
                              struct care_flag_view *v)
{
        struct people_person p;
        struct journeys_pair pair;
        int64_t who[2] = {f->person, 0};

        if (f->pair) {
                TRY(journeys_pair(rq->tx, f->pair, &pair));
                who[0] = pair.mentee;
                who[1] = pair.mentor;
        }
        for (size_t i = 0; i < 2 && who[i]; i++) {
                TRY(people_get(rq->tx, who[i], &p));
                v->people[v->n_people++] = (struct care_person_link) {p.id, p.first_name};
        }
        return OK;
}

static struct err fill_past(struct request *rq, const struct care_reader *r,
                            const struct care_flag_row *f, struct care_flag_view *v)
{
        struct care_flag_history_list rows;

        TRY(care_flag_history(rq->tx, f->cohort, f->pair, f->person, &rows));
        v->past.row = arena_array(rq->arena, struct care_past, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct care_flag_history *h = &rows.row[i];
                struct care_figures figures;
                enum care_rule rule;
                if (h->id == f->id || !care_rule_of(h->rule, &rule))
                        continue;
                care_figures_read(h->data, &figures);
                v->past.row[v->past.n++] = (struct care_past) {
                        .chip = text_of(msg(r->l, care_rule_name(rule))),
                        .opened_day = zone_day(r->zone, h->opened_at),
                        .closed_day = {h->closed_at.has, zone_day(r->zone, h->closed_at.v)},
                        .red = h->level == CARE_RED,
                        .why = text_is(h->closed_why, "over") ? TEXT_ABSENT : h->closed_why};
        }
        return OK;
}

static struct html_options rest_options(struct request *rq)
{
        static const struct { const char *days, *words; } rest[] = {
                {"7", M_("in a week")}, {"14", M_("in two weeks")}, {"28", M_("in four weeks")}};
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, 3)};

        for (; o.n < 3; o.n++)
                o.row[o.n] = (struct html_option) {
                        .value = text_of(rest[o.n].days),
                        .label = text_of(msg(rq->page.locale, rest[o.n].words))};
        return o;
}

static void fill_words(const struct care_reader *r, const struct care_flag_row *f,
                       struct care_flag_view *v)
{
        struct care_figures figures;
        enum care_rule rule;

        care_figures_read(f->data, &figures);
        v->names = care_names(r->a, r->l, f->mentor_name, f->mentee_name, f->person_name);
        if (!care_rule_of(f->rule, &rule))
                return;
        v->chip = care_flag_chip(r, rule, &figures);
        v->sentence = care_flag_sentence(r, rule, (int)f->level, &figures);
        v->rule = msg(r->l, care_rule_words(rule));
}

struct err care_flag_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("A flag"));
        struct care_reader r = care_reader_of(rq->tx, rq->page.locale, rq->page.zone);
        struct programmes_cohort c;
        struct care_flag_row f;

        TRY(read_flag(rq, &f));
        TRY(programmes_cohort(rq->tx, f.cohort, &c));
        struct care_flag_view v = {.id = f.id,
                                   .pair = f.pair,
                                   .since = f.since,
                                   .opened_at = f.opened_at,
                                   .rule = "",
                                   .red = f.level == CARE_RED,
                                   .open = !f.closed_at.has,
                                   .rest = rest_options(rq)};
        v.closed_why = text_is(f.closed_why, "over") ? text_of(msg(r.l, M_("The reason is gone.")))
                                                     : f.closed_why;
        fill_words(&r, &f, &v);
        TRY(fill_people(rq, &f, &v));
        TRY(fill_past(rq, &r, &f, &v));
        TRY(care_pair_facts_of(rq, f.pair, &v.facts));
        TRY(care_talks_of(rq, &c, f.pair, f.person, &v.talks));
        reply_page(rq, re, &shell, care_flag_page, &v);
        return OK;
}

struct err care_flag_close_post(struct request *rq, struct reply *re)
{
        const struct care_close_form *f = FORM(rq, struct care_close_form);

        TRY(care_close_flag(rq->tx, rq->who, rq_id(rq, "flag"), f->why,
                            (struct opt) {true, rq->page.now + f->rest * CARE_DAY}, 0));
        reply_flash(re, "The flag is closed. If the reason still holds then, it comes back.");
        reply_see(re, "/desk");
        return OK;
}

/* A call of the rescue kind, due now: it opens with its guide and form. */
struct err care_flag_ring_post(struct request *rq, struct reply *re)
{
        struct care_reader r = care_reader_of(rq->tx, rq->page.locale, rq->page.zone);
        int64_t person = FORM(rq, struct care_ring_form)->person;
        struct care_flag_view v = {0};
        struct care_open_call_of call;
        struct care_flag_row f;
        bool found, theirs = false;

        TRY(read_flag(rq, &f));
        TRY(fill_people(rq, &f, &v));
        for (size_t i = 0; i < v.n_people; i++)
                theirs |= v.people[i].person == person;
        if (!theirs)
                return FAIL(ERR_ABSENT, "This flag is not about them", "Go back to the flag");
        fill_words(&r, &f, &v);
        struct desk_act act = {.kind = &care_act_ring, .cohort = f.cohort, .pair = f.pair, .person = person};
        TRY(care_open_call_of(rq->tx, f.cohort, f.pair, person, TEXT("CX"), &found, &call));
        bool waits = found;
        if (!waits)
                TRY(desk_begin(rq->tx, rq->who, &act));
        TRY(care_ask_call(rq->tx, f.cohort, f.pair, person, "CX", v.sentence));
        TRY(care_open_call_of(rq->tx, f.cohort, f.pair, person, TEXT("CX"), &found, &call));
        if (!waits) {
                act.subject = found ? call.id : 0;
                TRY(desk_end(rq->tx, &act));
        }
        if (found)
                reply_see(re, "/desk/calls/%lld", (long long)call.id);
        else
                reply_see(re, "/desk/calls");
        return OK;
}
