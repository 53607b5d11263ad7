/* SMTP by libcurl: STARTTLS and authentication are its work, and so is keeping the connection between mails. */
#include "mail/mail.h"
#include "mail/mail_parts.h"
#include "os/config.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* IDLE_S: servers hang up on a silent connection after a minute or more; an older one is opened anew instead of losing a mail to it */
enum { TIMEOUT_S = 60, CONNECT_S = 15, IDLE_S = 20 };

struct mail_sender {
        const struct app *app;
        CURL *curl;
        int64_t told;                           /* when it last said that the hour's quota is used up */
        char error[CURL_ERROR_SIZE];
        int answer;                     /* code of the last line that was no yes; 0: none */
        char said[400];
};

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void curl_start(void) { must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); }

struct mail_sender *mail_sender_new(const struct app *app)
{
        struct mail_sender *s = calloc(1, sizeof *s);

        pthread_once(&curl_once, curl_start);
        must(s && (s->curl = curl_easy_init()));
        s->app = app;
        return s;
}

void mail_sender_free(struct mail_sender *s)
{
        if (!s)
                return;
        curl_easy_cleanup(s->curl);
        free(s);
}

/* libcurl hands every line of the server's answers over as a header: "550 5.1.1 No such user". */
static size_t hear(char *line, size_t size, size_t n, void *in)
{
        struct mail_sender *s = in;
        size_t length = size * n;

        if (length < 4 || (line[0] != '4' && line[0] != '5') || line[1] < '0' || line[1] > '9' || line[2] < '0' || line[2] > '9')
                return length;
        while (n > 0 && length > 0 && (line[length - 1] == '\r' || line[length - 1] == '\n'))
                length--;
        s->answer = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
        snprintf(s->said, sizeof s->said, "%.*s", (int)length, line);
        return size * n;
}

int mail_sender_answer(const struct mail_sender *s, struct text *said)
{
        *said = text_of(s->said[0] ? s->said : s->error);
        return s->answer;
}

bool mail_sender_may_tell(struct mail_sender *s, int64_t now, int64_t seconds)
{
        if (now - s->told < seconds)
                return false;
        s->told = now;
        return true;
}

static void set_server(struct mail_sender *s)
{
        const struct config *c = s->app->config;
        char url[512];
        bool tls = strcmp(c->smtp_security, "tls") == 0;
        const char *from_domain = strrchr(c->mail_from, '@');

        snprintf(url, sizeof url, "%s://%s:%d/%s", tls ? "smtps" : "smtp", c->smtp_host, c->smtp_port,
                 from_domain ? from_domain + 1 : "localhost");
        curl_easy_reset(s->curl);
        curl_easy_setopt(s->curl, CURLOPT_URL, url);
        curl_easy_setopt(s->curl, CURLOPT_ERRORBUFFER, s->error);
        curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
        curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
        curl_easy_setopt(s->curl, CURLOPT_MAXAGE_CONN, (long)IDLE_S);
        curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        if (strcmp(c->smtp_security, "starttls") == 0)
                curl_easy_setopt(s->curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
        if (*c->smtp_user) {
                curl_easy_setopt(s->curl, CURLOPT_USERNAME, c->smtp_user);
                curl_easy_setopt(s->curl, CURLOPT_PASSWORD, c->smtp_password);
        }
        curl_easy_setopt(s->curl, CURLOPT_HEADERFUNCTION, hear);
        curl_easy_setopt(s->curl, CURLOPT_HEADERDATA, s);
        s->error[0] = s->said[0] = 0;
        s->answer = 0;
}

/* 5xx is final (invalid), everything else is worth another try (upstream). The server's word goes to the log and the desk. */
static struct err outcome(struct mail_sender *s, struct arena *a, CURLcode code)
{
        long status = 0;
        struct err e;

        if (code == CURLE_OK)
                return OK;
        curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
        const char *detail = s->said[0] ? s->said : s->error[0] ? s->error : curl_easy_strerror(code);
        if (code == CURLE_LOGIN_DENIED)
                s->answer = 0;          /* about us, not about the address */
        if (status >= 500 && status < 600 && code != CURLE_LOGIN_DENIED)
                e = FAIL(ERR_INVALID, "The mail server refused this mail for good", "Check the address");
        else if (code == CURLE_LOGIN_DENIED)
                e = FAIL(ERR_UPSTREAM, "The mail server refused the user name or password",
                         "Check smtp_user and smtp_password");
        else if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST)
                e = FAIL(ERR_UPSTREAM, "The mail server does not answer", "Check smtp_host and smtp_port");
        else
                e = FAIL(ERR_UPSTREAM, "The mail server did not take the mail", "It is tried again by itself");
        e.detail = arena_dup(a, detail, strlen(detail));
        return e;
}

struct err mail_greet(struct mail_sender *s, struct arena *a)
{
        set_server(s);
        curl_easy_setopt(s->curl, CURLOPT_NOBODY, 1L);
        curl_easy_setopt(s->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
        return outcome(s, a, curl_easy_perform(s->curl));
}

struct upload { struct text rest; };

static size_t give(char *to, size_t size, size_t n, void *in)
{
        struct upload *u = in;
        size_t room = size * n;
        size_t take = u->rest.n < room ? u->rest.n : room;

        memcpy(to, u->rest.p, take);
        u->rest.p += take;
        u->rest.n -= take;
        return take;
}

struct err mail_send(struct mail_sender *s, struct arena *a, struct text from, struct text to, struct text message)
{
        struct upload u = {.rest = message};
        struct curl_slist *rcpt = curl_slist_append(NULL, text_format(a, "<%s>", text_c(a, to)).p);

        set_server(s);
        curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, text_format(a, "<%s>", text_c(a, from)).p);
        curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, rcpt);
        curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give);
        curl_easy_setopt(s->curl, CURLOPT_READDATA, &u);
        curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
        struct err e = outcome(s, a, curl_easy_perform(s->curl));
        curl_slist_free_all(rcpt);
        return e;
}
