/* /me: settings, time zone, devices, calendar address. */
#include "people/people_web.h"

#include "html/format.h"
#include "os/clock.h"
#include "os/zone.h"
#include "people/people_me.html.h"
#include "people/people_parts.h"
#include "people/people_view.h"
#include "people/people_web_parts.h"
#include "programmes/programmes.h"

struct html_shell people_shell(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_PERSON,
                .title = text_of(msg(rq->page.locale, title)), .offers_help = true};
}

struct err people_parts_confirmed(struct tx *tx, int64_t person, bool *takes_part,
                                  struct opt *confirmed_at)
{
        struct programmes_participant_list parts;

        *takes_part = false;
        *confirmed_at = (struct opt) {0};
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                *takes_part = true;
                if (parts.row[i].profile_confirmed_at.has)
                        *confirmed_at = parts.row[i].profile_confirmed_at;
        }
        return OK;
}

/* The list, with what was typed when the form comes back. */
static struct people_zone_view zone_view(struct request *rq, const struct zone *now)
{
        struct text typed = rq->page.echo ? form_typed(rq->page.echo, "zone") : TEXT_ABSENT;

        return (struct people_zone_view) {
                .groups = people_zones(rq->arena, text_empty(typed) ? text_of(zone_name(now))
                                       : typed),
                .error = rq->page.echo ? form_error(rq->page.echo, "zone") : NULL};
}

static struct html_options languages(struct request *rq)
{
        static const struct html_option all[] = {
                {.value = {"en", 2}, .label = {"English", 7}},
                {.value = {"de", 2}, .label = {"Deutsch", 7}}};
        struct html_options o = {.n = 2, .row = arena_array(rq->arena, struct html_option, 2)};

        for (size_t i = 0; i < o.n; i++)
                o.row[i] = all[i];
        return o;
}

static struct html_options structures(struct request *rq)
{
        static const struct { const char *value, *label, *hint; } all[] = {
                {"0", M_("One thing at a time"), M_("The next step and nothing else. Agendas as topics; fewer letters.")},
                {"1", M_("The next step and the road"),
                 M_("Also what else is open, and where you are in the programme. Agendas with minutes.")},
                {"2", M_("Everything spelt out"),
                 M_("Also why each step is asked for, and the agenda of your next conversation with its questions. A few letters more, with examples.")}};
        struct html_options o = {.n = 3, .row = arena_array(rq->arena, struct html_option, 3)};
        enum locale l = rq->page.locale;

        for (size_t i = 0; i < o.n; i++)
                o.row[i] = (struct html_option) {.value = text_of(all[i].value),
                .label = text_of(msg(l, all[i].label)),
                                                 .hint = text_of(msg(l, all[i].hint))};
        return o;
}

/* The first meeting as each level would show it, by the same functions that make the pages. */
static struct people_levels levels(struct request *rq, const struct pack *pack, int structure)
{
        static const struct { const char *name, *letters; } said[] = {
                {M_("One thing at a time"), M_("Tips, questions and first steps at most once in seven days. Decisions, dates and your rhythm as for everybody.")},
                {M_("The next step and the road"), M_("At most two letters in seven days.")},
                {M_("Everything spelt out"),
                 M_("At most two letters in seven days; between them a first message to borrow, a way into each new phase, and questions before a goal's day.")}};
        const struct pack_step *step = pack_step(pack, TEXT("first-meeting"));
        const struct pack_phase *phase = pack_phase(pack, TEXT("build-rapport"));
        const struct pack_text *agenda = pack_agenda_text(pack, TEXT("first-meeting"), rq->page.locale);
        struct people_levels out = {.row = arena_array(rq->arena, struct people_level, 3)};
        enum locale l = rq->page.locale;

        for (int i = 0; step && phase && agenda && i < 3; i++)
                out.row[out.n++] = (struct people_level) {
                        .name = said[i].name, .letters = said[i].letters, .chosen = i == structure, .title = step->title.in[l],
                        .why = i == PACK_TOPICS ? pack_first_sentence(step->why.in[l]) : step->why.in[l],
                        .phase = i == PACK_ALL ? phase->sentence.in[l] : TEXT_ABSENT,
                        .agenda = html_markdown(rq->arena, pack_agenda_detail(rq->arena, agenda->body, (enum pack_detail)i), 5)};
        return out;
}

/* Of the cohort they take part in; none for staff. */
static struct err pack_of(struct request *rq, const struct pack **out)
{
        struct programmes_participant_list parts;
        struct programmes_cohort c;

        *out = NULL;
        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        if (parts.n == 0)
                return OK;
        TRY(programmes_cohort(rq->tx, parts.row[0].cohort, &c));
        *out = c.pack;
        return OK;
}

static struct err manager_letters(struct request *rq, bool *wanted)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                *wanted = *wanted || parts.row[i].manager_opted_in;
        return OK;
}

static struct err show_me(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Your settings"));
        struct people_me_view v = {.languages = languages(rq), .structures = structures(rq)};
        struct people_session_list_list sessions;
        const struct pack *pack;
        struct opt confirmed_at;

        TRY(people_get(rq->tx, rq->who->person, &v.p));
        TRY(people_calendar_url(rq->tx, &v.p, &v.calendar));
        TRY(people_session_list(rq->tx, rq->who->person, clock_seconds(), &sessions));
        TRY(people_parts_confirmed(rq->tx, rq->who->person, &v.takes_part, &confirmed_at));
        v.confirmed = confirmed_at.has;
        TRY(manager_letters(rq, &v.manager_letters));
        v.devices = (int64_t)sessions.n;
        v.zone = zone_view(rq, v.p.zone);
        TRY(pack_of(rq, &pack));
        if (pack)
                v.levels = levels(rq, pack, v.p.structure);
        reply_page(rq, re, &shell, people_me, &v);
        return OK;
}

#define AT(member) .offset = offsetof(struct people_settings, member)

static const char *const tags[] = {"en", "de", NULL};

FORM_OF(me_form, struct people_settings,
        {.name = "first_name", .kind = FIELD_TEXT, AT(first_name), .required = true, .max = 80,
         .label = M_("First name")},
        {.name = "last_name", .kind = FIELD_TEXT, AT(last_name), .max = 80,
         .label = M_("Last name")},
        {.name = "locale", .kind = FIELD_CHOICE, AT(locale), .required = true, .choices = tags,
         .label = M_("Language of pages and mails")},
        {.name = "zone", .kind = FIELD_ZONE, AT(zone), .required = true,
         .label = M_("Time zone")},
        {.name = "phone", .kind = FIELD_TEXT, AT(phone), .max = 30, .label = M_("Telephone")},
        {.name = "call_from", .kind = FIELD_CLOCK, AT(call_from), .label = M_("Best from")},
        {.name = "call_until", .kind = FIELD_CLOCK, AT(call_until), .label = M_("Until")},
        {.name = "structure", .kind = FIELD_INT, AT(structure), .required = true, .min = 0,
         .max = 2, .label = M_("What should your start page show?")},
        {.name = "programme_mail", .kind = FIELD_BOOL, AT(programme_mail)},
        {.name = "manager_letters", .kind = FIELD_BOOL, AT(manager_letters)});

static struct err save_me(struct request *rq, struct reply *re)
{
        TRY(people_save_settings(rq->tx, rq->who, FORM(rq, struct people_settings)));
        reply_flash(re, M_("Your settings are saved."));
        reply_see(re, "/me");
        return OK;
}

/* ---- the first visit ---- */

static struct err show_zone(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Your time zone"));
        struct people_zone_page_view v = {.zone = zone_view(rq, rq->who->zone),
                                          .city = format_city(rq->arena, rq->page.locale,
                                                              rq->who->zone)};

        reply_page(rq, re, &shell, people_zone_page, &v);
        return OK;
}

struct zone_form { struct text zone; };
FORM_OF(zone_form, struct zone_form,
        {.name = "zone", .kind = FIELD_ZONE, .offset = offsetof(struct zone_form, zone),
         .required = true, .label = M_("Time zone")});

/* From the zone to the profile, from the profile home, where the training waits. */
static struct err save_zone(struct request *rq, struct reply *re)
{
        struct opt confirmed_at;
        bool takes_part;

        TRY(people_save_zone(rq->tx, rq->who, FORM(rq, struct zone_form)->zone));
        TRY(people_parts_confirmed(rq->tx, rq->who->person, &takes_part, &confirmed_at));
        reply_see(re, takes_part && !confirmed_at.has ? "/me/profile" : "/home");
        return OK;
}

/* ---- calendar, devices ---- */

static struct err new_calendar(struct request *rq, struct reply *re)
{
        TRY(people_new_calendar(rq->tx, rq->who));
        reply_flash(re, M_("Here is your new calendar address. The old one no longer works."));
        reply_see(re, "/me");
        return OK;
}

/* By what a session began, in words. */
static const char *means_words(struct text means)
{
        static const struct { const char *means, *words; } all[] = {
                {"link", M_("by a mailed link")}, {"password", M_("with a password")}, {"passkey", M_("with a passkey")}};

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(means, all[i].means))
                        return all[i].words;
        return "";
}

static struct err show_sessions(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Your devices"));
        struct people_session_list_list list;
        struct people_sessions_view v = {0};

        TRY(people_session_list(rq->tx, rq->who->person, clock_seconds(), &list));
        v.row = arena_array(rq->arena, struct people_session_view, list.n);
        for (; v.n < list.n; v.n++)
                v.row[v.n] = (struct people_session_view) {
                        .id = list.row[v.n].id, .created_at = list.row[v.n].created_at,
                        .touched_at = list.row[v.n].touched_at,
                        .agent = people_agent_words(rq->arena, list.row[v.n].agent),
                        .address = list.row[v.n].address, .means = means_words(list.row[v.n].means),
                        .strong = list.row[v.n].strong && !text_is(list.row[v.n].means, "passkey"),
                        .here = text_equal(list.row[v.n].hash, rq->session)};
        reply_page(rq, re, &shell, people_sessions, &v);
        return OK;
}

static struct err end_session(struct request *rq, struct reply *re)
{
        TRY(people_end_session(rq->tx, rq->who, rq_id(rq, "session")));
        reply_flash(re, M_("That device is signed out."));
        reply_see(re, "/me/sessions");
        return OK;
}

static struct err end_others(struct request *rq, struct reply *re)
{
        TRY(people_end_others(rq->tx, rq->who, rq->session));
        reply_flash(re, M_("All other devices are signed out."));
        reply_see(re, "/me/sessions");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/me", .who = WHO_SIGNED_IN, .handler = show_me},
        {.method = POST, .path = "/me", .who = WHO_SIGNED_IN, .handler = save_me, .form = &me_form,
         .back = "/me"},
        {.method = GET, .path = "/me/zone", .who = WHO_SIGNED_IN, .handler = show_zone},
        {.method = POST, .path = "/me/zone", .who = WHO_SIGNED_IN, .handler = save_zone,
         .form = &zone_form, .back = "/me/zone"},
        {.method = POST, .path = "/me/calendar", .who = WHO_SIGNED_IN, .handler = new_calendar},
        {.method = GET, .path = "/me/sessions", .who = WHO_SIGNED_IN, .handler = show_sessions},
        {.method = POST, .path = "/me/sessions", .who = WHO_SIGNED_IN, .handler = end_others},
        {.method = POST, .path = "/me/sessions/:session", .who = WHO_SIGNED_IN,
         .handler = end_session},
        {.method = GET, .path = "/me/profile", .who = WHO_SIGNED_IN,
         .handler = people_show_profile},
        {.method = POST, .path = "/me/profile", .who = WHO_SIGNED_IN,
         .handler = people_post_profile, .form = &people_profile_form_fields,
         .back = "/me/profile"},
        {.method = POST, .path = "/me/profile/confirm", .who = WHO_SIGNED_IN,
         .handler = people_post_confirm, .back = "/me/profile"},
        {.method = GET, .path = "/me/data", .who = WHO_SIGNED_IN, .handler = people_show_data},
        {.method = GET, .path = "/me/data.json", .who = WHO_SIGNED_IN,
         .handler = people_download_json},
        {.method = GET, .path = "/me/data.zip", .who = WHO_SIGNED_IN,
         .handler = people_download_data},
        {.method = GET, .path = "/me/data/log", .who = WHO_SIGNED_IN, .handler = people_show_log},
};

const struct route_table people_me_routes = ROUTES(rows);
