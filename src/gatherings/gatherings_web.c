/* Gatherings of a person: which, when, how to join, whether they come. */
#include "gatherings/gatherings_web.h"

#include "gatherings/gatherings.html.h"
#include "gatherings/gatherings_web_parts.h"
#include "people/people.h"

#include <string.h>

enum { LINK_BEFORE_S = 3600 };

static struct gatherings_line line_of(struct request *rq, const struct programmes_cohort *c,
                                      const struct gatherings_seat *s)
{
        int64_t now = rq->page.now, end = s->starts_at + s->minutes * 60;
        bool near = now >= s->starts_at - LINK_BEFORE_S && now < end;

        return (struct gatherings_line) {
                .id = s->gathering,
                .starts_at = s->starts_at,
                .ends_at = end,
                .minutes = s->minutes,
                .title = gatherings_title(c, s->key, s->title, (int)rq->page.locale),
                .link = near ? s->join_url : TEXT_ABSENT,
                .has_link = s->join_url.p != NULL,
                .recording = s->recording_url,
                .yes = text_is(s->answer, "yes"),
                .no = text_is(s->answer, "no"),
                .over = now >= end,
                .live = text_is(s->attended, "live"),
                .seen = text_is(s->attended, "recording"),
                .missed = text_is(s->attended, "missed")};
}

static struct html_shell shell_of(struct request *rq)
{
        return (struct html_shell) {.kind = SHELL_PERSON,
                                    .title = text_of(msg(rq->page.locale, M_("Gatherings")))};
}

static void sort_in(struct gatherings_mine_view *v, const struct gatherings_line *l)
{
        v->any = true;
        if (l->over)
                v->past.row[v->past.n++] = *l;
        else if (v->has_next)
                v->later.row[v->later.n++] = *l;
        else
                v->next = *l;
        v->has_next |= !l->over;
}

static struct err show_mine(struct request *rq, struct reply *re)
{
        struct html_shell shell = shell_of(rq);
        struct programmes_participant_list parts;
        struct gatherings_mine_view v = {0};
        struct gatherings_seat_list seats;
        struct programmes_cohort c;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        if (parts.n) {
                TRY(programmes_cohort(rq->tx, parts.row[0].cohort, &c));
                TRY(gatherings_seats_of(rq->tx, rq->who->person, c.id, &seats));
                v.later.row = arena_array(rq->arena, struct gatherings_line, seats.n);
                v.past.row = arena_array(rq->arena, struct gatherings_line, seats.n);
                for (size_t i = 0; i < seats.n; i++) {
                        struct gatherings_line l = line_of(rq, &c, &seats.row[i]);
                        sort_in(&v, &l);
                }
        }
        TRY(gatherings_add_my_circles(rq, &v.circles));
        reply_page(rq, re, &shell, gatherings_mine, &v);
        return OK;
}

static struct err find_seat(struct request *rq, int64_t gathering, struct programmes_cohort *c,
                            struct gatherings_seat *out)
{
        struct gatherings_gathering g;
        struct gatherings_seat_list seats;

        TRY(gatherings_one(rq->tx, gathering, &g));
        TRY(programmes_cohort(rq->tx, g.cohort, c));
        TRY(gatherings_seats_of(rq->tx, rq->who->person, g.cohort, &seats));
        for (size_t i = 0; i < seats.n; i++) {
                if (seats.row[i].gathering != gathering)
                        continue;
                *out = seats.row[i];
                return OK;
        }
        return FAIL(ERR_ABSENT, "There is no such gathering for you", "Yours are in the list");
}

struct markup gatherings_run_sheet(struct request *rq, const struct programmes_cohort *c, struct text agenda, bool staff)
{
        const struct pack_text *text = pack_agenda_text(c->pack, agenda, rq->page.locale);
        struct text body = text ? text->body : TEXT("");
        const char *line = body.n ? memmem(body.p, body.n, "\n---\n", 5) : NULL;

        if (line && !staff)
                body.n = (size_t)(line - body.p);
        return html_markdown(rq->arena, body, 3);
}

static struct err show_one(struct request *rq, struct reply *re)
{
        struct html_shell shell = shell_of(rq);
        struct gatherings_page_view v = {0};
        struct programmes_cohort c;
        struct gatherings_seat seat;

        TRY(find_seat(rq, rq_id(rq, "gathering"), &c, &seat));
        v.g = line_of(rq, &c, &seat);
        v.agenda = gatherings_run_sheet(rq, &c, seat.agenda, false);
        reply_page(rq, re, &shell, gatherings_page, &v);
        return OK;
}

struct answer_form {
        struct text answer;
};
static const char *const answers[] = {"yes", "no", NULL};
FORM_OF(answer_form, struct answer_form,
        {.name = "answer",
         .kind = FIELD_CHOICE,
         .offset = offsetof(struct answer_form, answer),
         .required = true,
         .choices = answers,
         .label = "Your answer"});

static struct err post_answer(struct request *rq, struct reply *re)
{
        bool yes = text_is(FORM(rq, struct answer_form)->answer, "yes");

        TRY(gatherings_answer(rq->tx, rq->who, rq_id(rq, "gathering"), yes));
        reply_flash(re, yes ? M_("Good, you are expected.")
                            : M_("Thank you for saying so. The recording will stand here, if there "
                                 "is one."));
        reply_see(re, "/gatherings/%lld", (long long)rq_id(rq, "gathering"));
        return OK;
}

static struct err post_seen(struct request *rq, struct reply *re)
{
        TRY(gatherings_saw_recording(rq->tx, rq->who, rq_id(rq, "gathering")));
        reply_flash(re, "Noted: you have seen the recording.");
        reply_see(re, "/gatherings/%lld", (long long)rq_id(rq, "gathering"));
        return OK;
}

/* The handlers of the desk stand in gatherings_desk.c. */
#define DESK(method_, path_, handler_, form_, back_)                                               \
        {                                                                                          \
                .method = (method_), .path = (path_), .who = WHO_STAFF, .handler = (handler_),     \
                .form = (form_), .back = (back_)                                                   \
        }

static const struct route rows[] = {
        {.method = GET, .path = "/gatherings", .who = ROLE_PARTICIPANT, .handler = show_mine},
        {.method = GET,
         .path = "/gatherings/:gathering",
         .who = ROLE_PARTICIPANT,
         .handler = show_one},
        {.method = GET,
         .path = "/gatherings/:gathering/calendar.ics",
         .who = ROLE_PARTICIPANT,
         .handler = gatherings_show_ics},
        {.method = POST,
         .path = "/gatherings/:gathering/answer",
         .who = ROLE_PARTICIPANT,
         .handler = post_answer,
         .form = &answer_form,
         .back = "/gatherings/:gathering"},
        {.method = POST,
         .path = "/gatherings/:gathering/recording",
         .who = ROLE_PARTICIPANT,
         .handler = post_seen},
        {.method = GET,
         .path = "/calendar/:token.ics",
         .who = WHO_ANYONE,
         .handler = gatherings_show_calendar},
        DESK(GET, "/desk/gatherings", gatherings_desk_list, NULL, NULL),
        DESK(POST, "/desk/gatherings/seats", gatherings_post_seats, NULL, NULL),
        DESK(POST, "/desk/gatherings/room", gatherings_post_links, &gatherings_room_form,
             "/desk/gatherings"),
        DESK(GET, "/desk/gatherings/:gathering", gatherings_desk_one, NULL, NULL),
        DESK(POST, "/desk/gatherings/:gathering/day", gatherings_post_day, &gatherings_day_form,
             "/desk/gatherings/:gathering"),
        DESK(POST, "/desk/gatherings/:gathering/sittings", gatherings_post_sitting,
             &gatherings_at_form, "/desk/gatherings/:gathering"),
        DESK(POST, "/desk/gatherings/:gathering/recording", gatherings_post_recording,
             &gatherings_recording_form, "/desk/gatherings/:gathering"),
        DESK(GET, "/desk/gatherings/:gathering/:sitting", gatherings_desk_sitting, NULL, NULL),
        DESK(POST, "/desk/gatherings/:gathering/:sitting/link", gatherings_post_link,
             &gatherings_link_form, "/desk/gatherings/:gathering/:sitting"),
        DESK(POST, "/desk/gatherings/:gathering/:sitting/time", gatherings_post_time,
             &gatherings_at_form, "/desk/gatherings/:gathering/:sitting"),
        DESK(POST, "/desk/gatherings/:gathering/:sitting/remove", gatherings_post_remove, NULL,
             NULL),
        DESK(POST, "/desk/gatherings/:gathering/:sitting/attendance", gatherings_post_attendance,
             &gatherings_people_form, "/desk/gatherings/:gathering/:sitting"),
        DESK(POST, "/desk/gatherings/:gathering/:sitting/everybody", gatherings_post_everybody,
             NULL, NULL),
};

const struct route_table gatherings_routes = ROUTES(rows);
