/*
 * The words of care/: what a flag, a call, an outcome or a kind of help is called and what it says,
 * in the reader's language. A flag's sentence names what was counted and what the limit is; never
 * what two people wrote.
 */
#ifndef TELEMACHUS_CARE_CARE_WORDS_H
#define TELEMACHUS_CARE_CARE_WORDS_H

#include "care/care_rules.h"
#include "html/messages.h"

struct care_reader { struct arena *a; enum locale l; const struct zone *zone; int64_t now; };

/* Two or three words for a chip: "quiet 34 days", "not met". */
struct text care_flag_chip(const struct care_reader *r, enum care_rule rule,
                           const struct care_figures *f);
/* One sentence: "No contact for 34 days; they agreed on every 14 days." */
struct text care_flag_sentence(const struct care_reader *r, enum care_rule rule, int level,
                               const struct care_figures *f);
/* The rule's name: "First meeting". */
const char *care_rule_name(enum care_rule rule);
/* The rule itself, in general, for the page that explains a flag. */
const char *care_rule_words(enum care_rule rule);

/* figures as JSON and back; unknown keys are passed over. */
struct text care_figures_write(struct arena *a, const struct care_figures *f);
void care_figures_read(struct text json, struct care_figures *out);

/* Why somebody is rung; for CARE_WHY_RED and CARE_WHY_RISK the flag's own sentence says more. */
const char *care_why_words(enum care_why why);
const char *care_why_key(enum care_why why);
bool care_why_of(struct text key, enum care_why *out);

/* Keys of outcomes, categories and levels, NULL-terminated, and their words. */
extern const char *const care_outcomes[];
const char *care_outcome_words(struct text outcome);
bool care_is_one_of(const char *const *keys, struct text key);
extern const char *const care_categories[];
const char *care_category_words(struct text category);
enum { CARE_LEVELS = 4 };
const char *care_level_title(int64_t level);
const char *care_level_meaning(int64_t level);
/* "taken", "handed over", "closed": what a contact can say */
extern const char *const care_concern_states[];
const char *care_state_words(struct text concern_state);
extern const char *const care_step_kinds[];             /* what a contact adds to a concern */
const char *care_step_kind_words(struct text kind);

#endif
