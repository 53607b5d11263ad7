/* What the pages of templates are given. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_PACKS_VIEW_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_PACKS_VIEW_H

#include "content/pack_local.h"
#include "html/html.h"

struct programmes_pack_line { struct text name, title, summary; int64_t version, weeks, cohorts, changed, open; bool builtin; };
struct programmes_pack_lines { size_t n; struct programmes_pack_line *row; };
struct programmes_problem_line { int64_t line; struct text file, what, remedy; };
struct programmes_problem_lines { size_t n; struct programmes_problem_line *row; };
struct programmes_packs_view { struct programmes_pack_lines packs; struct programmes_problem_lines problems; bool may_bring; };

/* One text in one language; state of a text that was changed here. */
struct programmes_text_line { struct text key, title, locale; const char *kind; bool changed, open; };
struct programmes_text_lines { size_t n; struct programmes_text_line *row; };
struct programmes_text_group { const char *title; struct programmes_text_lines texts; };
struct programmes_text_groups { size_t n; struct programmes_text_group *row; };
struct programmes_pack_view {
        struct programmes_pack_line p;
        struct programmes_text_lines open, changed;
        struct programmes_text_groups groups;
        int64_t outdated;
        bool may_edit;
};

struct programmes_text_view {
        struct text pack, pack_title, key, locale, title, text, shipped, subject, path;
        const char *kind;
        struct markup preview;
        struct programmes_problem_lines problems;
        bool may_edit, changed, open, looked;
};

#endif
