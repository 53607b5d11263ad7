/* What the pages of a worksheet are given. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_DESIGN_VIEW_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_DESIGN_VIEW_H

#include "programmes/programmes_design.h"
#include "programmes/programmes_view.h"

struct programmes_design_line {
        int64_t id, changed_at, decided, cohort;        /* cohort 0: a draft */
        struct text name, by_name;
        bool others;                                    /* somebody else's */
};
struct programmes_design_lines { size_t n; struct programmes_design_line *row; };
struct programmes_designs_view { struct programmes_design_lines drafts, made; };

struct programmes_answer_line {
        int64_t number;
        const char *field, *question;
        bool decided;
        struct text answer;
};
struct programmes_answer_lines { size_t n; struct programmes_answer_line *row; };

/* What is set without being asked for, why, and where it can be changed. */
struct programmes_default_line {
        const char *title;
        struct text value;
        const char *reason, *where;
};
struct programmes_default_lines { size_t n; struct programmes_default_line *row; };

struct programmes_target_line { const char *title; int64_t least; };
struct programmes_target_lines { size_t n; struct programmes_target_line *row; };

struct programmes_sheet_view {
        struct programmes_design d;
        struct programmes_suggestion suggested;
        struct text name, risks, zone;
        struct html_options packs, touches, bases;
        struct programmes_answer_lines answers;
        int64_t decided, open;
        struct programmes_default_lines defaults;
        struct programmes_target_lines targets;
        struct programmes_follows follows;
        struct text sponsor;
};

#endif
