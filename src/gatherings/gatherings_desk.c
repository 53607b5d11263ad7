/* Gatherings at the desk: dates, sittings, links, who has none, who came. */
#include "gatherings/gatherings.html.h"
#include "gatherings/gatherings.sql.h"
#include "gatherings/gatherings_parts.h"
#include "gatherings/gatherings_rules.h"
#include "gatherings/gatherings_web_parts.h"
#include "html/format.h"
#include "people/people.h"

#include <string.h>

static struct html_shell desk_shell(struct request *rq)
{
        return (struct html_shell) {.kind = SHELL_DESK,
                                    .title = text_of(msg(rq->page.locale, M_("Gatherings")))};
}

static struct err here(struct request *rq, struct programmes_cohort *c)
{
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        return programmes_cohort(rq->tx, cohort, c);
}

static struct gatherings_desk_sitting sitting_line(struct request *rq,
                                                   const struct gatherings_gathering *g,
                                                   const struct gatherings_sitting *s,
                                                   const struct gatherings_seat_rows_list *seats)
{
        struct gatherings_desk_sitting line = {.id = s->id,
                                               .gathering = g->id,
                                               .starts_at = s->starts_at,
                                               .link = s->join_url,
                                               .held = s->held,
                                               .begun = s->starts_at <= rq->page.now};

        for (size_t i = 0; i < seats->n; i++) {
                if (seats->row[i].sitting != s->id)
                        continue;
                line.seats++;
                line.yes += text_is(seats->row[i].answer, "yes");
                line.no += text_is(seats->row[i].answer, "no");
                line.live += text_is(seats->row[i].attended, "live");
                line.unknown += !seats->row[i].attended.p;
        }
        line.held &= line.unknown == 0;
        return line;
}

static struct err desk_line(struct request *rq, const struct programmes_cohort *c,
                            const struct gatherings_gathering *g, struct gatherings_desk_line *out)
{
        struct gatherings_seat_rows_list seats;
        int64_t all;

        TRY(gatherings_seat_rows(rq->tx, c->id, &seats));
        *out = (struct gatherings_desk_line) {
                .id = g->id,
                .day = g->day,
                .minutes = g->minutes,
                .title = gatherings_title(c, g->key, g->title, (int)rq->page.locale),
                .over = true,
                .sittings = {.row = arena_array(rq->arena, struct gatherings_desk_sitting,
                                                g->n_sittings)}};
        for (; out->sittings.n < g->n_sittings; out->sittings.n++) {
                const struct gatherings_sitting *s = &g->sittings[out->sittings.n];
                out->sittings.row[out->sittings.n] = sitting_line(rq, g, s, &seats);
                out->over &= s->starts_at + g->minutes * 60 <= rq->page.now;
        }
        return gatherings_without_seat(rq->tx, c->id, g->id, &out->without, &all);
}

struct err gatherings_desk_list(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_shell(rq);
        struct gatherings_desk_view v = {0};
        struct programmes_cohort c;
        struct gatherings_list all;

        TRY(here(rq, &c));
        TRY(gatherings_of(rq->tx, c.id, &all));
        TRY(gatherings_without_seat(rq->tx, c.id, 0, &v.without, &v.all));
        v.lines.row = arena_array(rq->arena, struct gatherings_desk_line, all.n);
        for (; v.lines.n < all.n; v.lines.n++) {
                struct gatherings_desk_line *l = &v.lines.row[v.lines.n];
                TRY(desk_line(rq, &c, &all.row[v.lines.n], l));
                for (size_t i = 0; i < l->sittings.n; i++)
                        v.unlinked += !l->sittings.row[i].link.p && !l->sittings.row[i].begun;
        }
        reply_page(rq, re, &shell, gatherings_desk, &v);
        return OK;
}

/* ---- one gathering ---- */

static int64_t start_of(const struct gatherings_gathering *g, int64_t sitting)
{
        for (size_t i = 0; i < g->n_sittings; i++)
                if (g->sittings[i].id == sitting)
                        return g->sittings[i].starts_at;
        return 0;
}

/* Who comes to gatherings and has no seat here, or one at night. */
static struct err seatless_of(struct request *rq, const struct gatherings_gathering *g,
                              struct gatherings_names *out)
{
        struct programmes_participant_list people;
        struct gatherings_seat_row seat;
        bool found;

        TRY(programmes_participants(rq->tx, g->cohort, &people));
        *out = (struct gatherings_names) {
                .row = arena_array(rq->arena, struct gatherings_name, people.n)};
        for (size_t i = 0; i < people.n; i++) {
                const struct programmes_participant *p = &people.row[i];
                const struct zone *z = zone_find(p->zone) ? zone_find(p->zone) : zone_utc();
                if (!gatherings_comes(p))
                        continue;
                TRY(gatherings_seat_row(rq->tx, g->id, p->person, &found, &seat));
                int64_t at = found ? start_of(g, seat.sitting) : 0;
                if (!at || !gatherings_awake(z, at, g->minutes))
                        out->row[out->n++] = (struct gatherings_name) {
                                p->person, p->first_name, p->last_name,
                                format_city(rq->arena, rq->page.locale, z), at};
        }
        return OK;
}

static struct err staff_gathering(struct request *rq, struct programmes_cohort *c,
                                  struct gatherings_gathering *g)
{
        TRY(gatherings_for_staff(rq->tx, rq->who, rq_id(rq, "gathering"), g));
        return programmes_cohort(rq->tx, g->cohort, c);
}

struct err gatherings_desk_one(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_shell(rq);
        struct gatherings_desk_one_view v = {0};
        struct gatherings_gathering g;
        struct programmes_cohort c;

        TRY(staff_gathering(rq, &c, &g));
        TRY(desk_line(rq, &c, &g, &v.g));
        TRY(seatless_of(rq, &g, &v.seatless));
        v.recording = g.recording_url;
        v.agenda = gatherings_run_sheet(rq, &c, g.agenda, true);
        v.zone_city = format_city(rq->arena, rq->page.locale, c.zone);
        v.movable = true;
        for (size_t i = 0; i < g.n_sittings; i++)
                v.movable &= !g.sittings[i].held;
        reply_page(rq, re, &shell, gatherings_desk_page, &v);
        return OK;
}

/* ---- one sitting ---- */

static struct html_options people_of(struct request *rq,
                                     const struct gatherings_seat_people_list *seated,
                                     const struct gatherings_desk_sitting_view *v)
{
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, seated->n)};

        for (size_t i = 0; i < seated->n; i++) {
                const struct gatherings_seat_people *p = &seated->row[i];
                if (p->sitting != v->s.id)
                        continue;
                o.row[o.n++] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)p->person),
                        .label = text_format(rq->arena, "%s %s", p->first_name.p, p->last_name.p),
                        .hint = text_is(p->answer, "yes")
                                        ? text_of(msg(rq->page.locale, M_("said yes")))
                                : text_is(p->answer, "no")
                                        ? text_of(msg(rq->page.locale, M_("said no")))
                                        : TEXT_ABSENT,
                        .checked = v->all || text_is(p->attended, "live") ||
                                   (!v->s.held && text_is(p->answer, "yes"))};
        }
        return o;
}

struct err gatherings_desk_sitting(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_shell(rq);
        struct gatherings_desk_sitting_view v = {0};
        struct gatherings_seat_people_list seated;
        struct gatherings_desk_line line;
        struct gatherings_gathering g;
        struct programmes_cohort c;
        bool found = false;

        TRY(staff_gathering(rq, &c, &g));
        TRY(desk_line(rq, &c, &g, &line));
        for (size_t i = 0; i < line.sittings.n; i++) {
                if (line.sittings.row[i].id != rq_id(rq, "sitting"))
                        continue;
                v.s = line.sittings.row[i];
                found = true;
        }
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such sitting", "It may have been taken away");
        TRY(gatherings_seat_people(rq->tx, g.id, &seated));
        struct civil at = zone_civil(c.zone, v.s.starts_at);
        v.at = at.hour * 60 + at.minute;
        v.title = line.title;
        v.zone_city = format_city(rq->arena, rq->page.locale, c.zone);
        v.all = text_is(rq_query(rq, "all"), "1");
        v.people = people_of(rq, &seated, &v);
        v.removable = g.n_sittings > 1 && !v.s.begun;
        reply_page(rq, re, &shell, gatherings_desk_sitting_page, &v);
        return OK;
}

/* ---- what is done ---- */

#define FORM_GIVEN(var, type, ...)                                                                 \
        static const struct field var##_fields[] = {__VA_ARGS__};                                  \
        const struct form var = {#var, sizeof(type), var##_fields,                                 \
                                 sizeof var##_fields / sizeof var##_fields[0]}

struct day_form {
        int64_t day;
};
FORM_GIVEN(gatherings_day_form, struct day_form,
           {.name = "day",
            .kind = FIELD_DAY,
            .offset = offsetof(struct day_form, day),
            .required = true,
            .label = "Day"});
struct at_form {
        int64_t at;
};
FORM_GIVEN(gatherings_at_form, struct at_form,
           {.name = "at",
            .kind = FIELD_CLOCK,
            .offset = offsetof(struct at_form, at),
            .required = true,
            .label = "Time"});
struct recording_form {
        struct text recording;
};
FORM_GIVEN(gatherings_recording_form, struct recording_form,
           {.name = "recording",
            .kind = FIELD_TEXT,
            .offset = offsetof(struct recording_form, recording),
            .max = 500,
            .label = "Recording"});
struct link_form {
        struct text url;
};
FORM_GIVEN(gatherings_link_form, struct link_form,
           {.name = "url",
            .kind = FIELD_TEXT,
            .offset = offsetof(struct link_form, url),
            .max = 500,
            .label = "Link"});
struct room_form {
        struct text room;
};
FORM_GIVEN(gatherings_room_form, struct room_form,
           {.name = "room",
            .kind = FIELD_TEXT,
            .offset = offsetof(struct room_form, room),
            .required = true,
            .max = 500,
            .label = "Address to join"});
struct people_form {
        struct field_ids people;
};
FORM_GIVEN(gatherings_people_form, struct people_form,
           {.name = "people",
            .kind = FIELD_IDS,
            .offset = offsetof(struct people_form, people),
            .label = "Who came"});

static struct err done(struct request *rq, struct reply *re, const char *said)
{
        reply_flash(re, said);
        reply_see(re, "/desk/gatherings/%lld", (long long)rq_id(rq, "gathering"));
        return OK;
}

struct err gatherings_post_seats(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;

        TRY(here(rq, &c));
        TRY(gatherings_seat_everybody(rq->tx, rq->who, c.id));
        reply_flash(re, "Sittings and seats are worked out anew from where people live.");
        reply_see(re, "/desk/gatherings");
        return OK;
}

struct err gatherings_post_day(struct request *rq, struct reply *re)
{
        TRY(gatherings_move(rq->tx, rq->who, rq_id(rq, "gathering"),
                            FORM(rq, struct day_form)->day));
        return done(rq, re,
                    M_("The gathering is moved. Calendars and later reminders follow; nothing is "
                       "sent because of it."));
}

struct err gatherings_post_sitting(struct request *rq, struct reply *re)
{
        TRY(gatherings_add_sitting(rq->tx, rq->who, rq_id(rq, "gathering"),
                                   FORM(rq, struct at_form)->at));
        return done(rq, re, M_("The sitting is added."));
}

struct err gatherings_post_recording(struct request *rq, struct reply *re)
{
        TRY(gatherings_set_recording(rq->tx, rq->who, rq_id(rq, "gathering"),
                                     FORM(rq, struct recording_form)->recording));
        return done(rq, re, M_("Saved."));
}

struct err gatherings_post_link(struct request *rq, struct reply *re)
{
        TRY(gatherings_set_link(rq->tx, rq->who, rq_id(rq, "sitting"),
                                FORM(rq, struct link_form)->url));
        return done(rq, re, M_("Saved."));
}

struct err gatherings_post_links(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;
        int64_t set;

        TRY(here(rq, &c));
        TRY(gatherings_set_links(rq->tx, rq->who, c.id, FORM(rq, struct room_form)->room, &set));
        reply_flash(re, M_("Saved: every sitting that had no address has this one."));
        reply_see(re, "/desk/gatherings");
        return OK;
}

struct err gatherings_post_time(struct request *rq, struct reply *re)
{
        TRY(gatherings_move_sitting(rq->tx, rq->who, rq_id(rq, "sitting"),
                                    FORM(rq, struct at_form)->at));
        return done(rq, re,
                    M_("The sitting is moved. Calendars and later reminders follow; nothing is "
                       "sent because of it."));
}

struct err gatherings_post_remove(struct request *rq, struct reply *re)
{
        TRY(gatherings_remove_sitting(rq->tx, rq->who, rq_id(rq, "sitting")));
        return done(rq, re, M_("The sitting is gone; its people have a seat in another."));
}

struct err gatherings_post_attendance(struct request *rq, struct reply *re)
{
        const struct field_ids *people = &FORM(rq, struct people_form)->people;

        TRY(gatherings_take_attendance(rq->tx, rq->who, rq_id(rq, "sitting"), people->row,
                                       people->n));
        return done(rq, re, M_("Noted who was there."));
}

/* Everybody who said yes came. */
struct err gatherings_post_everybody(struct request *rq, struct reply *re)
{
        struct gatherings_seat_people_list seated;
        struct gatherings_gathering g;
        struct programmes_cohort c;
        size_t n = 0;

        TRY(staff_gathering(rq, &c, &g));
        TRY(gatherings_seat_people(rq->tx, g.id, &seated));
        int64_t *people = arena_array(rq->arena, int64_t, seated.n);
        for (size_t i = 0; i < seated.n; i++)
                if (seated.row[i].sitting == rq_id(rq, "sitting") &&
                    text_is(seated.row[i].answer, "yes"))
                        people[n++] = seated.row[i].person;
        TRY(gatherings_take_attendance(rq->tx, rq->who, rq_id(rq, "sitting"), people, n));
        return done(rq, re, M_("Noted: everybody who said yes was there."));
}
