/* The agreement, the goals and the notes of a pair. */
#include "journeys/journeys_pages.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_work.html.h"

static const char *two_readers(struct request *rq, const struct journeys_side *side)
{
        return journeys_say_partner(&rq->page,
                                    M_("You and {partner} read this; your coordinator does not"),
                                    side->partner_first_name)
                .p;
}

/* ---- agreement ---- */

static const char *const cadence_words[] = {M_("Every week"), M_("Every two weeks"),
                                            M_("Every three weeks"), M_("Every four weeks")};

static void cadence_options(struct request *rq, const struct journeys_side *side,
                            struct html_options *out)
{
        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, 4)};
        for (size_t i = 0; journeys_cadences[i]; i++) {
                int64_t days = 7 * (int64_t)(i + 1);

                if (days <= side->cohort.pack->cadence.max)
                        out->row[out->n++] = (struct html_option){
                                .value = text_of(journeys_cadences[i]),
                                .label = journeys_say(&rq->page, cadence_words[i]),
                                .hint = days == side->cohort.pack->cadence.first
                                                ? journeys_say(&rq->page,
                                                               M_("What most pairs do at first"))
                                                : TEXT_ABSENT};
        }
}

struct err journeys_get_agreement(struct request *rq, struct reply *re)
{
        static const struct journeys_option channels[] = {
                {"video", M_("By video"), NULL}, {"phone", M_("By telephone"), NULL}, {"in-person", M_("In person"), NULL},
                {"other", M_("In another way"), NULL}};
        struct html_shell shell = journeys_shell(rq, M_("Agreement"));
        struct journeys_side side;
        struct journeys_agreement a;
        struct journeys_agreement_page v;

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        TRY(journeys_agreement(rq->tx, side.pair.id, &a));
        v = (struct journeys_agreement_page) {
                .pair = side.pair.id, .partner = side.partner_first_name, .open = side.open, .mentor = side.mentor,
                .channel = a.written ? a.channel : side.pair.channel, .boundaries = a.boundaries,
                .quiet = a.written ? a.quiet : journeys_say(&rq->page, M_("Either of us rings after ten days; no apology is needed.")),
                .cadence = text_format(rq->arena, "%lld", (long long)(a.written ? a.cadence_days : side.pair.cadence_days)),
                .audience = two_readers(rq, &side)};
        journeys_write_agreement(rq, &side, &a, &v.now);
        cadence_options(rq, &side, &v.cadences);
        journeys_options(&rq->page, channels, sizeof channels / sizeof channels[0], &v.channels);
        reply_page(rq, re, &shell, journeys_agreement_view, &v);
        return OK;
}

struct err journeys_post_agreement(struct request *rq, struct reply *re)
{
        const struct journeys_agreement_form *f = FORM(rq, struct journeys_agreement_form);
        int64_t pair = rq_id(rq, "pair");
        struct journeys_agreement a;

        TRY(journeys_sign_agreement(rq->tx, rq->who, pair, f->cadence, f->channel, f->quiet,
                                    f->boundaries));
        TRY(journeys_agreement(rq->tx, pair, &a));
        reply_flash(re, a.mentor_signed_at.has && a.mentee_signed_at.has
                                ? M_("Signed by both. It holds from today")
                                : M_("Signed by you. The other one has a mail and signs next"));
        reply_see(re, "/pairs/%lld", (long long)pair);
        return OK;
}

/* ---- goals ---- */

static void goal_options(struct request *rq, struct journeys_goals_page *v)
{
        v->categories.row = arena_array(rq->arena, struct html_option, 8);
        for (size_t i = 0; journeys_goal_categories[i]; i++) {
                struct text key = text_of(journeys_goal_categories[i]);

                v->categories.row[v->categories.n++] = (struct html_option) {
                        .value = key, .label = journeys_say(&rq->page, journeys_category_words(key))};
        }
        v->outcomes.row = arena_array(rq->arena, struct html_option, 6);
        v->outcomes.row[v->outcomes.n++] = (struct html_option) {.value = TEXT(""), .label = journeys_say(&rq->page, M_("It goes on"))};
        for (int64_t n = 2; n >= -2; n--)
                v->outcomes.row[v->outcomes.n++] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)n),
                        .label = journeys_say(&rq->page, journeys_outcome_words(n))};
}

struct err journeys_get_goals(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("Goals"));
        struct journeys_side side;
        struct journeys_goals_page v = {0};
        size_t open = 0;

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        v.pair = side.pair.id;
        v.partner = side.partner_first_name;
        v.coordinator = side.cohort.help_name;
        v.open = side.open;
        v.mentor = side.mentor;
        v.audience = two_readers(rq, &side);
        TRY(journeys_write_goals(rq, side.pair.id, &v.goals));
        for (size_t i = 0; i < v.goals.n; i++)
                open += !v.goals.row[i].closed;
        v.room = open < JOURNEYS_GOALS;
        goal_options(rq, &v);
        reply_page(rq, re, &shell, journeys_goals_view, &v);
        return OK;
}

struct err journeys_post_goals(struct request *rq, struct reply *re)
{
        const struct journeys_goal_form *f = FORM(rq, struct journeys_goal_form);
        struct journeys_goal_new in = {.statement = f->statement, .why = f->why, .measure = f->measure, .category = f->category,
                .next_step = f->next_step, .due_day = {f->due != 0, f->due}, .shared = f->shared};
        int64_t goal;

        TRY(journeys_add_goal(rq->tx, rq->who, rq_id(rq, "pair"), &in, &goal));
        reply_flash(re, M_("The goal is written down"));
        reply_see(re, "/pairs/%lld/goals", (long long)rq_id(rq, "pair"));
        return OK;
}

struct err journeys_post_progress(struct request *rq, struct reply *re)
{
        const struct journeys_progress_form *f = FORM(rq, struct journeys_progress_form);
        struct opt attainment = {0};
        struct journeys_side side;

        attainment.has = !text_empty(f->attainment) &&
                         text_int(text_starts(f->attainment, "-")
                                          ? (struct text){f->attainment.p + 1, f->attainment.n - 1}
                                          : f->attainment,
                                  &attainment.v);
        if (text_starts(f->attainment, "-"))
                attainment.v = -attainment.v;
        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        TRY(journeys_update_goal(rq->tx, rq->who, f->goal, f->progress, f->next_step, attainment));
        if (!side.mentor)
                TRY(journeys_share(rq->tx, rq->who, f->goal, f->shared));
        reply_flash(re, M_("Saved"));
        reply_see(re, "/pairs/%lld/goals", (long long)side.pair.id);
        return OK;
}

/* ---- notes ---- */

struct err journeys_get_notes(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("Notes"));
        struct journeys_side side;
        struct journeys_notes_list notes;
        struct journeys_notes_page v = {0};

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        TRY(journeys_notes(rq->tx, side.pair.id, rq->who->person, &notes));
        v.pair = side.pair.id;
        v.partner = side.partner_first_name;
        v.open = side.open;
        v.audience =
                journeys_say_partner(
                        &rq->page,
                        M_("Only you, unless you tick the box; then {partner} as well. Never your coordinator"),
                        side.partner_first_name)
                        .p;
        v.notes.row = arena_array(rq->arena, struct journeys_note_view, notes.n);
        for (size_t i = 0; i < notes.n; i++)
                v.notes.row[v.notes.n++] = (struct journeys_note_view) {
                        .id = notes.row[i].id, .pair = v.pair, .written_at = notes.row[i].written_at,
                        .mine = notes.row[i].author == rq->who->person, .shared = notes.row[i].shared,
                        .body = html_prose(rq->arena, notes.row[i].body)};
        reply_page(rq, re, &shell, journeys_notes_view, &v);
        return OK;
}

struct err journeys_post_notes(struct request *rq, struct reply *re)
{
        const struct journeys_note_form *f = FORM(rq, struct journeys_note_form);

        TRY(journeys_add_note(rq->tx, rq->who, rq_id(rq, "pair"), f->shared, f->body));
        reply_flash(re, M_("The note is kept"));
        reply_see(re, "/pairs/%lld/notes", (long long)rq_id(rq, "pair"));
        return OK;
}

struct err journeys_post_drop_note(struct request *rq, struct reply *re)
{
        TRY(journeys_drop_note(rq->tx, rq->who, rq_id(rq, "pair"),
                               FORM(rq, struct journeys_drop_form)->note));
        reply_flash(re, M_("The note is gone"));
        reply_see(re, "/pairs/%lld/notes", (long long)rq_id(rq, "pair"));
        return OK;
}
