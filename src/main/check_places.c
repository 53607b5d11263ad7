/* What surrounds the program: who may read its files, room on the disk, its address as others reach it, the time of day. */
#include "main/check.h"

#include "os/clock.h"
#include "os/file.h"
#include "os/process.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timex.h>

enum { LOW_MIB = 1024, SKEW_S = 30, ASK_S = 10 };

/* ---- files ---- */

static bool is_open(const char *path, unsigned mask, unsigned *mode)
{
        struct stat st;

        if (stat(path, &st) != 0)
                return false;
        *mode = st.st_mode & 0777;
        return (st.st_mode & mask) != 0;
}

/* A folder of 0700 keeps whatever is in it. */
void check_private_files(struct check *c, const struct config *config, const char *config_file)
{
        struct { struct text path; unsigned mask; const char *command; } file[] = {
                {text_format(c->arena, "%s/keys", config->data), 077, "chmod 700"},
                {text_format(c->arena, "%s/keys/master", config->data), 077, "chmod 600"},
                {text_format(c->arena, "%s/keys/previous", config->data), 077, "chmod 600"},
                {text_format(c->arena, "%s/telemachus.db", config->data), 007, "chmod 600"},
                {text_of(config_file ? config_file : text_format(c->arena, "%s/telemachus.yaml", config->data).p), 007, "chmod 640"},
        };
        unsigned mode;
        int found = 0;
        bool inside_is_private = !is_open(config->data, 077, &mode);

        for (size_t i = 0; i < sizeof file / sizeof file[0]; i++) {
                bool inside = strncmp(file[i].path.p, config->data, strlen(config->data)) == 0;
                if ((inside && inside_is_private) || !is_open(file[i].path.p, file[i].mask, &mode))
                        continue;
                found++;
                check_say(c, CHECK_WRONG, "private files",
                          text_format(c->arena, "%s can be read by others on this machine (mode %03o).", file[i].path.p, mode),
                          text_format(c->arena, "%s %s", file[i].command, file[i].path.p));
        }
        if (!found)
                check_say(c, CHECK_OK, "private files", TEXT("Keys, database and configuration are closed to others."), TEXT_ABSENT);
}

void check_disk(struct check *c, const struct config *config)
{
        int64_t mib = file_free_mib(config->data);
        struct text what = text_format(c->arena, "%lld MiB are free where the data lies.", (long long)mib);

        if (mib < 0)
                check_say(c, CHECK_WRONG, "disk", TEXT("Free space cannot be told."), TEXT("Look at the file system of the data folder."));
        else if (mib < config->disk_reserve_mb)
                check_say(c, CHECK_WRONG, "disk", what,
                          text_format(c->arena, "Make room: below %d MiB (disk_reserve_mb) files are refused.", config->disk_reserve_mb));
        else if (mib < LOW_MIB)
                check_say(c, CHECK_ADVICE, "disk", what, TEXT("Make room before it is needed."));
        else
                check_say(c, CHECK_OK, "disk", what, TEXT_ABSENT);
}

/* ---- the address, and the other clock that comes with it ---- */

struct probe { char body[16]; size_t n; int64_t date; };

static size_t take_body(char *p, size_t size, size_t n, void *in)
{
        struct probe *probe = in;
        size_t room = sizeof probe->body - probe->n, take = size * n < room ? size * n : room;

        memcpy(probe->body + probe->n, p, take);
        probe->n += take;
        return size * n;
}

static size_t take_header(char *p, size_t size, size_t n, void *in)
{
        static const char name[] = "date:";
        struct probe *probe = in;
        char value[64] = "";

        if (size * n > sizeof name && size * n < sizeof value && strncasecmp(p, name, sizeof name - 1) == 0) {
                memcpy(value, p + sizeof name - 1, size * n - (sizeof name - 1));
                probe->date = curl_getdate(value, NULL);
        }
        return size * n;
}

static CURLcode ask(const char *url, struct probe *probe, char error[CURL_ERROR_SIZE])
{
        CURL *curl = curl_easy_init();

        must(curl);
        curl_easy_setopt(curl, CURLOPT_URL, url);
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ASK_S);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, probe);
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, probe);
        CURLcode code = curl_easy_perform(curl);
        curl_easy_cleanup(curl);
        return code;
}

static void say_address(struct check *c, const struct config *config, CURLcode code, const struct probe *p, const char *error)
{
        struct text url = text_format(c->arena, "%s/healthz", config->base_url);
        bool ours = p->n == 3 && memcmp(p->body, "ok\n", 3) == 0;

        if (code == CURLE_OK && ours)
                check_say(c, config->secure_cookies ? CHECK_OK : CHECK_ADVICE, "base_url",
                          text_format(c->arena, "%s answers.", config->base_url),
                          config->secure_cookies ? TEXT_ABSENT
                                                 : TEXT("Without https passwords and links can be read on the way: put a proxy in front."));
        else if (code == CURLE_OK)
                check_say(c, CHECK_WRONG, "base_url", text_format(c->arena, "%s answers, but it is not this program.", url.p),
                          TEXT("Let the proxy forward to the address in listen, or correct base_url."));
        else if (code == CURLE_PEER_FAILED_VERIFICATION)
                check_say(c, CHECK_WRONG, "base_url", text_format(c->arena, "The certificate of %s does not hold: %s.", config->base_url, error),
                          TEXT("Renew it on the proxy."));
        else
                check_say(c, CHECK_WRONG, "base_url", text_format(c->arena, "%s cannot be reached from here: %s.", url.p, error),
                          TEXT("Look at the proxy, the firewall and the name's entry in the DNS."));
}

/* The kernel knows whether anything keeps its clock; a proxy on another machine says what time it is there. */
static void say_clock(struct check *c, int64_t theirs)
{
        struct timex kept = {0};
        int64_t off = theirs ? theirs - clock_seconds() : 0;
        int state = adjtimex(&kept);

        if (clock_seconds() < 1700000000)
                check_say(c, CHECK_WRONG, "clock", TEXT("The clock of this machine is far in the past."), TEXT("Set it, with NTP."));
        else if (llabs(off) > SKEW_S)
                check_say(c, CHECK_WRONG, "clock",
                          text_format(c->arena, "The clock here and that behind base_url differ by %lld seconds.", (long long)off),
                          TEXT("Let both machines keep time by NTP: links expire and reminders go out by the clock."));
        else if (state == TIME_ERROR)
                check_say(c, CHECK_ADVICE, "clock", TEXT("The kernel does not know of anything that keeps its clock right."),
                          TEXT("Install chrony or switch systemd-timesyncd on, unless the machine around this one does it."));
        else
                check_say(c, CHECK_OK, "clock", TEXT("It is kept."), TEXT_ABSENT);
}

void check_address_and_clock(struct check *c, const struct config *config)
{
        struct probe probe = {0};
        char error[CURL_ERROR_SIZE] = "";

        if (process_server(config->data) == 0) {
                check_say(c, CHECK_ADVICE, "base_url", TEXT("Not looked at: the program is not serving."),
                          TEXT("Start it, then run check again."));
        } else {
                CURLcode code = ask(text_format(c->arena, "%s/healthz", config->base_url).p, &probe, error);
                say_address(c, config, code, &probe, *error ? error : curl_easy_strerror(code));
        }
        say_clock(c, probe.date > 0 ? probe.date : 0);
}
