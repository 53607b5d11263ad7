/* What the pages of cohorts and gates are given. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_VIEW_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_VIEW_H

#include "html/html.h"
#include "html/letter.h"
#include "programmes/programmes_rules.h"

struct programmes_proof_letter {
        struct text first_name, url;
};

/* Asks a sponsor to sign. */
struct programmes_sponsor_letter {
        struct text first_name, by, cohort, url;
};

/* Tells somebody of the part they have been given. */
struct programmes_part_letter {
        struct text first_name, by, programme, cohort, url;
        bool contact, deputy; /* else a coordinator */
};

struct programmes_front_view {
        struct text organisation;
};
struct programmes_proof_view {
        struct text token;
        bool proved;
};

struct programmes_phase_line {
        int64_t ordinal, from_day, until_day, last_day;
        struct text title, sentence;
        bool now, over, moved, fixed;
};
struct programmes_phase_lines {
        size_t n;
        struct programmes_phase_line *row;
};

struct programmes_gathering_line {
        struct text title;
        int64_t day;
};
struct programmes_gathering_lines {
        size_t n;
        struct programmes_gathering_line *row;
};

/* What follows from a plan. */
struct programmes_follows {
        bool known; /* false: the figures do not make a plan yet */
        int64_t launch_day, end_day, pairs;
        struct programmes_load load;
        struct programmes_phase_lines phases;
        struct programmes_gathering_lines gatherings;
        bool short_of_hours;
        double hours;
};

struct programmes_new_view {
        struct text name, pack, zone, touch, hours, purpose, success, help_phone;
        int64_t launch_day, size, staff_hours;
        bool in_person, first;
        struct html_options packs, touches;
        struct programmes_follows follows;
};

struct programmes_other {
        int64_t id, launch_day;
        struct text name, programme_name;
};
struct programmes_others {
        size_t n;
        struct programmes_other *row;
};

struct programmes_cohort_view {
        bool ended, closed; /* its last day is over; staff has closed it */
        bool none;
        struct programmes_cohort c;
        const char *state; /* catalogue key */
        int64_t last_day;
        struct text pack_title, zone_city;
        int64_t mentors, mentees, missing, asked;
        enum programmes_gate gate; /* the one ahead */
        struct programmes_others others;
        bool through;              /* both are behind */
        struct programmes_phase_lines phases;
};

struct programmes_gate_part {
        struct programmes_requirement_list list;
        int64_t met, aside, missing;
        bool passed;
};
struct programmes_gates_view {
        struct text name;
        int64_t launch_day;
        struct programmes_gate_part open, launch;
        bool in_person, late;
};

struct programmes_phases_view {
        struct programmes_phase_lines phases;
        int64_t launch_day, end_day;
        bool launched;
        struct text zone_city;
};

struct programmes_phase_view {
        struct programmes_phase_line p;
};
struct programmes_aside_view {
        struct text key;
        struct programmes_requirement r;
};

struct programmes_role_line {
        int64_t person;
        struct text first_name, last_name, email;
        const char *role, *words;
        bool lasting;
};
struct programmes_role_lines {
        size_t n;
        struct programmes_role_line *row;
};
struct programmes_staff_view {
        struct programmes_role_lines people;
        struct html_options roles;
        struct text help_name, help_email, help_phone, programme;
        int64_t staff_hours, peak;
};

struct programmes_success_line {
        int64_t cohort;
        struct text name, programme, purpose, success, signed_by, sponsors; /* sponsors: who has been asked */
        bool written, may_sign;
        struct opt signed_at;
};
struct programmes_success_lines {
        size_t n;
        struct programmes_success_line *row;
};
struct programmes_success_view {
        struct programmes_success_lines lines;
        bool may_write; /* staff: a form instead of a text */
        bool to_sign;   /* something waits for the reader's signature */
        bool launched;
};

#endif
