/*
 * How people come into a cohort: its public page, invitations and nominations, applications in three
 * screens, and what staff makes of them.
 *
 * Refuses: to say whether an address is known; to write to somebody again who said no in this cohort;
 * to show an application to anybody but its owner and the staff of its cohort; to decide by itself:
 * even the draw only makes an order, and a person accepts.
 *
 * Wrong place? Lists of people that are in already: programmes/roster.h.  The letters R01 to R03: the
 * pack and journeys/.  What people write about themselves once they are in: people/.
 */
#ifndef TELEMACHUS_RECRUITING_RECRUITING_H
#define TELEMACHUS_RECRUITING_RECRUITING_H

#include "base/who.h"
#include "db/db.h"
#include "programmes/programmes.h"

/* ---- the public page ---- */

enum recruiting_door {
        DOOR_SOON,                      /* the first gate is still shut, or the day has not come */
        DOOR_OPEN,
        DOOR_FULL,                      /* open: mentors, and mentees for the waiting list */
        DOOR_CLOSED,
};

struct recruiting_page {
        enum recruiting_door door;
        struct text taking;             /* dates, open, closed: what staff chose */
        int64_t opens_day, closes_day, answer_day;      /* days of the cohort's zone */
        bool own_closes_day;
        struct text headline, for_whom, gives, asks;    /* absent: the usual words */
        int64_t mentors, mentees;       /* accepted so far */
};
/* No permission check: the page is public. */
struct err recruiting_page(struct tx *tx, const struct programmes_cohort *c, struct recruiting_page *out);
/* The last day for applications, for letters that name it. */
struct err recruiting_closes(struct tx *tx, const struct programmes_cohort *c, int64_t *day);

struct recruiting_page_words {
        struct text taking, headline, for_whom, gives, asks;
        int64_t closes_day;             /* 0: the plan's */
};
/* Staff only. Invalid names the field. */
struct err recruiting_write_page(struct tx *tx, const struct who *who, int64_t cohort,
                                 const struct recruiting_page_words *in);

/* ---- invitations ---- */

/* The personal address, absolute: reading and writing this application, saying no, withdrawing. Nothing else. */
struct text recruiting_url(struct tx *tx, int64_t cohort, int64_t person);

/* What became of those that staff asked at once. */
struct recruiting_asked {
        int64_t asked, here, said_no;   /* new; in the cohort already; not asked again */
        size_t n_bad;
        struct recruiting_bad { int64_t line; struct text what; } *bad;
};
/*
 * One address on each line: "ana@example.org", "Ana Lima <ana@example.org>", or the same separated by
 * commas or semicolons.  Staff only. Bad lines are reported; the others are asked.
 */
struct err recruiting_invite_lines(struct tx *tx, const struct who *who, int64_t cohort, bool mentor,
                                   struct text lines, struct recruiting_asked *out);
/* People that are known here already. Staff only. */
struct err recruiting_invite_people(struct tx *tx, const struct who *who, int64_t cohort, bool mentor,
                                    const int64_t *person, size_t n, struct recruiting_asked *out);
/* Everybody who came to a proper end in an earlier cohort of the same programme, as mentors. Staff only. */
struct err recruiting_invite_alumni(struct tx *tx, const struct who *who, int64_t cohort, int64_t earlier,
                                    struct recruiting_asked *out);

struct recruiting_nomination {
        struct text first_name, last_name, email, why, by_name, by_email;
        bool mentor;
};
/*
 * Suggests somebody. Who has signed in is believed, and the letter goes; others wait for staff.
 * Conflict while the cohort takes no applications; limit for the same address (ip) too often.
 */
struct err recruiting_nominate(struct tx *tx, const struct who *who, int64_t cohort, struct text ip,
                               const struct recruiting_nomination *in);
/* Staff only: invite, or leave it. */
struct err recruiting_settle_nomination(struct tx *tx, const struct who *who, int64_t nomination, bool invite);

/* By the holder of the personal link; reason may be absent. Nothing once they have applied. */
struct err recruiting_decline(struct tx *tx, int64_t cohort, int64_t person, struct text reason);

/*
 * An address given on the public page: its link goes there by mail, whether it is known or not.
 * Limit for too many; conflict while the door is shut.
 */
struct err recruiting_begin(struct tx *tx, int64_t cohort, struct text email, int locale, struct text ip);
/* Somebody signed in begins: like an invitation that they gave themselves. */
struct err recruiting_begin_own(struct tx *tx, const struct who *who, int64_t cohort, bool mentor);

/* ---- the application ---- */

struct recruiting_application {
        int64_t id, cohort, person;     /* id 0: nothing is saved yet, the rest is what is known */
        struct text state;              /* draft, sent, asked, waiting, accepted, declined, withdrawn */
        bool mentor, mentee;
        int64_t capacity;
        struct text first_name, last_name, zone, offers, wants, goals, languages, availability;
        bool named;                     /* the name is known from a list: shown, not asked */
        int64_t screens, saves;
        struct opt sent_at, decided_at, answer_day;
        struct text words;
        bool declined;                  /* the invitation was */
        struct text invited_as;         /* mentor, mentee; absent: came by themselves */
};
/* As saved, else prefilled from what is known. No permission check: for the holder of the link. */
struct err recruiting_of(struct tx *tx, int64_t cohort, int64_t person, struct recruiting_application *out);

enum recruiting_screen { SCREEN_YOU = 1, SCREEN_WHAT, SCREEN_WHEN };
/*
 * Saves one screen of the draft; only that screen's members are read. unfinished: what is missing is
 * not complained about. Invalid names the field. Conflict once it was sent or the door is shut.
 */
struct err recruiting_save(struct tx *tx, int64_t cohort, int64_t person, enum recruiting_screen screen,
                           const struct recruiting_application *in, bool unfinished);
/* agreed: to the notice above the button. Invalid with the first screen that lacks something. */
struct err recruiting_send(struct tx *tx, int64_t cohort, int64_t person, bool agreed);
/* At any time before they have a partner; conflict then. */
struct err recruiting_withdraw(struct tx *tx, int64_t cohort, int64_t person);
struct err recruiting_answer(struct tx *tx, int64_t cohort, int64_t person, struct text answer);
/* Three letters with dates (R36) to the line manager, never contents. email absent: the one that is known. */
struct err recruiting_manager(struct tx *tx, int64_t cohort, int64_t person, bool wanted, struct text email);

/* A link from a mail is used for the first time: a person who was only an address becomes one. */
struct err recruiting_start_person(struct tx *tx, int64_t start, int64_t *cohort, int64_t *person);

/* ---- what staff makes of it: staff of its cohort only ---- */

struct err recruiting_accept(struct tx *tx, const struct who *who, int64_t application, struct text words);
/* next_day: when they can apply again. */
struct err recruiting_refuse(struct tx *tx, const struct who *who, int64_t application, struct text words,
                             int64_t next_day);
/* answer_day: by when they hear. */
struct err recruiting_wait(struct tx *tx, const struct who *who, int64_t application, struct text words,
                           int64_t answer_day);
struct err recruiting_ask(struct tx *tx, const struct who *who, int64_t application, struct text question);
/* Makes an order of those who wait on one side, and keeps it with its seed. Conflict if nobody waits. */
struct err recruiting_draw(struct tx *tx, const struct who *who, int64_t cohort, bool mentor);

/* What unsuccessful applicants wrote, and suggestions, are deleted half a year after the end. Called daily. */
struct err recruiting_forget(struct tx *tx, const struct programmes_cohort *c);

/* What waits for staff: applications to read, answers, nominations. For counts beside a menu. */
struct err recruiting_waiting(struct tx *tx, int64_t cohort, int64_t *n);

#endif
