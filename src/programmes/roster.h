/*
 * Rosters: tables of people (CSV, or a sheet of a workbook), mapped once and remembered, imported row
 * by row with every bad row reported.
 *
 * Special-category columns (health, belief, orientation, identity, ethnicity, union,
 * characteristics) are dropped before anything is stored, and sentences of a biography that repeat
 * a dropped or a status value are cut out; both are said in the report.
 */
#ifndef TELEMACHUS_PROGRAMMES_ROSTER_H
#define TELEMACHUS_PROGRAMMES_ROSTER_H

#include "base/who.h"
#include "db/db.h"
#include "matching/matching_work.h"
#include "os/table.h"

/* line of the file or of the sheet; cell ("C7") in a sheet only; reason is a catalogue key. */
struct roster_problem { int64_t line; struct text column, value, reason, cell; };
/* special: it looks like special-category data and is dropped whatever anybody says. */
struct roster_column { struct text header; struct text meaning; bool guessed, dropped, status,
        special; };

/* Of a file of facts: what is known of somebody and what it becomes; absent: nothing. what is a catalogue key, word the meaning. */
struct roster_change { int64_t line, person; struct text name, email; const char *what; struct text word, was, becomes; };
/* A row about nobody who takes part. */
struct roster_stranger { int64_t line; struct text who; };

struct roster_report {
        size_t n_columns; struct roster_column *columns;
        size_t n_problems; struct roster_problem *problems;
        int64_t rows, good, added, updated, unchanged, bad;
        int64_t sentences_cut;
        struct table table;             /* what was read */
        size_t n_changes; struct roster_change *changes;
        size_t n_strangers; struct roster_stranger *strangers;
        struct matching_broken_list broken;     /* what the new facts forbid: taken back and flagged, or would be */
};

struct roster_options {
        int64_t cohort;
        struct text role;               /* mentor, mentee, or absent: the file's column says */
        /* "header=meaning; ..." or the contents of a map file; absent: remembered, then guessed */
        struct text map;
        bool dry_run, all_or_nothing;
        /*
         * Facts of the organisation about people who are here already (of the cohort; of all with cohort 0, for administrators):
         * by address or staff number, from columns about work alone.  Nobody is added, other columns are thrown away; a dash
         * says that there is none.  A row in a circle of managers is bad.  Pairs and proposals are looked at anew at once.
         */
        bool facts;
};

/*
 * Parses, maps and imports in this transaction. Running it twice changes nothing. Invalid only if
 * the file is no table at all, or the map names a meaning that there is not. With all_or_nothing
 * and a bad row nothing is written.
 */
struct err roster_import(struct tx *tx, const struct who *who,
                         const struct roster_options *options, struct text file,
                         struct roster_report *report);

/*
 * The table alone, as roster_import() reads it: of a workbook the sheet that has the most headings known
 * here, by the map, by what was said before or by their own word. The same permission.
 */
struct err roster_table(struct tx *tx, const struct who *who, const struct roster_options *options,
                        struct text file, struct table *out);

/*
 * What a column may mean, for a list to choose from; label is a catalogue key. Ends with word NULL.
 */
struct roster_choice { const char *word, *label; bool fact; };        /* fact: read from a file of facts */
extern const struct roster_choice roster_choices[];

#endif
