/*
 * Who is asking.  Made by people/ from a session, a signed link or the command line, and given to every verb.  The bits
 * say what a person is anywhere (the route looks at those); a verb asks the exact question (this cohort? this pair?).
 */
#ifndef TELEMACHUS_BASE_WHO_H
#define TELEMACHUS_BASE_WHO_H

#include "base/text.h"

enum role {
        ROLE_PARTICIPANT   = 1 << 0,    /* mentor or mentee in some cohort */
        ROLE_COORDINATOR   = 1 << 1,    /* of some programme */
        ROLE_ADMINISTRATOR = 1 << 2,
        ROLE_SPONSOR       = 1 << 3,    /* of some programme */
        ROLE_CONTACT       = 1 << 4,    /* designated contact for concerns */
        ROLE_MANAGER       = 1 << 5,    /* line manager; does not sign in by default */
        ROLE_SYSTEM        = 1 << 6,    /* jobs and the command line on the machine itself */
};

struct zone;

struct who {
        int64_t person;                 /* 0: nobody has signed in */
        unsigned roles;                 /* enum role, or-ed */
        struct text first_name;
        struct text email;
        int locale;                     /* enum locale, html/messages.h */
        const struct zone *zone;
        bool stale;                     /* the session has not been touched for an hour: http/ calls the touch hook */
        unsigned withheld;              /* roles held back until a second factor has been shown */
        bool by_link;                   /* came through a one-click link, without a session */
};

static inline bool who_has(const struct who *w, unsigned roles) { return (w->roles & roles) != 0; }
static inline bool who_is_staff(const struct who *w)
{
        return who_has(w, ROLE_COORDINATOR | ROLE_ADMINISTRATOR | ROLE_SYSTEM);
}

#endif
