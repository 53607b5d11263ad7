/* The backup folder: names that tell their time, and what stays in it. */
#include "base/log.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/file.h"
#include "os/folder.h"
#include "os/zone.h"
#include "safety/safety_parts.h"
#include "safety/safety_rules.h"

#include <stdio.h>
#include <string.h>

static const char END[] = ".tar.gz";

enum { OTHERS_KEPT = 3, ROOM_BYTES = 32 << 20 };

const char *safety_folder(struct arena *a, const struct config *config)
{
        if (config->backup_folder && *config->backup_folder)
                return config->backup_folder;
        return text_format(a, "%s/backups", config->data).p;
}

static const char *name_at(struct arena *a, const struct config *config, const char *prefix,
                           int64_t t)
{
        struct civil c = zone_civil(zone_utc(), t);

        return text_format(a, "%s/%s-%04d%02d%02d-%02d%02d%02d%s", safety_folder(a, config), prefix,
                           c.year, c.month, c.day, c.hour, c.minute, c.second, END).p;
}

const char *safety_name(struct arena *a, const struct config *config, const char *prefix)
{
        int64_t t = clock_seconds();

        while (file_exists(name_at(a, config, prefix, t)))
                t++;
        return name_at(a, config, prefix, t);
}

/* The day in "prefix-20261128-023000.tar.gz". */
static bool day_in(struct text name, const char *prefix, int64_t *day)
{
        size_t n = strlen(prefix);
        char iso[11];

        if (name.n != n + 1 + 15 + sizeof END - 1 || !text_starts(name, prefix) || name.p[n] != '-' ||
            memcmp(name.p + name.n - (sizeof END - 1), END, sizeof END - 1) != 0)
                return false;
        snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", name.p + n + 1, name.p + n + 5, name.p + n + 7);
        return day_parse(text_of(iso), day);
}

static void drop(struct arena *a, const char *folder, struct text name)
{
        struct err e = file_remove(text_format(a, "%s/%s", folder, name.p).p);

        if (failed(e))
                log_err(LOG_WARN, "safety.drop", e);
        else
                log_write(LOG_INFO, "safety.dropped file=%s", name.p);
}

/* Entries come by name, so by time; from the end: newest first. */
static void prune(struct arena *a, const struct config *config, const char *prefix)
{
        bool nightly = strcmp(prefix, "telemachus") == 0;
        const char *folder = safety_folder(a, config);
        struct folder_entries list;
        size_t n = 0;

        if (failed(folder_list(a, folder, &list)))
                return;
        struct text *name = arena_array(a, struct text, list.n + 1);
        int64_t *day = arena_array(a, int64_t, list.n + 1);
        bool *keep = arena_array(a, bool, list.n + 1);
        for (size_t i = list.n; i-- > 0;) {
                if (!list.row[i].folder && day_in(list.row[i].name, prefix, &day[n]))
                        name[n++] = list.row[i].name;
        }
        safety_choose(day, n, (struct safety_keep) {config->backup_keep_days, config->backup_keep_weeks,
                                                    config->backup_keep_months}, keep);
        for (size_t i = 0; i < n; i++)
                if (nightly ? !keep[i] : i >= OTHERS_KEPT)
                        drop(a, folder, name[i]);
}

/* Of one that was killed: nobody else takes backups of this kind here at the same time. */
static void drop_leftovers(struct arena *a, const char *folder, const char *prefix)
{
        struct folder_entries list;

        if (failed(folder_list(a, folder, &list)))
                return;
        for (size_t i = 0; i < list.n; i++)
                if (text_starts(list.row[i].name, prefix) && strstr(list.row[i].name.p, ".partial"))
                        drop(a, folder, list.row[i].name);
}

/* Better said before than halfway. The copy of the database and the compressed file lie side by side. */
static struct err is_room(struct arena *a, const struct config *config, const char *folder)
{
        int64_t database, room;
        bool read_only;

        TRY(file_space(folder, &room, &read_only));
        if (read_only)
                return FAIL_AT(ERR_UPSTREAM, "The disk is read-only", folder, "Remount it for writing");
        struct err unknown = file_size(text_format(a, "%s/telemachus.db", config->data).p, &database);
        if (failed(unknown))
                database = 0;
        if (room >= database + database / 2 + ROOM_BYTES)
                return OK;
        return FAIL_AT(ERR_UPSTREAM, "There is no room for a backup",
                       text_format(a, "%s: %lld MB are free", folder, (long long)(room >> 20)).p,
                       "Free some space, or name another disk as backup_folder in telemachus.yaml");
}

struct err safety_backup_here(struct db *db, const struct config *config, struct arena *a,
                              const char *prefix, const struct safety_say *say,
                              struct safety_facts *out, const char **file)
{
        const char *folder = safety_folder(a, config), *passphrase = NULL;

        *file = "";
        TRY(file_make_folder(folder));
        drop_leftovers(a, folder, prefix);
        TRY(is_room(a, config, folder));
        if (config->backup_passphrase_file && *config->backup_passphrase_file)
                TRY(safety_passphrase(a, config->backup_passphrase_file, &passphrase));
        *file = safety_name(a, config, prefix);
        TRY(safety_backup(db, config, a, *file, passphrase, say, out));
        prune(a, config, prefix);
        return OK;
}
