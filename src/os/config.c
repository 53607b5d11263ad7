#include "os/config.h"

#include "os/file.h"
#include "os/zone.h"

#include <ctype.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* ---- what may stand in the file ---- */

enum kind { K_TEXT, K_PORT, K_COUNT, K_QUOTA, K_YES };

/* Says what is wrong with the value, or NULL. */
typedef const char *judge_fn(struct text value);

struct key {
        const char *name;
        enum kind kind;
        size_t offset;
        const char *otherwise;
        judge_fn *judge;
        bool secret;
};

static const char *judge_database(struct text v)
{
        if (text_is(v, "sqlite") || text_starts(v, "postgresql://") ||
            text_starts(v, "postgres://"))
                return NULL;
        return "must be sqlite or postgresql://...";
}

static const char *judge_listen(struct text v)
{
        const char *colon = v.n ? memrchr(v.p, ':', v.n) : NULL;
        int64_t port;

        if (!colon || colon == v.p)
                return "must be ADDRESS:PORT, as in 127.0.0.1:8080";
        struct text digits = {colon + 1, v.n - (size_t)(colon + 1 - v.p)};
        return text_int(digits, &port) && port >= 0 && port <= 65535
                ? NULL
                : "must end in a port from 0 to 65535";
}

static const char *judge_base_url(struct text v)
{
        bool http = text_starts(v, "http://") && v.n > 7,
             https = text_starts(v, "https://") && v.n > 8;

        return http || https ? NULL : "must start with http:// or https:// and name a host";
}

static const char *judge_locale(struct text v)
{
        return text_is(v, "en") || text_is(v, "de") || text_is(v, "en-XA") ? NULL
                                                                           : "must be en or de";
}

static const char *judge_zone(struct text v)
{
        return zone_find(v) ? NULL : "is no time zone that this machine knows, as Europe/London is";
}

static const char *judge_security(struct text v)
{
        return text_is(v, "starttls") || text_is(v, "tls") || text_is(v, "none")
                ? NULL
                : "must be starttls, tls or none";
}

static const char *judge_required(struct text v)
{
        return text_is(v, "optional") || text_is(v, "required") ? NULL
                                                               : "must be optional or required";
}

static const char *judge_address(struct text v)
{
        const char *at = v.n ? memchr(v.p, '@', v.n) : NULL;

        if (!at || at == v.p || at == v.p + v.n - 1 || memchr(v.p, ' ', v.n))
                return "must be a mail address";
        return NULL;
}

static const char *judge_hour(struct text v)
{
        struct text minute, hour = text_cut(v, ':', &minute);
        int64_t h, m;

        return v.n == 5 && text_int(hour, &h) && text_int(minute, &m) && h < 24 && m < 60
                ? NULL
                : "must be a time of day as 02:30";
}

/* It becomes part of a name in the DNS. */
static const char *judge_selector(struct text v)
{
        for (size_t i = 0; i < v.n; i++)
                if (!isalnum((unsigned char)v.p[i]) && v.p[i] != '-' && v.p[i] != '_' && v.p[i] != '.')
                        return "must be a name of letters, digits, dots and dashes";
        return v.n > 63 ? "must have at most 63 characters" : NULL;
}

#define KEY(member, kind_, otherwise_, ...)                                                        \
        {                                                                                          \
                .name = #member, .kind = (kind_), .offset = offsetof(struct config, member),       \
                .otherwise = (otherwise_), __VA_ARGS__                                             \
        }

static const struct key KEYS[] = {
        KEY(database, K_TEXT, "sqlite", .judge = judge_database),
        KEY(listen, K_TEXT, "127.0.0.1:8080", .judge = judge_listen),
        KEY(base_url, K_TEXT, "http://localhost:8080", .judge = judge_base_url),
        KEY(organisation, K_TEXT, "Our organisation"),
        KEY(default_locale, K_TEXT, "en", .judge = judge_locale),
        KEY(default_zone, K_TEXT, "Europe/London", .judge = judge_zone),
        KEY(smtp_host, K_TEXT, ""),
        KEY(smtp_port, K_PORT, "587"),
        KEY(smtp_security, K_TEXT, "starttls", .judge = judge_security),
        KEY(smtp_user, K_TEXT, ""),
        KEY(smtp_password, K_TEXT, "", .secret = true),
        KEY(mail_from, K_TEXT, "mentoring@localhost", .judge = judge_address),
        KEY(mail_from_name, K_TEXT, ""),
        KEY(mail_reply_domain, K_TEXT, ""),
        KEY(workers, K_COUNT, "0"),
        KEY(connections, K_COUNT, "16"),
        KEY(backups, K_YES, "yes"),
        KEY(backup_folder, K_TEXT, ""),
        KEY(backup_time, K_TEXT, "02:30", .judge = judge_hour),
        KEY(backup_passphrase_file, K_TEXT, ""),
        KEY(backup_keep_days, K_COUNT, "7"),
        KEY(backup_keep_weeks, K_COUNT, "4"),
        KEY(backup_keep_months, K_COUNT, "6"),
        KEY(staff_second_factor, K_TEXT, "optional", .judge = judge_required),
        KEY(metrics_allow, K_TEXT, "127.0.0.1"),
        KEY(dkim_selector, K_TEXT, "", .judge = judge_selector),
        KEY(upload_mb, K_COUNT, "8"),
        KEY(import_rows, K_QUOTA, "5000"),
        KEY(mails_per_hour, K_QUOTA, "3000"),
        KEY(disk_reserve_mb, K_QUOTA, "200"),
};
enum { KEYS_N = sizeof KEYS / sizeof KEYS[0] };

/* ---- mistakes, collected ---- */

struct load {
        struct arena *a;
        struct config *c;
        const char *file;
        struct out mistakes;
        int n_mistakes;
        bool seen[KEYS_N];
};

static void mistake(struct load *l, size_t line, const char *subject, const char *what)
{
        if (l->n_mistakes++ > 0)
                out_c(&l->mistakes, "; ");
        if (line)
                out_format(&l->mistakes, "%s:%zu: ", l->file, line);
        out_format(&l->mistakes, "%s %s", subject, what);
}

static const char *set_yes(struct text v, bool *out)
{
        *out = text_is(v, "yes");
        return *out || text_is(v, "no") ? NULL : "must be yes or no";
}

static const char *set_number(const struct key *k, struct text v, int *out)
{
        static const struct { int64_t least, most; const char *wrong; } kinds[] = {
                [K_PORT] = {1, 65535, "must be a port from 1 to 65535"},
                [K_COUNT] = {0, 1000, "must be a whole number from 0 to 1000"},
                [K_QUOTA] = {0, 1000000, "must be a whole number from 0 to 1000000"},
        };
        int64_t n;

        if (!text_int(v, &n) || n < kinds[k->kind].least || n > kinds[k->kind].most)
                return kinds[k->kind].wrong;
        *out = (int)n;
        return NULL;
}

/* line 0: the value came from the environment, the subject says so. */
static void set(struct load *l, const struct key *k, struct text v, size_t line,
                const char *subject)
{
        void *at = (char *)l->c + k->offset;
        const char *wrong = NULL;

        if (k->kind == K_TEXT) {
                if (memchr(v.p, '\n', v.n) || memchr(v.p, 0, v.n))
                        wrong = "must be one line";
                else if (k->judge)
                        wrong = k->judge(v);
                *(const char **)at = arena_dup(l->a, v.p, v.n);
        } else if (k->kind == K_YES) {
                wrong = set_yes(v, at);
        } else {
                wrong = set_number(k, v, at);
        }
        if (wrong)
                mistake(l, line, subject, wrong);
}

/* ---- the file ---- */

static int key_index(const char *name)
{
        for (int i = 0; i < KEYS_N; i++)
                if (strcmp(KEYS[i].name, name) == 0)
                        return i;
        return -1;
}

static void read_pair(struct load *l, yaml_document_t *doc, const yaml_node_pair_t *pair)
{
        const yaml_node_t *key = yaml_document_get_node(doc, pair->key),
                          *value = yaml_document_get_node(doc, pair->value);
        size_t line = key->start_mark.line + 1;

        if (key->type != YAML_SCALAR_NODE) {
                mistake(l, line, "a key", "must be a plain word");
                return;
        }
        const char *name = (const char *)key->data.scalar.value;
        int i = key_index(name);
        if (i < 0)
                mistake(l, line, name, "is no key that is known here");
        else if (l->seen[i])
                mistake(l, line, name, "stands here a second time");
        else if (value->type != YAML_SCALAR_NODE)
                mistake(l, value->start_mark.line + 1, name, "must be one value");
        else
                set(l, &KEYS[i],
                    (struct text) {(const char *)value->data.scalar.value,
                                   value->data.scalar.length},
                    value->start_mark.line + 1, name);
        if (i >= 0)
                l->seen[i] = true;
}

static void read_document(struct load *l, yaml_document_t *doc)
{
        const yaml_node_t *root = yaml_document_get_root_node(doc);

        if (!root)
                return;
        if (root->type != YAML_MAPPING_NODE) {
                mistake(l, root->start_mark.line + 1, "the file",
                        "must be a list of lines \"key: value\"");
                return;
        }
        for (const yaml_node_pair_t *p = root->data.mapping.pairs.start;
             p < root->data.mapping.pairs.top; p++)
                read_pair(l, doc, p);
}

static void read_yaml(struct load *l, struct text content)
{
        yaml_parser_t parser;
        yaml_document_t doc;

        must(yaml_parser_initialize(&parser));
        yaml_parser_set_input_string(&parser, (const unsigned char *)content.p, content.n);
        if (yaml_parser_load(&parser, &doc)) {
                read_document(l, &doc);
                yaml_document_delete(&doc);
        } else {
                mistake(l, parser.problem_mark.line + 1, "the file",
                        parser.problem ? parser.problem : "is not YAML");
        }
        yaml_parser_delete(&parser);
}

/* ---- the environment ---- */

static void read_environment(struct load *l, const struct key *k)
{
        char name[64] = "TELEMACHUS_";
        size_t n = strlen(name);

        for (const char *p = k->name; *p && n < sizeof name - 1; p++)
                name[n++] = (char)toupper((unsigned char)*p);
        name[n] = 0;
        const char *value = getenv(name);
        if (value)
                set(l, k, text_of(value), 0, arena_dup(l->a, name, n));
}

static void finish(struct config *c, struct arena *a)
{
        struct text url = text_of(c->base_url);

        while (url.n && url.p[url.n - 1] == '/')
                url.n--;
        c->base_url = text_c(a, url);
        c->second_factor_required = strcmp(c->staff_second_factor, "required") == 0;
        c->secure_cookies = text_starts(url, "https://");
}

static struct err absolute(struct arena *a, const char *data, const char **out)
{
        char path[PATH_MAX];

        TRY(file_make_folder(data));
        if (!realpath(data, path))
                return FAIL_AT(ERR_ABSENT, "The data folder cannot be reached", data,
                               "Check its name and permissions");
        *out = arena_dup(a, path, strlen(path));
        return OK;
}

struct err config_load(struct arena *a, const char *data, const char *file, struct config *out)
{
        struct load l = {.a = a, .c = out, .mistakes = out_new(a, 256)};
        struct text content;

        *out = (struct config) {0};
        TRY(absolute(a, data, &out->data));
        l.file = file ? file : text_format(a, "%s/telemachus.yaml", out->data).p;
        out->file = arena_dup(a, l.file, strlen(l.file));
        for (int i = 0; i < KEYS_N; i++)
                set(&l, &KEYS[i], text_of(KEYS[i].otherwise), 0, KEYS[i].name);
        if (file || file_exists(l.file)) {
                TRY(file_read(a, l.file, 1 << 20, &content));
                read_yaml(&l, content);
        }
        for (int i = 0; i < KEYS_N; i++)
                read_environment(&l, &KEYS[i]);
        finish(out, a);
        if (l.n_mistakes)
                return FAIL_AT(ERR_INVALID, "The configuration cannot be used",
                               out_get(&l.mistakes).p, "Correct it and start again");
        return OK;
}

const char *config_db_url(struct arena *a, const struct config *c)
{
        if (strcmp(c->database, "sqlite") != 0)
                return c->database;
        return text_format(a, "%s/telemachus.db", c->data).p;
}

/* postgresql://user:secret@host/name without the secret. */
static void print_url(struct out *o, const char *url)
{
        const char *host = strstr(url, "://");
        const char *at = host ? strchr(host, '@') : NULL;
        const char *colon = at ? memchr(host + 3, ':', (size_t)(at - host - 3)) : NULL;

        if (colon) {
                out_bytes(o, url, (size_t)(colon + 1 - url));
                out_c(o, "******");
                url = at;
        }
        out_c(o, url);
}

void config_print(const struct config *c, struct out *o)
{
        out_format(o, "data: %s\n", c->data);
        for (int i = 0; i < KEYS_N; i++) {
                const void *at = (const char *)c + KEYS[i].offset;
                out_format(o, "%s: ", KEYS[i].name);
                if (KEYS[i].kind == K_YES)
                        out_c(o, *(const bool *)at ? "yes" : "no");
                else if (KEYS[i].kind != K_TEXT)
                        out_int(o, *(const int *)at);
                else if (KEYS[i].secret && **(const char *const *)at)
                        out_c(o, "******");
                else
                        print_url(o, *(const char *const *)at);
                out_char(o, '\n');
        }
}
