/* The skills of this installation: those that ship, and what the organisation adds. */
#include "content/builtin.h"
#include "matching/matching_skills.h"
#include "os/file.h"

struct err matching_skills_load(struct arena *a, const char *data, struct matching_skills *out)
{
        struct text shipped = {(const char *)builtin_skills.data, builtin_skills.n}, own;

        *out = (struct matching_skills) {0};
        TRY(matching_skills_read(a, builtin_skills.path, shipped, out));
        const char *path = data ? text_format(a, "%s/skills.txt", data).p : NULL;
        if (!path || !file_exists(path))
                return OK;
        TRY(file_read(a, path, MATCHING_SKILLS_FILE_MOST, &own));
        return matching_skills_read(a, path, own, out);
}
