/*
 * Care: what the coordinator sees and does.  Flags with their rule, their data and since when;
 * calls with whom, why, when and what to ask; tickets; concerns.  Rules, not a secret score.
 *
 * Refuses: message contents, notes and goals' words to staff; concerns to anybody but designated
 * contacts.
 * Decides: flags open and close by rules in care_rules.c; two automatic nudges, then a person.
 *
 * Wrong place? Reminders by mail: journeys/.  Figures for the sponsor: evaluation/.
 */
#ifndef TELEMACHUS_CARE_CARE_H
#define TELEMACHUS_CARE_CARE_H

#include "base/who.h"
#include "db/db.h"
#include "desk/desk.h"
#include "html/messages.h"

/*
 * Opens and closes flags and calls of one cohort as of now; the job care.review runs it every
 * morning at 06:00 in the cohort's zone. Safe to run at any time and as often as wanted. Silent
 * pairs (97 days) come to their ending here.
 */
struct err care_review(struct tx *tx, int64_t cohort);
/* A new cohort: its morning reviews begin. */
struct err care_start_cohort(struct tx *tx, int64_t cohort);

struct care_flag {
        int64_t id, pair, person, level, since, opened_at;
        struct text rule, data;                 /* data: JSON with the figures the rule saw */
        struct text names;                      /* "Tariq and Ana" or "Mei" */
        struct text chip, sentence;             /* "quiet 34 days", and the whole of it */
};
struct care_flag_list { size_t n; struct care_flag *row; };
/* Open ones, red first, then the oldest. */
struct err care_flags(struct tx *tx, const struct who *who, int64_t cohort,
                      struct care_flag_list *out);
/* quiet_until: a moment before which the same rule is not to speak again; absent: in 14 days, if it
 * still holds. batch: the bulk act it is a part of, or 0. */
struct err care_close_flag(struct tx *tx, const struct who *who, int64_t flag, struct text why,
                           struct opt quiet_until, int64_t batch);

struct care_call {
        int64_t id, cohort, pair, person, due_at, until_at, attempts;
        struct text kind, state, first_name, last_name, phone;
        struct text why;                        /* a sentence in the reader's language */
        struct text chip;                       /* words of its flag; absent: a call of the plan */
        bool red;
        const struct zone *zone;
        int64_t best_at;                        /* the next good moment there: care_best_at() */
        bool good_now;
};
struct care_call_list { size_t n; struct care_call *row; };
/* Due today or before, in ringing order: urgency, then who has good hours now, then whose come
 * first. */
struct err care_calls(struct tx *tx, const struct who *who, int64_t cohort,
                      struct care_call_list *out);

/* outcome: fine, plan, change, end, not-reached. team_note: the other coordinators read it;
 * private_note: only its writer does. */
struct care_outcome {
        struct text outcome;
        int64_t minutes;
        struct text action;
        struct opt action_day;
        struct text team_note, private_note;
};
/*
 * Two clicks: outcome and save. "not-reached" counts an attempt: the first is tried again on the
 * next working day, the second sends a letter and is tried again after a week, the third makes the
 * person unreachable and flags it.
 */
struct err care_log_call(struct tx *tx, const struct who *who, int64_t call,
                         const struct care_outcome *in);
struct err care_schedule_call(struct tx *tx, const struct who *who, int64_t call, int64_t at);
/* Somebody asks to be rung (a pulse, a flag's page): due at once, within two working days. One that
 * is open already stays. */
struct err care_ask_call(struct tx *tx, int64_t cohort, int64_t pair, int64_t person,
                         const char *kind, struct text why);

/* Is there one of that kind about the person alone that nobody has made yet? */
struct err care_call_waits(struct tx *tx, int64_t cohort, int64_t person, const char *kind,
                           bool *waits);

struct care_ticket_new { int64_t cohort; struct text category, body, address, page; };
/* Signed in or not (then address is needed); the coordinator gets a letter. cohort 0: the person's
 * newest one. */
struct err care_ask_help(struct tx *tx, const struct who *who, const struct care_ticket_new *in,
                         int64_t *ticket);
/* The answer goes to the person by mail. */
struct err care_answer_ticket(struct tx *tx, const struct who *who, int64_t ticket,
                              struct text body, bool close);

/* pair: the reporter's own that it is about, the other one in it included; 0: none. not_for: a contact who is not to read it. */
struct care_concern_new { int64_t level, pair, not_for; struct text body, reach; bool anonymous; };
/* level 0 to 3 (S0 .. S3). code: what the reporter keeps to look up the state. A pair that it is about is suspended at once,
 * whatever the level: docs/decisions/concerns.md. */
struct err care_raise_concern(struct tx *tx, const struct who *who,
                              const struct care_concern_new *in, struct text *code);

/*
 * All pairs of a cohort that a rule about work forbids by now (rule: manager, managers_manager, same_manager, same_team): each
 * gets a red flag at once, and loses it when it is no longer among them. For matching/, which looks.
 */
struct care_forbidden { int64_t pair; struct text rule; };
struct err care_flag_forbidden(struct tx *tx, int64_t cohort, const struct care_forbidden *row, size_t n);

/* What the desk does here, as it is noted and taken back. */
extern const struct desk_kind care_act_call, care_act_time, care_act_flag, care_act_ring, care_act_answer;

/* Does a pair rest because of a concern? Then a designated contact decides, not the coordinator. */
struct err care_holds_pair(struct tx *tx, int64_t pair, bool *holds);

/* What the desk's side navigation counts. */
/* What stands open about one pair: its flags, red first, and who is to be rung. For a page of staff that has asked who may. */
struct care_waiting { int64_t id; struct text first_name; };
struct care_of_pair { size_t n_flags, n_calls; struct care_flag *flag; struct care_waiting *call; };
struct err care_of_pair(struct tx *tx, const struct who *who, int64_t pair, struct care_of_pair *out);

/* Flags and calls: those of the reader's own pairs, where several look after them. */
struct care_counts { int64_t flags, calls, tickets, concerns, pairs; struct text cohort_name; };
struct err care_counts(struct tx *tx, const struct who *who, int64_t cohort,
                       struct care_counts *out);

/* Monday's letter (R38): what needs the coordinator this week, red first, as Markdown items; absent
 * when nothing does. */
struct err care_digest(struct tx *tx, int64_t cohort, enum locale locale,
                       struct text *markdown_list);

#endif
