/* What is in a folder. Wrong place? Reading and writing one file: os/file.h. */
#ifndef TELEMACHUS_OS_FOLDER_H
#define TELEMACHUS_OS_FOLDER_H

#include "base/err.h"
#include "base/text.h"

struct folder_entry { struct text name; bool folder; };
struct folder_entries { size_t n; struct folder_entry *row; };

/* Plain files and folders in it, by name (bytes), without those that begin with a dot. Absent if there is no such folder. */
struct err folder_list(struct arena *a, const char *path, struct folder_entries *out);

/* The folder and all in it, as far as that is possible. Links are removed, not followed. */
void folder_remove(const char *path);

#endif
