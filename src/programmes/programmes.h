/*
 * Programmes and cohorts: dates, phases, gates, who takes part.  A cohort is made from a pack in at
 * most twelve decisions and cannot open, or launch, while something its gate names is missing.
 *
 * Wrong place? What a pack says: content/pack.h.  What a pair does: journeys/.
 */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_H

#include "base/who.h"
#include "content/pack.h"
#include "db/db.h"
#include "os/zone.h"

struct programmes_cohort {
        int64_t id, programme;
        struct text slug, name, programme_name, state;
        const struct pack *pack;
        const struct zone *zone;
        int locale;
        int64_t launch_day, end_day; /* day numbers in zone */
        int64_t launch_at;           /* 09:30 on the launch day */
        int64_t size;
        struct text touch; /* high, standard, light */
        double staff_hours;
        struct text help_name, help_email, help_phone;
        int64_t coordinator;
        struct opt deputy;
        bool in_person, status_blind;
        struct text purpose, success; /* success: what it means, in the sponsor's words */
        struct opt success_signed_by, success_signed_at;
        struct opt opened_at, launched_at, closed_at;
};

struct err programmes_cohort(struct tx *tx, int64_t cohort, struct programmes_cohort *out);
struct err programmes_cohort_by_slug(struct tx *tx, struct text slug,
                                     struct programmes_cohort *out);

/* May this person run the cohort? Absent (not forbidden) for those who may not know of it. */
struct err programmes_staff(struct tx *tx, const struct who *who, int64_t cohort);
/*
 * The cohort that staff is looking at: the only one, else the latest one touched, of those they may
 * see. Absent: none yet.
 */
struct err programmes_current(struct tx *tx, const struct who *who, int64_t *cohort);
/* From now on programmes_current() gives this one to who. Absent unless they may run it. */
struct err programmes_look_at(struct tx *tx, const struct who *who, int64_t cohort);
struct programmes_cohort_list {
        size_t n;
        struct programmes_cohort *row;
};
struct err programmes_cohorts(struct tx *tx, const struct who *who,
                              struct programmes_cohort_list *out);
/*
 * Cohorts whose guidance is still read (applications .. closed less than 200 days ago): those that a
 * changed text reaches.
 */
struct err programmes_alive(struct tx *tx, struct programmes_cohort_list *out);

struct programmes_participant {
        int64_t id, cohort, person;
        bool mentor; /* else mentee */
        struct text state;
        int64_t capacity;
        struct opt accepted_at, ready_at, profile_confirmed_at;
        struct text first_name, last_name, zone;
        bool manager_opted_in;
};
struct programmes_participant_list {
        size_t n;
        struct programmes_participant *row;
};
struct err programmes_participants(struct tx *tx, int64_t cohort,
                                   struct programmes_participant_list *out);
/*
 * This person's parts; empty for staff.  Those in which they take part or took part come before
 * invitations and applications; newest cohort first.
 */
struct err programmes_parts_of(struct tx *tx, int64_t person,
                               struct programmes_participant_list *out);
/*
 * Into the cohort, in a state of programmes_participant_state; *id is 0 if they were in it already.
 * Staff only.
 */
struct err programmes_join(struct tx *tx, const struct who *who, int64_t cohort, int64_t person,
                           bool mentor, const char *state, int64_t capacity, int64_t *id);

/* ---- before they take part; whoever calls has asked who may (recruiting/) ---- */

/*
 * An application is begun: from now on they are reminded of it, not of the invitation. Who had said no has thought better
 * of it.
 */
struct err programmes_begin(struct tx *tx, int64_t cohort, int64_t person);
/*
 * They apply for these parts and no others: what was an invitation becomes an application. capacity
 * is a mentor's. Conflict if they take part already, or left.
 */
struct err programmes_apply(struct tx *tx, int64_t cohort, int64_t person, bool mentor, bool mentee, int64_t capacity);
/* yes: in, exactly as a row of a list would be. no: out, with whatever was undecided. */
struct err programmes_admit(struct tx *tx, const struct who *who, int64_t cohort, int64_t person, bool yes);

/* The owner has read and confirmed the profile that others see; in every cohort. */
struct err programmes_confirm_profile(struct tx *tx, int64_t person);
/* May the line manager get letters with dates and how to help (R36)? Never contents; off until the person says so. */
struct err programmes_manager_letters(struct tx *tx, int64_t person, bool wanted);
/* A cohort of this person that who runs, the newest; 0 if they take part in none of them. */
struct err programmes_cohort_of(struct tx *tx, const struct who *who, int64_t person, int64_t *cohort);
struct err programmes_set_state(struct tx *tx, int64_t participant, const char *state);
/* How many mentees a mentor takes, 1 to 6; a roster that comes in later says it anew. Staff only. */
struct err programmes_set_capacity(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentor, int64_t capacity);
/*
 * Checks training and the confirmed profile and moves accepted -> ready. Called by learning/ and
 * people/.
 */
struct err programmes_check_ready(struct tx *tx, int64_t cohort, int64_t person);

struct programmes_new {
        struct text name, programme_name, pack, zone, touch, purpose, success, help_name,
                help_email, help_phone;
        int64_t launch_day, size;
        double staff_hours;
        int64_t coordinator;
        struct opt deputy;
        bool in_person;
        /* sitting times, "09:30, 16:00"; absent: from the participants' zones */
        struct text hours;
};
/*
 * Phases and gatherings follow from the pack; everything else has a default. Invalid names the
 * field.
 */
struct err programmes_create(struct tx *tx, const struct who *who, const struct programmes_new *in,
                             int64_t *cohort);
/* The neighbour before it ends where it begins. Invalid names "from_day". */
struct err programmes_move_phase(struct tx *tx, const struct who *who, int64_t cohort,
                                 int64_t ordinal, int64_t from_day);
/*
 * Before the launch: every phase and gathering that is still to come follows. Invalid names
 * "launch_day".
 */
struct err programmes_move_launch(struct tx *tx, const struct who *who, int64_t cohort,
                                  int64_t launch_day);
/*
 * What it is for and what success means; an earlier signature no longer holds. Staff; conflict
 * after the launch.
 */
struct err programmes_write_success(struct tx *tx, const struct who *who, int64_t cohort,
                                    struct text purpose, struct text success);
/* By a sponsor of the programme who does not run the cohort. */
struct err programmes_sign_success(struct tx *tx, const struct who *who, int64_t cohort);
/* Who answers, and how many hours a week the staff has. */
struct programmes_help {
        struct text name, email, phone;
        double staff_hours;
};
struct err programmes_set_help(struct tx *tx, const struct who *who, int64_t cohort,
                               const struct programmes_help *in);
/* The cohorts whose success a sponsor signs, newest first. */
struct err programmes_sponsored(struct tx *tx, const struct who *who,
                                struct programmes_cohort_list *out);

/*
 * Sends a test mail to who; following its link proves that mail arrives. *path is the link's
 * (/desk/cohort/mail-proof/..). A proof holds for the whole installation, for 90 days.
 */
struct err programmes_ask_mail_proof(struct tx *tx, const struct who *who, int64_t cohort,
                                     struct text *path);
struct err programmes_prove_mail(struct tx *tx, struct text secret);

struct programmes_phase {
        int64_t ordinal, from_day, until_day;
        const struct pack_phase *pack; /* title, sentence */
        bool moved;
};
struct programmes_phase_list {
        size_t n;
        struct programmes_phase *row;
};
struct err programmes_phases(struct tx *tx, const struct programmes_cohort *c,
                             struct programmes_phase_list *out);

/* ---- the two gates ---- */

enum programmes_gate { GATE_OPEN, GATE_LAUNCH };

struct programmes_requirement {
        const char *key;   /* "gatherings", "success", "mail" ... */
        const char *title; /* catalogue key: what is asked for */
        bool met, overridden;
        /* what there is, in the reader's language: "2 of 4 gatherings have a link" */
        struct text found;
        struct text remedy_path; /* where to mend it */
        const char *remedy;      /* catalogue key: "Add a gathering" */
        /* a gathering's, in a cohort that meets in person */
        bool may_override;
        struct text override_by, override_reason;
        int64_t override_at;
};
struct programmes_requirement_list {
        size_t n;
        struct programmes_requirement *row;
        bool passable;
};

/* The live checklist, computed now. */
struct err programmes_gate(struct tx *tx, const struct who *who, int64_t cohort,
                           enum programmes_gate gate, struct programmes_requirement_list *out);
/*
 * Conflict, naming what is missing, unless every requirement is met or overridden. Launch starts
 * every pair's clock.
 */
struct err programmes_pass_gate(struct tx *tx, const struct who *who, int64_t cohort,
                                enum programmes_gate gate);
/* Only for gatherings in person; forbidden otherwise. By name, with a reason, in the audit log. */
struct err programmes_override(struct tx *tx, const struct who *who, int64_t cohort,
                               enum programmes_gate gate, struct text requirement,
                               struct text reason);

#endif
