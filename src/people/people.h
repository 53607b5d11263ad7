/*
 * People: who they are, what they are allowed, how they sign in, what others may read about them,
 * who did what to whom.
 *
 * Refuses: to say whether an address has an account; to give status (title, grade, employer,
 * department, team, profession) to the other side of a pair before both have said yes: ask
 * people_card(), never the status table.
 *
 * Wrong place? Taking part in a cohort: programmes/.  Being in a pair: journeys/.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_H
#define TELEMACHUS_PEOPLE_PEOPLE_H

#include "base/who.h"
#include "db/db.h"
#include "desk/desk.h"
#include "html/messages.h"

struct people_person {
        int64_t id;
        struct text email, first_name, last_name, phone;
        enum locale locale;
        const struct zone *zone;
        bool zone_confirmed;
        struct opt call_from, call_until;       /* minutes after local midnight */
        int structure;                          /* 0 light, 1 standard, 2 full */
        bool programme_mail;
        /* part of the calendar address; raised to revoke it */
        int64_t calendar_generation;
};

/* Absent if there is no such person. No permission check: for verbs that have made theirs. */
struct err people_get(struct tx *tx, int64_t person, struct people_person *out);
struct err people_by_email(struct tx *tx, struct text email, bool *found,
                           struct people_person *out);

/* Is this (folded) one of a person's addresses, the main one or another that they have confirmed? */
struct err people_has_address(struct tx *tx, int64_t person, struct text key, bool *yes);

/*
 * What somebody else may read. status is filled only when revealed is true; biography only when
 * approved.
 */
struct people_card {
        int64_t person;
        struct text first_name, city, languages, about, offers, wants, goals, interests,
                availability, biography;
        /* absent unless revealed */
        struct text title, grade, organisation, department, profession;
};
struct err people_card(struct tx *tx, int64_t person, bool revealed, struct people_card *out);

/*
 * The status facts, for staff pages and the solver. Never for a page, mail or file that the other
 * side gets.
 */
struct people_status { struct text title, grade, organisation, department, team, profession,
        manager_email, staff_id, managers_manager_email; };
struct err people_status(struct tx *tx, int64_t person, struct people_status *out);
/* By the organisation's own number: 0 if nobody has it, or more than one. */
struct err people_by_staff_id(struct tx *tx, struct text staff_id, int64_t *person, struct text *email);

/* Who is whose manager, of everybody known here, folded and ascending: a manager need not take part. */
struct people_manager { struct text email, manager; };
struct people_managers { size_t n; struct people_manager *row; };
struct err people_managers(struct tx *tx, struct people_managers *out);
/* absent if it is not known */
struct text people_manager_of(const struct people_managers *all, struct text email);

/* The place that a roster or the organisation gave; for staff. */
struct err people_location(struct tx *tx, int64_t person, struct text *out);

/*
 * What the solver reads of a whole cohort, by person id, in a few statements; person not 0: of that
 * person alone.  As with people_status(): never for a page, mail or file that the other side gets.
 */
struct people_dossier {
        int64_t person;
        struct text email, zone;
        bool zone_confirmed;
        struct text offers, wants, goals, interests, languages, availability;
        struct text grade, team, profession, manager_email, managers_manager_email;     /* addresses are folded */
        struct text values, formats, years;     /* from roster columns of that name */
};
struct people_dossier_list { size_t n; struct people_dossier *row; };
struct err people_dossiers(struct tx *tx, int64_t cohort, int64_t person, struct people_dossier_list *out);

/*
 * The identify hook of http/: who belongs to a session secret; touches the session at most once an
 * hour (by a job).
 */
struct err people_identify(struct tx *tx, struct text secret, struct who *out);
/* The touch hook of http/: the session lives on; writes at most once an hour. */
struct err people_touch(struct tx *tx, struct text hash);
/* The who of a person without a session (a signed link, a job). */
struct err people_who(struct tx *tx, int64_t person, struct who *out);
/* The machine itself: commands and jobs. */
extern const struct who people_system;

/* Exact questions. Forbidden if the answer is no. programme 0: any. */
struct err people_must_have(struct tx *tx, const struct who *who, unsigned roles,
                            int64_t programme);

struct people_new {
        struct text email, first_name, last_name, zone, locale, phone;
        bool zone_known;                        /* false: a guess, asked at the first visit */
};
/*
 * A person by mail address: made if new, left as it is if known. Invalid for a bad address or zone.
 */
struct err people_add(struct tx *tx, const struct who *who, const struct people_new *in,
                      int64_t *id, bool *made);

/* What a roster says about a person; absent means nothing is said. */
struct people_extra { struct text name, value; };
struct people_facts {
        struct text first_name, last_name, phone, zone;
        struct text offers, wants, goals, interests, languages, availability, location, biography;
        struct people_status status;
        size_t n_extra;
        const struct people_extra *extra;       /* for staff only, until a purpose is given */
};
/*
 * Brings a person up to date with a roster. own: the person has taken over what others read; then
 * only what is empty is filled, and status, which is the organisation's: there "-" says that there is
 * none. Another manager makes unknown who is above them, unless it is said. write false: only *changed
 * is found out.
 */
struct err people_take_facts(struct tx *tx, int64_t person, const struct people_facts *in,
                             bool own, bool write, bool *changed);

/*
 * Does a text hold a value, as whole words in any case? Values that say nothing ("yes", "n/a") are
 * held by no text. Pure.
 */
bool people_mentions(struct arena *a, struct text t, struct text value);
/*
 * A biography without the sentences that mention one of the values or speak of special-category
 * matters (health, belief, origin, orientation, union); *cut counts them. Absent when nothing is
 * left. Pure.
 */
struct text people_cut_biography(struct arena *a, struct text biography, const struct text *value,
                                 size_t n, int64_t *cut);

/*
 * Hours of a week as "mon-fri 17:00-20:00; sat 09:00-12:00": bit day * 3 + part, parts 08-12, 12-17
 * and 17-21. False: unreadable.
 */
bool people_week_read(struct text t, unsigned *parts);
struct text people_week_write(struct arena *a, unsigned parts);
/* The same for people to read, a line for each run of days: "Monday to Friday 17:00–20:00". Unreadable: as it is. */
struct text people_week_words(struct arena *a, enum locale l, struct text availability);

/* "pt, en" as the reader calls them: Portuguese, English. What is no language tag stays. Pure. */
struct text people_language_words(struct arena *a, enum locale l, struct text languages);
/* The other way: names in one of our languages become tags, so that "Englisch" and "en" are the same; others stay. Pure. */
struct text people_language_tags(struct arena *a, struct text words);
/* The tag of a folded name, if it is one of the usual ones; else what came. Fast. */
struct text people_language_key(struct text folded);

/*
 * Another mail address, as the person has told staff: mails go there from now on, those that waited at once, and the old
 * address hears of it if it is alive. Conflict if somebody has it; forbidden for staff, but to administrators.
 */
struct err people_change_address(struct tx *tx, const struct who *who, int64_t person, struct text email);
extern const struct desk_kind people_act_address;
bool people_is_address(struct text t);

/*
 * For somebody who has lost their second factor: codes, passkeys and recovery codes go, all sessions end, and they are told by
 * mail.  The mailed link (and a password) stays.  Only for the machine itself; forbidden to everybody else.
 */
struct err people_reset_second(struct tx *tx, const struct who *who, int64_t person);

struct err people_give_role(struct tx *tx, const struct who *who, int64_t person, const char *role,
                            int64_t programme);
struct err people_take_role(struct tx *tx, const struct who *who, int64_t person, const char *role,
                            int64_t programme);
/* Everybody with a role, e.g. the designated contacts. */
struct people_list { size_t n; struct people_person *row; };
struct err people_with_role(struct tx *tx, const char *role, int64_t programme,
                            struct people_list *out);

/* Programmes in which a person holds a role; scope 0 stands for all of them. */
struct people_scope_list { size_t n; int64_t *row; };
struct err people_scopes_of(struct tx *tx, int64_t person, const char *role,
                            struct people_scope_list *out);

/* Subscribes or unsubscribes from programme mails; event mails always go. */
struct err people_want_programme_mail(struct tx *tx, int64_t person, bool wanted);

/*
 * One attempt more at something; limit when there were more than most within the window (seconds of
 * machine time).
 */
struct err people_attempt(struct tx *tx, const char *what, struct text whom, int64_t window,
                          int64_t most);

/*
 * A one-time address for signing in (20 minutes; command line: 24 hours), as a path:
 * /sign-in/SECRET.
 */
struct err people_sign_in_path(struct tx *tx, int64_t person, struct text next, int64_t seconds,
                               struct text *path);

/* One line in the log of who did and who read what. Never content. */
struct err people_audit(struct tx *tx, const struct who *who, const char *act, int64_t about,
                        int64_t subject,
                        const char *detail);

/* Who did it to a thing and when, newest first. No permission check: for verbs that have made theirs. */
struct people_act_on { int64_t at; struct text first_name; };
struct people_acts_on { size_t n; struct people_act_on *row; };
struct err people_acts_on(struct tx *tx, const char *act, int64_t subject, struct people_acts_on *out);

#endif
