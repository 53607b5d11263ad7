/*
 * One's own settings. Every verb here is about who asks, so there is nothing to permit but being
 * signed in.
 */
#include "base/app.h"
#include "mail/mail.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/zone.h"
#include "people/people.sql.h"
#include "people/people_parts.h"

#include <string.h>
#include "programmes/programmes.h"

enum { PHONE_MOST = 30 };

static bool is_phone(struct text t)
{
        int digits = 0;

        for (size_t i = 0; i < t.n; i++) {
                digits += t.p[i] >= '0' && t.p[i] <= '9';
                if (!strchr("+0123456789 ()-/.", t.p[i]))
                        return false;
        }
        return digits >= 4 && t.n <= PHONE_MOST;
}

static struct err check(const struct people_settings *in)
{
        if (text_empty(text_trim(in->first_name)))
                return FAIL_AT(ERR_INVALID, "A first name is needed: it is what others call you",
                               "first_name", "Write it down");
        if (!zone_find(in->zone))
                return FAIL_AT(ERR_INVALID, "This is no time zone we know", "zone",
                               "Choose one from the list");
        if (!text_empty(in->phone) && !is_phone(in->phone))
                return FAIL_AT(ERR_INVALID, "This is no telephone number", "phone",
                               "Write it like +351 21 000 0000");
        if ((in->call_from < 0) != (in->call_until < 0))
                return FAIL_AT(ERR_INVALID, "The best hours for a call need a beginning and an end",
                               in->call_from < 0 ? "call_from" : "call_until",
                               "Fill in both, or neither");
        if (in->call_from >= 0 && in->call_until <= in->call_from)
                return FAIL_AT(ERR_INVALID, "These hours end before they begin", "call_until",
                               "Choose a later end");
        if (in->structure < 0 || in->structure > 2)
                return FAIL_AT(ERR_INVALID, "Choose how much guidance you want", "structure",
                               "Choose one of the three");
        return OK;
}

struct err people_save_settings(struct tx *tx, const struct who *who,
                                const struct people_settings *in)
{
        TRY(check(in));
        TRY(people_save_basics(tx, &(struct people_save_basics_in) {
                .id = who->person, .first_name = text_trim(in->first_name),
                .last_name = in->last_name.p ? text_trim(in->last_name) : TEXT(""),
                .locale = in->locale, .zone = in->zone,
                .phone = text_empty(in->phone) ? TEXT_ABSENT : in->phone,
                .call_from = {in->call_from >= 0, in->call_from},
                .call_until = {in->call_until >= 0, in->call_until}}));
        TRY(mail_quiet_move(tx, who->person, in->zone));
        TRY(people_save_structure(tx, who->person, in->structure));
        TRY(programmes_manager_letters(tx, who->person, in->manager_letters));
        return people_save_programme_mail(tx, who->person, in->programme_mail);
}

struct err people_save_zone(struct tx *tx, const struct who *who, struct text zone)
{
        if (!zone_find(zone))
                return FAIL_AT(ERR_INVALID, "This is no time zone we know", "zone",
                               "Choose one from the list");
        TRY(mail_quiet_move(tx, who->person, zone));
        return people_confirm_zone(tx, who->person, zone);
}

struct err people_new_calendar(struct tx *tx,
                           const struct who *who) { return people_raise_calendar(tx, who->person); }

struct err people_calendar_url(struct tx *tx, const struct people_person *p, struct text *url)
{
        const struct app *app = tx_app(tx);
        struct text token = token_make(app->keys, tx_arena(tx), &(struct token) {
                .purpose = TOKEN_CALENDAR, .a = p->id, .b = p->calendar_generation});

        *url = text_format(tx_arena(tx), "%s/calendar/%s.ics", app->config->base_url, token.p);
        return OK;
}

/* ---- sessions ---- */

struct err people_end_session(struct tx *tx, const struct who *who, int64_t session)
{
        int64_t changes;

        TRY(people_session_delete(tx, session, who->person, &changes));
        return changes ? OK : FAIL(ERR_ABSENT, "This device is not signed in any more",
                                   "Go back to the list");
}

struct err people_end_others(struct tx *tx, const struct who *who, struct text hash)
{
        return people_session_delete_others(tx, who->person, hash);
}

struct part { const char *mark, *name; };

static const char *first_of(const char *agent, const struct part *parts)
{
        for (; parts->mark; parts++)
                if (strstr(agent, parts->mark))
                        return parts->name;
        return NULL;
}

/* Browsers claim to be each other: the order matters. Names are names in every language. */
struct text people_agent_words(struct arena *a, struct text agent)
{
        static const struct part browsers[] = {{"Edg/", "Edge"}, {"OPR/", "Opera"},
                {"Firefox/", "Firefox"}, {"Chromium/", "Chromium"},
                                               {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
                                               {"curl/", "curl"}, {NULL, NULL}};
        static const struct part systems[] = {{"iPhone", "iPhone"}, {"iPad", "iPad"},
                {"Android", "Android"}, {"Windows", "Windows"},
                                              {"Mac OS X", "Mac"}, {"Linux", "Linux"},
                                              {NULL, NULL}};
        const char *s = text_c(a, agent);
        const char *browser = first_of(s, browsers), *system = first_of(s, systems);

        if (browser && system)
                return text_format(a, "%s, %s", browser, system);
        return text_of(browser ? browser : system);
}
