/*
 * The parts of one running program, handed to whoever needs one; there is no global state.  Made once in main/, constant
 * afterwards.  Only pointers here: include the part's own header to use it.
 */
#ifndef TELEMACHUS_BASE_APP_H
#define TELEMACHUS_BASE_APP_H

struct config;          /* os/config.h: telemachus.yaml and the environment */
struct keys;            /* os/keys.h: signing keys of this installation */
struct db;              /* db/db.h */
struct packs;           /* content/pack.h: the packs that ship and those of the organisation */
struct holidays;        /* content/holidays.h: days off, by country */
struct jobs;            /* jobs/jobs.h: kinds of background work */

struct app {
        const struct config *config;
        const struct keys *keys;
        struct db *db;
        const struct packs *_Atomic packs;      /* changes when a text of a pack is changed: take it once for one piece of work */
        const struct holidays *holidays;        /* NULL: none are known */
        const struct jobs *jobs;
};

#endif
