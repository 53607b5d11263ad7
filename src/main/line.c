/* Options out of a command line, without order: --name VALUE, --name=VALUE, --flag. */
#include "main/command.h"

#include <string.h>

static void take(struct command_line *line, int from, int n)
{
        for (int i = from; i + n < line->argc; i++)
                line->argv[i] = line->argv[i + n];
        line->argc -= n;
}

static bool is_option(const char *word, const char *name, const char **value)
{
        size_t n = strlen(name);

        if (strncmp(word, "--", 2) != 0 || strncmp(word + 2, name, n) != 0)
                return false;
        *value = word[2 + n] == '=' ? word + 3 + n : NULL;
        return word[2 + n] == 0 || word[2 + n] == '=';
}

const char *line_option(struct command_line *line, const char *name)
{
        const char *value;

        for (int i = 0; i < line->argc; i++) {
                if (!is_option(line->argv[i], name, &value))
                        continue;
                if (value) {
                        take(line, i, 1);
                        return value;
                }
                if (i + 1 == line->argc)
                        return NULL;            /* line_end() reports it */
                value = line->argv[i + 1];
                take(line, i, 2);
                return value;
        }
        return NULL;
}

bool line_flag(struct command_line *line, const char *name)
{
        const char *value;

        for (int i = 0; i < line->argc; i++) {
                if (is_option(line->argv[i], name, &value) && !value) {
                        take(line, i, 1);
                        return true;
                }
        }
        return false;
}

const char *line_word(struct command_line *line)
{
        for (int i = 0; i < line->argc; i++) {
                if (strncmp(line->argv[i], "--", 2) == 0)
                        continue;
                const char *word = line->argv[i];
                take(line, i, 1);
                return word;
        }
        return NULL;
}

struct err line_end(struct command_line *line)
{
        return line->argc ? FAIL_AT(ERR_INVALID, "This option is not understood, or has no value", line->argv[0], "usage") : OK;
}

struct err line_int(const char *value, int64_t least, int64_t most, int64_t *out)
{
        if (!text_int(text_of(value), out) || *out < least || *out > most)
                return FAIL_AT(ERR_INVALID, "This is not a number in the range that is possible", value, "usage");
        return OK;
}
