/* Who is asked, who asks for somebody else, who comes by themselves, and who would rather not. */
#include "base/app.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"
#include "people/people.h"
#include "recruiting/recruiting.mail.h"
#include "recruiting/recruiting.sql.h"
#include "recruiting/recruiting_parts.h"
#include "recruiting/recruiting_rules.h"

enum { LINES_MOST = 2000, WINDOW_S = 15 * 60, FROM_PLACE = 20, FROM_ADDRESS = 3, NOMINATIONS = 10, REASON_MOST = 500 };

/* ---- asking ---- */

struct asking {
        struct tx *tx;
        const struct who *who;
        struct programmes_cohort c;
        const char *kind;
        bool mentor;
        struct text by_name, why;
        struct recruiting_asked *out;
};

static struct err begin_asking(struct tx *tx, const struct who *who, int64_t cohort, struct asking *a)
{
        *a->out = (struct recruiting_asked) {0};
        a->tx = tx;
        a->who = who;
        TRY(programmes_cohort(tx, cohort, &a->c));
        if (a->c.closed_at.has || zone_day(a->c.zone, tx_now(tx)) > a->c.end_day)
                return FAIL(ERR_CONFLICT, "This cohort has come to its end", "Invite people into the next one");
        return OK;
}

static struct err insert(const struct asking *a, int64_t person, int64_t *changes)
{
        return recruiting_invitation_insert(a->tx, &(struct recruiting_invitation_insert_in) {
                .id = random_id(), .cohort = a->c.id, .person = person, .role = a->mentor ? TEXT("mentor") : TEXT("mentee"),
                .kind = text_of(a->kind), .by_person = a->who->person, .by_name = a->by_name, .why = a->why,
                .now = tx_now(a->tx)}, changes);
}

static struct err ask(const struct asking *a, int64_t person)
{
        struct recruiting_invitation_of row;
        int64_t changes, part;
        bool found;

        TRY(recruiting_invitation_of(a->tx, a->c.id, person, &found, &row));
        if (found) {
                a->out->said_no += row.declined_at.has;
                a->out->here += !row.declined_at.has;
                return OK;
        }
        TRY(programmes_join(a->tx, &people_system, a->c.id, person, a->mentor, "invited", 1, &part));
        if (!part) {
                a->out->here++;
                return OK;
        }
        TRY(insert(a, person, &changes));
        a->out->asked++;
        return people_audit(a->tx, a->who, "recruiting.invite", person, a->c.id, a->kind);
}

static struct err person_for(const struct asking *a, const struct recruiting_addressee *to, int64_t *person)
{
        bool made;

        return people_add(a->tx, &people_system, &(struct people_new) {
                .email = to->email, .first_name = to->first_name, .last_name = to->last_name,
                .zone = text_of(zone_name(a->c.zone)), .locale = text_of(locale_tag((enum locale)a->c.locale))}, person, &made);
}

static void report_bad(const struct asking *a, int64_t line, struct text what)
{
        struct recruiting_asked *out = a->out;

        out->bad = db_list_room(a->tx, out->bad, out->n_bad, sizeof *out->bad);
        out->bad[out->n_bad++] = (struct recruiting_bad) {line, text_copy(tx_arena(a->tx), text_first_chars(what, 80))};
}

static struct err ask_line(const struct asking *a, int64_t number, struct text line)
{
        struct recruiting_addressee to;
        int64_t person;

        if (!recruiting_read_addressee(tx_arena(a->tx), line, &to)) {
                report_bad(a, number, line);
                return OK;
        }
        struct err e = person_for(a, &to, &person);
        if (err_is(e, ERR_INVALID)) {
                report_bad(a, number, line);
                return OK;
        }
        TRY(e);
        return ask(a, person);
}

/* "a@x, b@y" on one line is two; "Lima, Ana <a@x>" is one: what has no address of its own belongs to its neighbour. */
static struct err ask_lines_of(const struct asking *a, int64_t number, struct text line)
{
        struct text rest = line, piece, comma;

        for (size_t at = 0, n = 0; at < line.n; at++)
                if (line.p[at] == '@' && ++n > 1) {
                        while (rest.p) {
                                piece = text_trim(text_cut(rest, ';', &rest));
                                while (piece.p) {
                                        comma = text_trim(text_cut(piece, ',', &piece));
                                        if (!text_empty(comma))
                                                TRY(ask_line(a, number, comma));
                                }
                        }
                        return OK;
                }
        return ask_line(a, number, line);
}

struct err recruiting_invite_lines(struct tx *tx, const struct who *who, int64_t cohort, bool mentor, struct text lines,
                                   struct recruiting_asked *out)
{
        struct asking a = {.kind = "staff", .mentor = mentor, .out = out};
        struct text rest = lines;

        TRY(programmes_staff(tx, who, cohort));
        TRY(begin_asking(tx, who, cohort, &a));
        for (int64_t number = 1; rest.p; number++) {
                struct text line = text_trim(text_cut(rest, '\n', &rest));
                if (number > LINES_MOST)
                        return FAIL_AT(ERR_INVALID, "These are too many at once", "lines", "Paste at most 2,000 lines");
                if (!text_empty(line))
                        TRY(ask_lines_of(&a, number, line));
        }
        return OK;
}

struct err recruiting_invite_people(struct tx *tx, const struct who *who, int64_t cohort, bool mentor, const int64_t *person,
                                    size_t n, struct recruiting_asked *out)
{
        struct asking a = {.kind = "staff", .mentor = mentor, .out = out};
        struct recruiting_known_rows_list known;

        TRY(programmes_staff(tx, who, cohort));
        TRY(begin_asking(tx, who, cohort, &a));
        TRY(recruiting_known_rows(tx, a.c.programme, cohort, &known));
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < known.n; k++)
                        if (known.row[k].person == person[i])
                                TRY(ask(&a, person[i]));
        return OK;
}

struct err recruiting_invite_alumni(struct tx *tx, const struct who *who, int64_t cohort, int64_t earlier,
                                    struct recruiting_asked *out)
{
        struct asking a = {.kind = "alumni", .mentor = true, .out = out};
        struct programmes_participant_list people;
        struct programmes_cohort from;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_staff(tx, who, earlier));
        TRY(begin_asking(tx, who, cohort, &a));
        TRY(programmes_cohort(tx, earlier, &from));
        if (from.programme != a.c.programme || from.id == a.c.id)
                return FAIL(ERR_ABSENT, "There is no such earlier cohort", "Choose one from the list");
        TRY(programmes_participants(tx, earlier, &people));
        for (size_t i = 0; i < people.n; i++)
                if (text_is(people.row[i].state, "done"))
                        TRY(ask(&a, people.row[i].person));
        return OK;
}

/* ---- naming somebody ---- */

static struct err invite_named(struct tx *tx, const struct who *who, int64_t cohort, const struct recruiting_nomination *in)
{
        struct recruiting_asked asked;
        struct asking a = {.kind = "nomination", .mentor = in->mentor, .by_name = in->by_name, .why = in->why, .out = &asked};
        int64_t person;

        TRY(begin_asking(tx, who, cohort, &a));
        TRY(person_for(&a, &(struct recruiting_addressee) {in->email, in->first_name, in->last_name}, &person));
        return ask(&a, person);
}

/* Who has signed in goes by their own name, whatever the form says. */
static struct err sign(struct tx *tx, const struct who *who, struct recruiting_nomination *n)
{
        struct people_person me;

        if (!who->person)
                return text_empty(n->by_name) ? FAIL_AT(ERR_INVALID, "Say who suggests this person", "by_name",
                                                        "Your name stands in the letter to them")
                                              : OK;
        TRY(people_get(tx, who->person, &me));
        n->by_name = text_trim(text_format(tx_arena(tx), "%s %s", text_c(tx_arena(tx), me.first_name),
                                           text_c(tx_arena(tx), me.last_name)));
        n->by_email = me.email;
        return OK;
}

struct err recruiting_nominate(struct tx *tx, const struct who *who, int64_t cohort, struct text ip,
                               const struct recruiting_nomination *in)
{
        struct recruiting_nomination n = *in;
        struct programmes_cohort c;
        struct recruiting_page page;
        int64_t id = random_id(), changes;

        TRY(recruiting_must_be_open(tx, cohort, &c, &page));
        if (!who->person)
                TRY(people_attempt(tx, "nominate-ip", ip.p ? ip : TEXT("?"), WINDOW_S, NOMINATIONS));
        TRY(sign(tx, who, &n));
        TRY(recruiting_nomination_insert(tx, &(struct recruiting_nomination_insert_in) {
                .id = id, .cohort = cohort, .first_name = n.first_name, .last_name = n.last_name.p ? n.last_name : TEXT(""),
                .email = n.email, .email_key = text_fold(tx_arena(tx), text_trim(n.email)),
                .role = n.mentor ? TEXT("mentor") : TEXT("mentee"), .why = n.why, .by_person = who->person,
                .by_name = n.by_name, .by_email = n.by_email.p ? n.by_email : TEXT(""), .now = tx_now(tx)}, &changes));
        if (!changes || !who->person)
                return OK;
        TRY(recruiting_nomination_settle(tx, id, true, tx_now(tx)));
        return invite_named(tx, who, cohort, &n);
}

struct err recruiting_settle_nomination(struct tx *tx, const struct who *who, int64_t nomination, bool invite)
{
        struct recruiting_nomination_row r;
        bool found;

        TRY(recruiting_nomination_row(tx, nomination, &found, &r));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such suggestion", "Go back to the list");
        TRY(programmes_staff(tx, who, r.cohort));
        if (r.settled_at.has)
                return FAIL(ERR_CONFLICT, "Somebody has dealt with this already", "Go back to the list");
        TRY(recruiting_nomination_settle(tx, nomination, invite, tx_now(tx)));
        return invite ? invite_named(tx, who, r.cohort, &(struct recruiting_nomination) {
                                .first_name = r.first_name, .last_name = r.last_name, .email = r.email, .why = r.why,
                                .by_name = r.by_name, .mentor = text_is(r.role, "mentor")})
                      : OK;
}

/* ---- coming by oneself ---- */

static struct err mail_link(struct tx *tx, const struct programmes_cohort *c, const struct recruiting_post *in)
{
        struct recruiting_post post = *in;

        post.write = recruiting_begin_mail;
        post.rule = "apply";
        post.anchor = text_format(tx_arena(tx), "%lld", (long long)random_id());
        return recruiting_post(tx, c, &post);
}

/* A link of somebody who is nobody yet: it names the address. */
static struct err mail_start(struct tx *tx, const struct programmes_cohort *c, struct text email, int locale)
{
        int64_t id = random_id();

        TRY(recruiting_start_insert(tx, id, c->id, email, text_of(locale_tag((enum locale)locale)), tx_now(tx)));
        struct text token = token_make(tx_app(tx)->keys, tx_arena(tx),
                                       &(struct token) {.purpose = TOKEN_APPLY, .kind = APPLY_START, .a = id});
        return mail_link(tx, c, &(struct recruiting_post) {
                .address = email, .locale = locale,
                .url = text_format(tx_arena(tx), "%s/apply/%s", tx_app(tx)->config->base_url, token.p)});
}

struct err recruiting_begin(struct tx *tx, int64_t cohort, struct text email, int locale, struct text ip)
{
        struct people_person p;
        struct programmes_cohort c;
        struct recruiting_page page;
        bool known;

        TRY(recruiting_must_be_open(tx, cohort, &c, &page));
        TRY(people_attempt(tx, "apply-ip", ip.p ? ip : TEXT("?"), WINDOW_S, FROM_PLACE));
        TRY(people_attempt(tx, "apply", text_fold(tx_arena(tx), text_trim(email)), WINDOW_S, FROM_ADDRESS));
        TRY(people_by_email(tx, email, &known, &p));
        if (!known)
                return mail_start(tx, &c, email, locale);
        return mail_link(tx, &c, &(struct recruiting_post) {.person = p.id, .url = recruiting_url(tx, cohort, p.id)});
}

struct err recruiting_begin_own(struct tx *tx, const struct who *who, int64_t cohort, bool mentor)
{
        struct asking a = {.tx = tx, .who = who, .kind = "own", .mentor = mentor};
        struct recruiting_page page;
        int64_t changes;

        TRY(recruiting_must_be_open(tx, cohort, &a.c, &page));
        TRY(insert(&a, who->person, &changes));
        return changes ? OK : recruiting_invitation_undecline(tx, cohort, who->person);
}

struct err recruiting_start_person(struct tx *tx, int64_t start, int64_t *cohort, int64_t *person)
{
        struct recruiting_start_row r;
        struct asking a = {.tx = tx, .kind = "own"};
        struct who who;
        int64_t changes;
        bool found, made;

        TRY(recruiting_start_row(tx, start, &found, &r));
        if (!found)
                return FAIL(ERR_ABSENT, "This link leads nowhere", "Ask for a new one on the page of the programme");
        *cohort = r.cohort;
        TRY(programmes_cohort(tx, r.cohort, &a.c));
        TRY(people_add(tx, &people_system, &(struct people_new) {
                .email = r.email, .zone = text_of(zone_name(a.c.zone)), .locale = r.locale}, person, &made));
        TRY(people_who(tx, *person, &who));
        a.who = &who;
        return insert(&a, *person, &changes);
}

/* ---- no, thank you ---- */

struct err recruiting_decline(struct tx *tx, int64_t cohort, int64_t person, struct text reason)
{
        struct recruiting_application_row application;
        struct text why = text_first_chars(text_trim(reason), REASON_MOST);
        bool found;

        TRY(recruiting_application_row(tx, cohort, person, &found, &application));
        if (found && !text_is(application.state, "draft") && !text_is(application.state, "withdrawn"))
                return FAIL(ERR_CONFLICT, "You have applied already", "You can take your application back instead");
        if (found)
                TRY(recruiting_application_state(tx, application.id, TEXT("withdrawn")));
        TRY(recruiting_invitation_decline(tx, cohort, person, tx_now(tx), text_empty(why) ? TEXT_ABSENT : why));
        return programmes_admit(tx, &people_system, cohort, person, false);
}
