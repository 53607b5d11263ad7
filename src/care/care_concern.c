/*
 * Concerns come in: for the designated contacts alone.  What was written is sealed before it reaches the database; mails say
 * that there is one and nothing else.  A pair that it is about rests at once: nothing more can be written or booked in it until
 * a contact lets it go on.
 */
#include "care/care_concern.h"

#include "base/app.h"
#include "care/care_letter.h"
#include "care/care_letter.mail.h"
#include "care/care_parts.h"
#include "care/care_rules.h"
#include "html/letter.h"
#include "journeys/journeys.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/random.h"
#include "os/seal.h"
#include "os/zone.h"
#include "people/people.h"

enum {
        BODY_MOST = 10000,
        REACH_MOST = 300,
        CODE_CHARACTERS = 10,
        S1 = 1,
        EVENING = 18,
        HOUR_S = 3600,
        RAISE_WINDOW = 3600,
        RAISE_MOST = 200
};

/* 50 random bits in letters that nobody mixes up on the telephone: "K7QFM-2XDPA". */
static struct text new_code(struct arena *a)
{
        static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
        char code[CODE_CHARACTERS + 1];

        for (int i = 0; i < CODE_CHARACTERS; i++)
                code[i] = letters[random_below(sizeof letters - 1)];
        code[CODE_CHARACTERS] = '\0';
        return text_format(a, "%.5s-%s", code, code + 5);
}

/* ---- telling those whose task it is ---- */

typedef void letter_fn(struct page *pg, struct letter_text *out, const struct care_concern_letter_view *v);
static const struct { const char *rule; letter_fn *write; } news[] = {
        [CARE_NEWS_CAME] = {"concern", care_concern_came},
        [CARE_NEWS_WAITS] = {"concern-waits", care_concern_waits},
        [CARE_NEWS_REPLY] = {"concern-reply", care_concern_reply},
        [CARE_NEWS_TASK] = {"concern-task", care_concern_task},
};

static struct err tell(struct tx *tx, const struct people_person *to, int64_t concern, int64_t level, int64_t cohort,
                       enum care_news what, int64_t about)
{
        struct out out = out_new(tx_arena(tx), 1024);
        struct letter_text words;
        int64_t id;

        news[what].write(
                &(struct page) {.out = &out, .locale = to->locale, .zone = to->zone, .now = tx_now(tx)}, &words,
                &(struct care_concern_letter_view) {
                        .first_name = to->first_name, .title = msg(to->locale, care_level_title(level)),
                        .url = text_format(tx_arena(tx), "%s/desk/concerns", tx_app(tx)->config->base_url)});
        return mail_post(tx, &(struct letter) {
                .to = to->id, .address = to->email, .name = to->first_name, .locale = to->locale, .class = MAIL_EVENT,
                .rule = news[what].rule,
                .anchor = text_format(tx_arena(tx), "concern:%lld:%lld", (long long)concern, (long long)about),
                .subject = words.subject, .body = words.body, .at_once = true, .cohort = cohort}, &id);
}

/* Not one whom the reporter has left out, nor the other one of the pair. */
static struct err may_hear(struct tx *tx, const struct care_concern_for_job *c, int64_t person, bool *yes)
{
        struct journeys_pair p;

        *yes = person != c->not_for;
        if (!*yes || !c->pair || person == c->reporter)
                return OK;
        TRY(journeys_pair(tx, c->pair, &p));
        *yes = person != p.mentor && person != p.mentee;
        return OK;
}

/* Where nobody is left the administrators hear that there is one; they cannot read it, but can name a contact. */
struct err care_tell_contacts(struct tx *tx, int64_t concern, enum care_news what, int64_t about)
{
        struct care_concern_for_job c;
        struct programmes_cohort cohort = {0};
        struct people_list contacts, admins = {0};
        bool found, yes;
        size_t told = 0;

        TRY(care_concern_for_job(tx, concern, &found, &c));
        if (!found)
                return OK;
        if (c.cohort)
                TRY(programmes_cohort(tx, c.cohort, &cohort));
        TRY(people_with_role(tx, "contact", cohort.programme, &contacts));
        for (size_t i = 0; i < contacts.n; i++) {
                TRY(may_hear(tx, &c, contacts.row[i].id, &yes));
                told += yes;
                if (yes)
                        TRY(tell(tx, &contacts.row[i], concern, c.level, c.cohort, what, about));
        }
        if (told == 0 || (what == CARE_NEWS_WAITS && c.chased_at.has))
                TRY(people_with_role(tx, "administrator", 0, &admins));
        for (size_t i = 0; i < admins.n; i++)
                if (admins.row[i].id != c.not_for)
                        TRY(tell(tx, &admins.row[i], concern, c.level, c.cohort, what, about));
        return OK;
}

/* ---- raising one ---- */

static struct err check_new(struct tx *tx, const struct care_concern_new *in)
{
        if (in->level < 0 || in->level >= CARE_LEVELS)
                return FAIL_AT(ERR_INVALID, "How serious is it?", "level",
                               "Choose the nearest; you can be wrong");
        if (text_empty(text_trim(in->body)) || in->body.n > BODY_MOST)
                return FAIL_AT(ERR_INVALID, "What has happened?", "body",
                               "A few words are enough to begin with");
        if (in->reach.n > REACH_MOST)
                return FAIL_AT(ERR_INVALID, "That is too long", "reach", "A number or an address is enough");
        return people_attempt(tx, "concern", TEXT("all"), RAISE_WINDOW, RAISE_MOST);
}

/* The pair, if the person is in it; a cohort, so that the right contacts hear. Anonymous: only what
 * the form says. */
static struct err place(struct tx *tx, const struct who *who, const struct care_concern_new *in,
                        int64_t *pair, int64_t *cohort)
{
        struct programmes_participant_list parts;
        struct journeys_side side;

        *pair = 0;
        *cohort = 0;
        if (!who->person)
                return OK;
        if (in->pair) {
                TRY(journeys_side(tx, who, in->pair, &side));
                *pair = in->pair;
                *cohort = side.pair.cohort;
                return OK;
        }
        TRY(programmes_parts_of(tx, who->person, &parts));
        *cohort = parts.n ? parts.row[0].cohort : 0;
        return OK;
}

/* When somebody must have taken it: two working days, one, the evening of the day, an hour. */
static int64_t due_of(const struct zone *z, int64_t level, int64_t now)
{
        int64_t today = zone_day(z, now), evening = zone_at(z, today, EVENING, 0);

        switch (level) {
        case 0: return zone_at(z, care_working_days(today, 2), EVENING, 0);
        case S1: return zone_at(z, care_working_days(today, 1), EVENING, 0);
        case 2: return evening > now + HOUR_S ? evening : now + HOUR_S;
        }
        return now + HOUR_S;
}

static struct err zone_of(struct tx *tx, int64_t cohort, const struct zone **out)
{
        struct programmes_cohort c;

        *out = zone_utc();
        if (!cohort)
                return OK;
        TRY(programmes_cohort(tx, cohort, &c));
        *out = c.zone;
        return OK;
}

/* The words and how to reach the reporter, a zero byte between: neither is known without the key. */
static struct err seal(struct tx *tx, const struct care_concern_new *in, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 1024);

        out_text(&o, text_trim(in->body));
        out_char(&o, '\0');
        if (in->reach.n)
                out_text(&o, text_trim(in->reach));
        return seal_close(tx_arena(tx), tx_app(tx)->config->data, out_get(&o), out);
}

struct err care_raise_concern(struct tx *tx, const struct who *who,
                              const struct care_concern_new *in, struct text *code)
{
        int64_t id = random_id(), pair, cohort, due;
        const struct zone *zone;
        struct text sealed;

        TRY(check_new(tx, in));
        TRY(place(tx, who, in, &pair, &cohort));
        TRY(zone_of(tx, cohort, &zone));
        TRY(seal(tx, in, &sealed));
        *code = new_code(tx_arena(tx));
        due = due_of(zone, in->level, tx_now(tx));
        TRY(care_insert_concern(tx, &(struct care_insert_concern_in) {
                .id = id, .cohort = cohort, .pair = pair, .reporter = in->anonymous ? 0 : who->person, .level = in->level,
                .sealed = sealed, .code = *code, .now = tx_now(tx), .due = due, .not_for = in->not_for, .holds = pair != 0}));
        if (pair)
                TRY(journeys_suspend(tx, pair));
        TRY(jobs_add(tx, care_job_concern.name, text_format(tx_arena(tx), "take:%lld:%lld", (long long)id, (long long)due), due, id, 0));
        return care_tell_contacts(tx, id, CARE_NEWS_CAME, 0);
}

/* ---- deadlines ---- */

/* Nobody has taken it: the contacts are reminded once more; a day later the administrators hear that it waits, and no more. */
static struct err chase(struct tx *tx, const struct job *job, const struct care_concern_for_job *c)
{
        const int64_t again = job->due + 24 * HOUR_S;

        if (!text_is(c->state, "new"))
                return OK;
        TRY(care_tell_contacts(tx, job->a, CARE_NEWS_WAITS, job->due));
        if (c->chased_at.has)
                return OK;
        TRY(care_concern_chased(tx, job->a, tx_now(tx)));
        return jobs_add(tx, care_job_concern.name, text_format(tx_arena(tx), "take:%lld:%lld", (long long)job->a, (long long)again),
                        again, job->a, 0);
}

static struct err run(struct tx *tx, const struct job *job)
{
        struct care_concern_for_job c;
        struct care_step_open open;
        bool found;

        TRY(care_concern_for_job(tx, job->a, &found, &c));
        if (!found || text_is(c.state, "closed"))
                return OK;
        if (!job->b)
                return chase(tx, job, &c);
        TRY(care_step_open(tx, job->b, &open));
        return open.n ? care_tell_contacts(tx, job->a, CARE_NEWS_TASK, job->b) : OK;
}

const struct job_kind care_job_concern = {.name = "care.concern", .clock = JOB_PROGRAMME, .run = run};
