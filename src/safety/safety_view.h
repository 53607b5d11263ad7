/* What safety_desk.html shows. */
#ifndef TELEMACHUS_SAFETY_SAFETY_VIEW_H
#define TELEMACHUS_SAFETY_SAFETY_VIEW_H

#include "safety/safety.h"
#include "safety/safety.sql.h"

struct safety_desk_view {
        struct safety_state state;
        int64_t troubles;
        struct safety_runs_list runs;
        struct text folder, when;       /* 02:30 */
        struct text mails_since;        /* the moment */
        bool sealed, shown;             /* shown: this installation makes backups by itself */
        const char *writing;            /* why nothing can be written; NULL: it can */
        const char *writing_next;
        int64_t room_mb;                /* free in the backup folder; -1: not known */
        bool asked_backup, asked_drill; /* under way, or about to be */
};

#endif
