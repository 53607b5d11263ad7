/*
 * How well two people fit, and which pairs must not be: pure decisions on plain values.  No
 * database, clock, random, allocation or log.  Weights and limits are data, shown to coordinators
 * and editable by them.
 *
 * What is missing is neutral (one half), fails no floor and forbids nothing.
 *
 * Wrong place? Who goes with whom in the end: matching_solve.h.
 */
#ifndef TELEMACHUS_MATCHING_RULES_H
#define TELEMACHUS_MATCHING_RULES_H

#include "base/text.h"

#define MATCHING_ONE 1000000            /* parts and totals are millionths */

/* A skill, what is broader, and its family, as numbers; 0 is nobody's. All zero: the words name no skill. */
struct matching_skill_path { int32_t id[3]; };

struct matching_words {
        const struct text *p;
        size_t n;
        const struct text *said;                /* as people wrote them; NULL: p */
        const struct matching_skill_path *skills;       /* which of p name a skill: follows from the words alone; NULL: none */
};

/*
 * The hours of a week in which somebody is free: bit h is the hour that begins h hours after Monday
 * 00:00.
 */
struct matching_week { uint64_t bits[3]; bool known; };

/* The same in half hours of UTC, so that any two people can be compared. */
struct matching_utc_week { uint64_t bits[6]; bool known; };

/*
 * A programme's days between changes of anybody's clock.  The longest season is the first.
 */
enum { MATCHING_SEASONS = 12, MATCHING_LASTING_DAYS = 28 };
struct matching_span { int n; int32_t days[MATCHING_SEASONS]; };

/*
 * One person.  All text is folded (text_fold()) by whoever fills this in; an absent text or an
 * empty list is missing data. Texts are borrowed.
 */
struct matching_profile {
        int64_t person;
        struct text email, manager_email;
        /* the manager of the manager, where the roster knows */
        struct text managers_manager_email;
        struct text team, function, grade;
        int years;                              /* of experience; 0: not said */
        struct matching_words offers, wants, goals, interests, values, languages, formats;
        /* per want, at least 1: importance, rarity; NULL: all alike */
        const int32_t *want_weights;
        struct matching_words not_with;         /* mail addresses; private */
        struct matching_utc_week week;          /* in the first season */
        int offset_minutes;                     /* of the time zone, east of UTC, in the first season */
        const struct matching_span *span;       /* NULL: clocks never change */
        int16_t shift[MATCHING_SEASONS];        /* half hours that the clock is ahead of the first season's */
        bool zone_known;
        bool no_consent;                        /* asked not to be matched */
};

/* What a want weighs when nothing is said about it; a goal weighs half of that. */
enum { MATCHING_WANT_WEIGHT = 16, MATCHING_GOAL_WEIGHT = 8 };

/*
 * A want's weight: the first of a list counts half as much again, the second a quarter.  One that
 * fewer than a fifth of the mentors offer counts up to twice; one that nobody offers does not.
 */
int32_t matching_rules_want_weight(size_t place, int64_t offering, int64_t mentors);

/* What is known about the two together. */
struct matching_facts {
        int wish;               /* 1 to 5: the mentee's rank of this mentor; 0: none */
        bool wishes_made;       /* the mentee ranked somebody */
        bool marked;            /* the mentor marked this mentee */
        /* a shared characteristic the mentee asked for: 1 there, -1 not, 0 nothing asked */
        int asked;
        bool paired;            /* an active pair already */
        bool concern;           /* an open concern, or a pair closed for conduct */
        bool panel;             /* appraisal, grievance or selection panel */
};

enum matching_part {
        MATCHING_GOALS, MATCHING_WISHES, MATCHING_LIKENESS, MATCHING_TIME,
        MATCHING_LEVEL, MATCHING_FUNCTION, MATCHING_FORMAT, MATCHING_ASKED,
        MATCHING_PARTS
};

/* Hard rules, as bits. The solver cannot override them; each is logged and explained. */
enum matching_rule {
        MATCHING_SELF            = 1 << 0,
        MATCHING_PAIRED          = 1 << 1,
        MATCHING_MANAGER         = 1 << 2,      /* one is the other's line manager */
        MATCHING_MANAGERS_MANAGER = 1 << 3,
        MATCHING_SAME_MANAGER    = 1 << 4,
        MATCHING_PANEL           = 1 << 5,
        MATCHING_SAME_TEAM       = 1 << 6,
        MATCHING_NOT_WITH        = 1 << 7,
        MATCHING_CONCERN         = 1 << 8,
        MATCHING_NO_LANGUAGE     = 1 << 9,      /* none in common */
        /* zones too far apart and too few hours in common */
        MATCHING_NO_HOURS        = 1 << 10,
        MATCHING_NO_CONSENT      = 1 << 11,
        MATCHING_SAME_FUNCTION   = 1 << 12,     /* only where the programme wants different ones */
        /* only where the programme wants a least distance */
        MATCHING_LEVEL_GAP       = 1 << 13,
        MATCHING_LOW_TOTAL       = 1 << 14,     /* below the floor of the whole score */
        MATCHING_LOW_GOALS       = 1 << 15,     /* below the floor of goals and skills */
};

struct matching_weights {
        /* any scale, 0 or more; the total is divided by their sum */
        int32_t part[MATCHING_PARTS];
        int32_t floor_total, floor_goals;       /* millionths */
        int32_t max_zone_minutes;           /* difference of the two offsets */
        int32_t least_half_hours;           /* in common, enough even across more zones */
        bool same_team_allowed, different_function;
        int32_t least_level_gap;            /* 0: none wanted */
};

extern const struct matching_weights matching_weights_default;

/*
 * Why the two fit, in words both sides may see: never from title, grade, employer, department, or a
 * private wish.
 */
enum matching_reason_code {
        MATCHING_BECAUSE_NOTHING,
        MATCHING_BECAUSE_WANT,          /* value: what the mentee wants and the mentor offers */
        MATCHING_BECAUSE_GOAL,          /* value: the mentee's goal that the mentor's offers meet */
        MATCHING_BECAUSE_VALUE,         /* value: something that matters to both */
        MATCHING_BECAUSE_INTEREST,      /* value: an interest of both */
        MATCHING_BECAUSE_HOURS,         /* number: half hours of the week in which both are free */
        MATCHING_BECAUSE_LANGUAGE,      /* value: the language both prefer */
        MATCHING_BECAUSE_FORMAT,        /* value: the way of meeting both prefer */
};

struct matching_reason {
        enum matching_reason_code code;
        struct text value;              /* borrowed from the profiles */
        int number;
};

struct matching_fit {
        int64_t score;                          /* millionths, 0 to MATCHING_ONE */
        int32_t part[MATCHING_PARTS];           /* millionths; for coordinators */
        bool known[MATCHING_PARTS];             /* false: neutral for want of data */
        unsigned forbidden;                     /* enum matching_rule, or-ed; 0: allowed */
        /* rules that could not be looked at for want of data */
        unsigned unknown;
        /* strongest first; MATCHING_BECAUSE_NOTHING ends them */
        struct matching_reason reason[3];
};

void matching_rules_fit(const struct matching_profile *mentee,
                        const struct matching_profile *mentor, const struct matching_facts *facts,
                        const struct matching_weights *weights, struct matching_fit *fit);

/*
 * How much of a wish an offer meets, millionths: all of it if the words or the skills are the same,
 * 600000 if one is the broader of the other, 400000 if both stand below one skill (not merely one
 * family).  Words that name no skill: the share of the wish's words that the offer has.
 */
enum { MATCHING_NEXT = 600000, MATCHING_NEAR = 400000 };
int32_t matching_rules_meets(struct text wish, const struct matching_skill_path *wish_skill,
                             struct text offer, const struct matching_skill_path *offer_skill);
/* The next word of at least three bytes: shorter ones say little. False at the end. */
bool matching_rules_word(struct text t, size_t *at, struct text *word);

/*
 * Half hours a week in which both are free: the fewest of all seasons that last, since a partner
 * who is there for one half of the year only is none.  Both weeks must be known.
 */
int matching_rules_common(const struct matching_profile *a, const struct matching_profile *b);
/* The differences between two clocks, in half hours more than in the first season, that last four weeks or longest. */
int matching_rules_differences(const struct matching_span *span, const int16_t *a, const int16_t *b,
                               int16_t difference[MATCHING_SEASONS]);

/* Distance in grades and in years, as a part. */
int32_t matching_rules_steps(int gap);
int32_t matching_rules_years(int64_t gap);

/* The hard rules alone, into fit->forbidden and fit->unknown. */
void matching_rules_hard(const struct matching_profile *mentee,
                         const struct matching_profile *mentor, const struct matching_facts *facts,
                         const struct matching_weights *weights, struct matching_fit *fit);

/* "goals", "same_team": static, stable; for JSON and catalogue keys. rule is one bit. */
const char *matching_part_name(enum matching_part part);
const char *matching_rule_name(enum matching_rule rule);
const char *matching_reason_name(enum matching_reason_code code);

/*
 * A grade as a step of a ladder: AA 1, AO 2, EO 3, HEO 4, SEO 5, G7 6, G6 7, SCS1 8 .. SCS4 11;
 * plain numbers as they are. False: not known. Folding does not matter.
 */
bool matching_grade(struct text grade, int *step);

/*
 * "mon-fri 17:00-20:00; sat 09:00-12:00": false, and the place in *at, when it cannot be read.
 * Empty is not known.
 */
bool matching_week_parse(struct text t, struct matching_week *out, size_t *at);

/* Offsets are rounded to half hours (Nepal and the Chathams are a quarter off). */
struct matching_utc_week matching_week_utc(const struct matching_week *local, int offset_minutes);
int matching_week_common(const struct matching_utc_week *a, const struct matching_utc_week *b);
/* The same hours so many half hours later; earlier when negative. */
struct matching_utc_week matching_week_later(const struct matching_utc_week *w, int halves);

#endif
