/*
 * That an administrator sleeps well: backups of everything in one file, proven by restoring them;
 * how this installation is, part by part.
 *
 * A backup file is an archive (os/archive.h) of: TELEMACHUS, its format; database.sqlite, all rows
 * as of one moment whatever the engine; data/..., the files of the data folder with keys and
 * configuration; manifest.json, names, lengths and BLAKE2b hashes of all that, and how many rows
 * each table has; manifest.sum, the hash of the manifest.
 *
 * Refuses: to restore over anything; to call a backup good that was not read back.
 *
 * Wrong place? Rows as of one moment: db_backup() in db/db.h.  Background work in general: jobs/.
 */
#ifndef TELEMACHUS_SAFETY_SAFETY_H
#define TELEMACHUS_SAFETY_SAFETY_H

#include "base/app.h"
#include "base/who.h"
#include "db/db.h"

/* Told of each step, with how much of it is done; all 0: not known beforehand. step NULL: silent. */
struct safety_say {
        void (*step)(void *in, const char *what, int64_t done, int64_t all);
        void *in;
};

struct safety_facts {
        int64_t made_at;                /* UTC seconds */
        struct text schema;             /* 0023_safety */
        struct text engine;             /* sqlite or postgresql: where it was taken */
        enum db_purpose purpose;
        int64_t rows, tables, files;
        int64_t bytes;                  /* of the backup file */
};

/* The words in a passphrase file, without the line's end; invalid when there are fewer than 8 bytes. */
struct err safety_passphrase(struct arena *a, const char *file, const char **out);

/*
 * Everything of config->data and the database into the new file path, while others read and write.
 * passphrase NULL: not sealed. Conflict if there is such a file.
 */
struct err safety_backup(struct db *db, const struct config *config, struct arena *a,
                         const char *path, const char *passphrase, const struct safety_say *say,
                         struct safety_facts *out);

/*
 * Reads all of it, checks every hash, restores it into a new folder below scratch, looks at every
 * reference and counts the rows; scratch is left as it was.
 */
struct err safety_verify(struct arena *a, const char *path, const char *passphrase,
                         const char *scratch, const struct safety_say *say,
                         struct safety_facts *out);

struct safety_restored {
        struct safety_facts facts;
        bool config_aside;              /* telemachus.yaml.restored was written, not telemachus.yaml */
        int64_t mails;                  /* that will leave when the program serves */
};

/*
 * Into the data folder and the database of config, both empty. What is begun is marked in the
 * folder, and nothing opens it until a restore has ended well; it may be begun again.
 * as_it_was: the schema stays that of the backup.
 */
struct err safety_restore(const struct config *config, struct arena *a, const char *path,
                          const char *passphrase, bool as_it_was, const struct safety_say *say,
                          struct safety_restored *out);

/*
 * Takes what is in the database aside under a new name (*aside) and restores only the database of
 * the backup, with its schema. For the way back from an upgrade.
 */
struct err safety_go_back(const struct config *config, struct arena *a, const char *path,
                          const char *passphrase, const struct safety_say *say,
                          struct text *aside);

/* Conflict while a restore that was begun in this folder has not ended. */
struct err safety_finished(struct arena *a, const char *data);

/* Where backups go, and the name of one taken now: FOLDER/telemachus-20261128-023000.tar.gz */
const char *safety_folder(struct arena *a, const struct config *config);
const char *safety_name(struct arena *a, const struct config *config, const char *prefix);

/* Takes one into safety_folder() and drops those that need not be kept; *file is its path. */
struct err safety_backup_here(struct db *db, const struct config *config, struct arena *a,
                              const char *prefix, const struct safety_say *say,
                              struct safety_facts *out, const char **file);

/* ---- how the installation is ---- */

struct safety_state {
        struct opt backup, drill;               /* when the last good one ended */
        struct opt backup_failed, drill_failed; /* when one went wrong after that */
        struct text backup_error, drill_error;
        bool backup_late;                       /* none for two days though one should be there */
        bool off;                               /* nobody wants nightly ones */
        int64_t mails;                          /* that wait longer than they should */
        struct opt mails_since;
        struct text mails_error;
        int64_t jobs_dead, jobs_done;
};
struct err safety_state(struct tx *tx, struct safety_state *out);
/* how many of these an administrator should look at */
int64_t safety_troubles(const struct safety_state *s);

/* Plans the next nightly backup and the next trial restore; again is no harm. For the start of serve. */
struct err safety_plan(struct tx *tx);

/* Asks for one at once. Administrators. */
struct err safety_ask(struct tx *tx, const struct who *who, bool drill);

#endif
