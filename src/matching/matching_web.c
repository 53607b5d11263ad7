#include "matching/matching_web.h"

#include "html/format.h"
#include "matching/matching.html.h"
#include "matching/matching.sql.h"
#include "matching/matching_dossier.h"

#include <jansson.h>
#include <string.h>

static int64_t minutes_apart(struct text zone_a, struct text zone_b, int64_t now)
{
        const struct zone *a = zone_find(zone_a), *b = zone_find(zone_b);

        return a && b ? (zone_civil(a, now).offset - zone_civil(b, now).offset) / 60 : 0;
}

static struct text city(struct request *rq, struct text zone)
{
        const struct zone *z = zone_find(zone);

        return z ? format_city(rq->arena, rq->page.locale, z) : TEXT_ABSENT;
}

static struct matching_line line_of(struct request *rq, const struct matching_rows *r)
{
        struct matching_sentences why;
        struct matching_line l = {
                .id = r->id, .mentor = r->mentor, .mentee = r->mentee, .percent = r->score / 10000,
                .mentor_name = text_format(rq->arena, "%s %s", r->mentor_first.p, r->mentor_last.p),
                .mentee_name = text_format(rq->arena, "%s %s", r->mentee_first.p, r->mentee_last.p),
                .mentor_city = city(rq, r->mentor_zone), .mentee_city = city(rq, r->mentee_zone), .state = r->state,
                .edit_reason = r->edit_reason, .locked = text_is(r->state, "locked"), .open = text_is(r->state, "published"),
                .accepted = text_is(r->state, "accepted"), .declined = text_is(r->state, "declined"),
                .expired = text_is(r->state, "expired"), .low = r->score < 550000,
                .mentor_yes = text_is(r->mentor_answer, "yes"), .mentor_no = text_is(r->mentor_answer, "no"),
                .mentee_yes = text_is(r->mentee_answer, "yes"), .mentee_no = text_is(r->mentee_answer, "no")};

        l.unsent = l.locked || text_is(r->state, "draft");
        matching_sentences(rq->arena, rq->page.locale, r->reasons, minutes_apart(r->mentor_zone, r->mentee_zone, rq->page.now), &why);
        for (int i = 0; i < 3; i++)
                l.reasons[i] = why.row[i];
        return l;
}

/* Codes of a run's unmatched list, in words with a remedy. */
static const char *why_words(const char *code)
{
        static const struct { const char *code, *words; } all[] = {
                {"no mentor has room", M_("No mentor has room: raise a capacity or bring more mentors.")},
                {"others need these mentors more", M_("Every mentor who fits is taken: bring one more, or raise a capacity.")},
                {"low_total", M_("No mentor fits well enough: look at what this person wants and who could offer it.")},
                {"low_goals", M_("Nobody offers what this person wants: bring a mentor who does.")},
                {"no_language", M_("No mentor shares a language with this person.")},
                {"no_hours", M_("No mentor is awake at the same hours.")},
        };

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (strcmp(code, all[i].code) == 0)
                        return all[i].words;
        return M_("A rule forbids every mentor who is left, mostly because of line management or a private wish.");
}

static struct err left_out_of(struct request *rq, struct text json, struct matching_left_out_list *out)
{
        json_t *list = json_loadb(json.p, json.n, 0, NULL);
        size_t n = json_array_size(list);
        struct err e = OK;

        *out = (struct matching_left_out_list) {.row = arena_array(rq->arena, struct matching_left_out, n)};
        for (size_t i = 0; i < n && !failed(e); i++) {
                json_t *item = json_array_get(list, i);
                struct people_person p;
                int64_t id;
                if (!text_int(text_of(json_string_value(json_object_get(item, "person"))), &id))
                        continue;
                e = people_get(rq->tx, id, &p);
                out->row[out->n++] = (struct matching_left_out) {
                        id, text_format(rq->arena, "%s %s", p.first_name.p, p.last_name.p),
                        msg(rq->page.locale, why_words(json_string_value(json_object_get(item, "why"))))};
        }
        json_decref(list);
        return e;
}

static struct err staff_cohort(struct request *rq, int64_t *cohort)
{
        TRY(programmes_current(rq->tx, rq->who, cohort));
        return programmes_staff(rq->tx, rq->who, *cohort);
}

static struct err count_people(struct request *rq, int64_t cohort, struct matching_desk_view *v)
{
        struct programmes_participant_list people;

        TRY(programmes_participants(rq->tx, cohort, &people));
        for (size_t i = 0; i < people.n; i++)
                *(people.row[i].mentor ? &v->mentors : &v->mentees) += 1;
        return OK;
}

static struct err show_desk(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Matching")))};
        struct matching_desk_view v = {0};
        struct matching_rows_list rows;
        struct matching_run_last run;
        int64_t cohort, sum = 0;

        TRY(staff_cohort(rq, &cohort));
        TRY(matching_rows(rq->tx, cohort, &rows));
        TRY(matching_run_last(rq->tx, cohort, &v.ran, &run));
        TRY(matching_counts(rq->tx, cohort, &v.counts));
        TRY(count_people(rq, cohort, &v));
        v.lines.row = arena_array(rq->arena, struct matching_line, rows.n);
        for (; v.lines.n < rows.n; v.lines.n++) {
                v.lines.row[v.lines.n] = line_of(rq, &rows.row[v.lines.n]);
                sum += v.lines.row[v.lines.n].percent;
        }
        v.mean_percent = rows.n ? sum / (int64_t)rows.n : 0;
        v.lowest_percent = rows.n ? v.lines.row[0].percent : 0;
        if (v.ran)
                TRY(left_out_of(rq, run.unmatched, &v.left_out));
        reply_page(rq, re, &shell, matching_desk, &v);
        return OK;
}

struct run_form { struct text objective; };
static const char *const objectives[] = {"total", "fair", NULL};
FORM_OF(run_form, struct run_form,
        {.name = "objective", .kind = FIELD_CHOICE, .offset = offsetof(struct run_form, objective), .required = true,
         .choices = objectives, .label = "What matters most"});

static struct err post_run(struct request *rq, struct reply *re)
{
        struct matching_summary summary;
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(matching_propose(rq->tx, rq->who, cohort, text_is(FORM(rq, struct run_form)->objective, "fair"), false, &summary));
        reply_flash(re, summary.matched ? "The proposals are ready to read." : "Nobody could be matched: see below why.");
        reply_see(re, "/desk/matching");
        return OK;
}

static struct err post_publish(struct request *rq, struct reply *re)
{
        int64_t cohort, n;

        TRY(staff_cohort(rq, &cohort));
        TRY(matching_publish(rq->tx, rq->who, cohort, &n));
        reply_flash(re, "The proposals are on their way. Both sides have five days to answer.");
        reply_see(re, "/desk/matching");
        return OK;
}

/* ---- one proposal, at the desk ---- */

static void parts_of(struct request *rq, struct text parts, struct matching_part_lines *out)
{
        *out = (struct matching_part_lines) {.row = arena_array(rq->arena, struct matching_part_line, MATCHING_PARTS)};
        while (parts.n && out->n < MATCHING_PARTS) {
                struct text rest;
                int64_t value = 0, known = 0;
                text_cut(text_cut(parts, '\n', &parts), ' ', &rest);
                text_int(text_cut(rest, ' ', &rest), &value);
                text_int(rest, &known);
                out->row[out->n] = (struct matching_part_line) {
                        msg(rq->page.locale, matching_part_title((enum matching_part)out->n)), value / 10000,
                        matching_weights_default.part[out->n], known != 0};
                out->n++;
        }
}

static struct err mentor_options(struct request *rq, int64_t cohort, struct html_options *out)
{
        struct programmes_participant_list people;

        TRY(programmes_participants(rq->tx, cohort, &people));
        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, people.n + 1)};
        out->row[out->n++] = (struct html_option) {.value = TEXT("0"), .label = text_of(msg(rq->page.locale, M_("Nobody: leave this mentee out for now")))};
        for (size_t i = 0; i < people.n; i++)
                if (people.row[i].mentor)
                        out->row[out->n++] = (struct html_option) {
                                .value = text_format(rq->arena, "%lld", (long long)people.row[i].person),
                                .label = text_format(rq->arena, "%s %s", people.row[i].first_name.p, people.row[i].last_name.p)};
        return OK;
}

static struct err show_one(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("A proposal")))};
        struct matching_one_view v = {0};
        struct matching_rows_list rows;
        struct matching_row r;
        bool found;

        TRY(matching_row(rq->tx, rq_id(rq, "proposal"), &found, &r));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run");
        TRY(programmes_staff(rq->tx, rq->who, r.cohort));
        TRY(matching_rows(rq->tx, r.cohort, &rows));
        for (size_t i = 0; i < rows.n; i++)
                if (rows.row[i].id == r.id)
                        v.line = line_of(rq, &rows.row[i]);
        parts_of(rq, r.parts, &v.parts);
        TRY(mentor_options(rq, r.cohort, &v.mentors));
        v.can_edit = v.line.unsent;
        reply_page(rq, re, &shell, matching_one, &v);
        return OK;
}

struct edit_form { int64_t mentor; struct text reason; bool forbid; };
FORM_OF(edit_form, struct edit_form,
        {.name = "mentor", .kind = FIELD_ID, .offset = offsetof(struct edit_form, mentor), .label = "Another mentor"},
        {.name = "reason", .kind = FIELD_TEXT, .offset = offsetof(struct edit_form, reason), .required = true, .max = 300, .label = "Why"},
        {.name = "forbid", .kind = FIELD_BOOL, .offset = offsetof(struct edit_form, forbid), .label = "Never propose these two again"});

static struct err post_edit(struct request *rq, struct reply *re)
{
        const struct edit_form *f = FORM(rq, struct edit_form);
        int64_t id = rq_id(rq, "proposal");
        struct matching_row r;
        bool found;

        TRY(matching_row(rq->tx, id, &found, &r));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run");
        if (f->forbid)
                TRY(matching_forbid(rq->tx, rq->who, r.cohort, r.mentor, r.mentee, f->reason));
        TRY(matching_edit(rq->tx, rq->who, id, f->mentor, f->reason));
        reply_flash(re, "The proposal is changed, with your reason.");
        reply_see(re, "/desk/matching");
        return OK;
}

static struct err post_lock(struct request *rq, struct reply *re)
{
        TRY(matching_lock(rq->tx, rq->who, rq_id(rq, "proposal"), true));
        reply_see(re, "/desk/matching");
        return OK;
}

static struct err post_unlock(struct request *rq, struct reply *re)
{
        TRY(matching_lock(rq->tx, rq->who, rq_id(rq, "proposal"), false));
        reply_see(re, "/desk/matching");
        return OK;
}

/* ---- one proposal, for one of the two ---- */

static struct err show_proposal(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_PERSON, .title = text_of(msg(rq->page.locale, M_("A proposal for you")))};
        struct matching_proposal_view v = {.id = rq_id(rq, "proposal")};
        struct matching_sentences why;
        struct people_person me, other;
        struct matching_row r;
        bool found;

        TRY(matching_row(rq->tx, v.id, &found, &r));
        if (!found || (rq->who->person != r.mentor && rq->who->person != r.mentee) || text_is(r.state, "draft") ||
            text_is(r.state, "locked") || text_is(r.state, "dropped"))
                return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer one");
        v.mentor = rq->who->person == r.mentor;
        TRY(people_get(rq->tx, rq->who->person, &me));
        TRY(people_get(rq->tx, v.mentor ? r.mentee : r.mentor, &other));
        TRY(people_card(rq->tx, other.id, false, &v.partner));
        v.partner.city = format_city(rq->arena, rq->page.locale, other.zone);
        matching_sentences(rq->arena, rq->page.locale, r.reasons,
                           (zone_civil(me.zone, rq->page.now).offset - zone_civil(other.zone, rq->page.now).offset) / 60, &why);
        memcpy(v.reasons, why.row, sizeof v.reasons);
        struct text answer = v.mentor ? r.mentor_answer : r.mentee_answer;
        v.answered = answer.p != NULL;
        v.yes = text_is(answer, "yes");
        v.open = text_is(r.state, "published");
        v.expires_at = r.expires_at;
        reply_page(rq, re, &shell, matching_proposal, &v);
        return OK;
}

struct answer_form { struct text answer, note; };
static const char *const answers[] = {"yes", "no", NULL};
FORM_OF(answer_form, struct answer_form,
        {.name = "answer", .kind = FIELD_CHOICE, .offset = offsetof(struct answer_form, answer), .required = true, .choices = answers,
         .label = "Your answer"},
        {.name = "note", .kind = FIELD_LINES, .offset = offsetof(struct answer_form, note), .max = 500, .label = "A word for the coordinator"});

static struct err post_answer(struct request *rq, struct reply *re)
{
        const struct answer_form *f = FORM(rq, struct answer_form);
        bool yes = text_is(f->answer, "yes");

        TRY(matching_answer(rq->tx, rq->who, rq_id(rq, "proposal"), yes, text_trim(f->note)));
        reply_flash(re, yes ? "Thank you. You hear from us as soon as both have answered." : "Thank you for saying so. The other side does not learn who declined.");
        reply_see(re, "/home");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/proposals/:proposal", .who = ROLE_PARTICIPANT, .handler = show_proposal},
        {.method = POST, .path = "/proposals/:proposal", .who = ROLE_PARTICIPANT, .handler = post_answer, .form = &answer_form,
         .back = "/proposals/:proposal"},
        {.method = GET, .path = "/desk/matching", .who = WHO_STAFF, .handler = show_desk},
        {.method = POST, .path = "/desk/matching/run", .who = WHO_STAFF, .handler = post_run, .form = &run_form, .back = "/desk/matching"},
        {.method = POST, .path = "/desk/matching/publish", .who = WHO_STAFF, .handler = post_publish, .back = "/desk/matching"},
        {.method = GET, .path = "/desk/matching/:proposal", .who = WHO_STAFF, .handler = show_one},
        {.method = POST, .path = "/desk/matching/:proposal", .who = WHO_STAFF, .handler = post_edit, .form = &edit_form,
         .back = "/desk/matching/:proposal"},
        {.method = POST, .path = "/desk/matching/:proposal/lock", .who = WHO_STAFF, .handler = post_lock},
        {.method = POST, .path = "/desk/matching/:proposal/unlock", .who = WHO_STAFF, .handler = post_unlock},
};

const struct route_table matching_routes = ROUTES(rows);
