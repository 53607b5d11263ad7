/* What /desk/mails and /unsubscribe show. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_MAILS_VIEW_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_MAILS_VIEW_H

#include "html/html.h"

struct journeys_mail_line {
        struct text rule, anchor, name, subject, when;  /* when: the reader's own hour */
        int64_t person;
        /* only_address: to a line manager, cannot be held */
        bool held, only_address;
};
struct journeys_mail_lines { size_t n; struct journeys_mail_line *row; };

/* The letters of one text of the pack. */
struct journeys_mail_group { struct text rule, title; size_t n; struct journeys_mail_line *row; };
struct journeys_mail_groups { size_t n; struct journeys_mail_group *row; };

struct journeys_mail_gone { struct text rule, name, subject, why; int64_t at; bool skipped; };
struct journeys_mails_gone { size_t n; struct journeys_mail_gone *row; };

struct journeys_mail_failure { struct text name, subject, error; };
struct journeys_mail_failures { size_t n; struct journeys_mail_failure *row; };

struct journeys_mails_view {
        int64_t day, letters, held;
        struct journeys_mail_groups groups;
        struct journeys_mails_gone gone;
        struct journeys_mail_failures failed;
        bool quota_full;                                /* letters wait for the next hour */
        int64_t quota, waiting;
};

struct journeys_mail_view {
        struct journeys_mail_line line;
        struct markup body;
        struct text path;                               /* of this page */
};

struct journeys_unsubscribe_view { bool wanted; struct text path; };

#endif
