/*
 * The design worksheet: twelve decisions, kept as a draft, from which a cohort is made.  Everything else has a default that
 * is shown with its reason.
 *
 * A draft belongs to whoever began it; administrators see all.  Once it is made it belongs to the cohort.
 *
 * Wrong place? What a cohort is: programmes/programmes.h.  What a pack brings: content/pack.h.
 */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_DESIGN_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_DESIGN_H

#include "programmes/programmes.h"

/* What a coordinator decides; the order is that of the worksheet. Never more than twelve. */
enum programmes_decision {
        DECIDE_PURPOSE, DECIDE_SUCCESS, DECIDE_AUDIENCE,
        DECIDE_LENGTH, DECIDE_LAUNCH, DECIDE_SIZE,
        DECIDE_TOUCH, DECIDE_HOURS, DECIDE_BUDGET,
        DECIDE_SPONSOR, DECIDE_RISKS, DECIDE_PRIVACY,
        PROGRAMMES_DECISIONS,
};

/* Figures of the report that can have a target. */
enum { PROGRAMMES_TARGETS = 6 };

struct programmes_design {
        int64_t id, by_person, changed_at;
        struct opt cohort;              /* absent: a draft */
        struct text by_name;
        /* decisions: "" or 0 while they are open */
        struct text purpose, success, audience, pack, touch, budget, sponsor_name, sponsor_email, risks, basis;
        int64_t launch_day, size, staff_hours;
        /* what has a default: "" for it */
        struct text name, zone, hours, help_phone, officer;
        bool in_person;
        int64_t target[PROGRAMMES_TARGETS];     /* per cent, 0: none; as programmes_target_row() orders them */
};

/* ---- pure, programmes_design_rules.c ---- */

struct programmes_decision_row {
        const char *field;              /* of the form; where a link leads */
        const char *question;           /* catalogue key */
};
const struct programmes_decision_row *programmes_decision_row(enum programmes_decision d);
bool programmes_decided(enum programmes_decision decision, const struct programmes_design *d);
int programmes_decisions_made(const struct programmes_design *design);

struct programmes_target_row {
        const char *figure, *title, *reason;    /* key of evaluation/; catalogue keys */
        int64_t usual;                  /* per cent */
};
const struct programmes_target_row *programmes_target_row(int i);

/* What an open decision about numbers would best be, from what is decided already. */
struct programmes_suggestion { int64_t launch_day, size, staff_hours; struct text pack, touch; };
struct programmes_suggestion programmes_suggest(const struct programmes_design *d, const struct packs *packs, int64_t today);
/* The usual risks with what is done about each, one a line, in that language. */
struct text programmes_usual_risks(struct arena *a, enum locale l);
/* "Nine months, March 2027". */
struct text programmes_usual_name(struct arena *a, enum locale l, const struct pack *pack, int64_t launch_day);

/* ---- verbs ---- */

struct err programmes_begin_design(struct tx *tx, const struct who *who, int64_t *id);
/* Absent for those who may not see it. */
struct err programmes_design(struct tx *tx, const struct who *who, int64_t id, struct programmes_design *out);
struct programmes_design_list { size_t n; struct programmes_design *row; };
/* The latest first. */
struct err programmes_designs(struct tx *tx, const struct who *who, struct programmes_design_list *out);
/* Keeps what is there, however incomplete. Conflict once the cohort is made. */
struct err programmes_save_design(struct tx *tx, const struct who *who, const struct programmes_design *in);
struct err programmes_discard_design(struct tx *tx, const struct who *who, int64_t id);
/*
 * The cohort as decided: dates, targets, page for those invited, and the sponsor, who is asked by mail to sign what success
 * means.  programme_name: where it belongs.  Conflict naming the open decisions; invalid naming the field.
 */
struct err programmes_make_design(struct tx *tx, const struct who *who, int64_t id, struct text programme_name, int64_t *cohort);

/*
 * What the figures of a cohort should reach, 0 for none, as they stand now (programmes_keep.h changes them); all 0 for a
 * cohort that was made without a worksheet.
 */
struct err programmes_targets(struct tx *tx, int64_t cohort, int64_t least[PROGRAMMES_TARGETS]);

/*
 * The data protection assessment as Markdown: the pack's library text "dpia" (else that of the nine months), with what the
 * worksheet knows filled in.
 */
struct err programmes_dpia(struct tx *tx, const struct programmes_design *d, enum locale l, struct text *out);

#endif
