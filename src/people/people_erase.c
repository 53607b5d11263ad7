/* A person is forgotten: asked for, called off, done. */
#include "people/people_erase.h"

#include "base/app.h"
#include "html/letter.h"
#include "journeys/journeys.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/file.h"
#include "os/random.h"
#include "people/people.h"
#include "people/people_rights.mail.h"
#include "people/people_view.h"

#include <stdio.h>
#include <unistd.h>

enum { DAY_S = 86400, LIST_MOST = 16 << 20 };

/* ---- asking ---- */

struct err people_erasure(struct tx *tx, const struct who *who, struct people_erasure *out)
{
        struct people_erasure_open open;

        TRY(people_erasure_open(tx, who->person, &out->asked, &open));
        if (out->asked) {
                out->asked_at = open.asked_at;
                out->due_at = open.due_at;
        }
        return people_erase_counts(tx, who->person, &out->counts);
}

static struct err tell(struct tx *tx, int64_t person, int64_t erasure, int64_t due)
{
        struct out out = out_new(tx_arena(tx), 1024);
        struct people_person p;
        struct letter_text words;
        int64_t id;

        TRY(people_get(tx, person, &p));
        people_erasure_mail(&(struct page) {.out = &out, .locale = p.locale, .zone = p.zone, .now = tx_now(tx)}, &words,
                            &(struct people_rights_letter) {
                                    .first_name = p.first_name, .at = due,
                                    .url = text_format(tx_arena(tx), "%s/me/data/erase", tx_app(tx)->config->base_url)});
        return mail_post(tx, &(struct letter) {
                .to = p.id, .address = p.email, .name = p.first_name, .locale = p.locale, .class = MAIL_EVENT, .rule = "erasure",
                .anchor = text_format(tx_arena(tx), "erasure:%lld", (long long)erasure), .subject = words.subject,
                .body = words.body}, &id);
}

struct err people_ask_erasure(struct tx *tx, const struct who *who)
{
        int64_t id = random_id(), due = tx_now(tx) + PEOPLE_GRACE_DAYS * (int64_t)DAY_S;
        struct people_erasure now = {0};

        TRY(people_erasure(tx, who, &now));
        if (now.asked)
                return OK;
        if (now.counts.offices)
                return FAIL(ERR_CONFLICT, "Somebody else must take over from you first",
                            "You run a cohort, or are the only administrator: hand that over, then come back");
        TRY(people_erasure_insert(tx, id, who->person, tx_now(tx), due));
        TRY(jobs_add(tx, people_job_erase.name, text_format(tx_arena(tx), "%lld", (long long)id), due, id, 0));
        TRY(people_audit(tx, who, "erasure.ask", who->person, 0, ""));
        return tell(tx, who->person, id, due);
}

struct err people_call_off_erasure(struct tx *tx, const struct who *who)
{
        int64_t changes;

        TRY(people_erasure_call_off(tx, who->person, tx_now(tx), &changes));
        return changes ? people_audit(tx, who, "erasure.off", who->person, 0, "") : OK;
}

/* ---- doing ---- */

enum { NAMES = 4 };
struct gone { int64_t person; struct text email, key, first, last, name[NAMES]; };

static struct err look(struct tx *tx, int64_t person, struct gone *g)
{
        struct people_person p;

        TRY(people_get(tx, person, &p));
        *g = (struct gone) {.person = person, .email = p.email, .key = text_fold(tx_arena(tx), p.email),
                            .first = p.first_name, .last = p.last_name};
        const struct text all[NAMES] = {g->email, g->key, g->first, g->last};
        for (size_t i = 0; i < NAMES; i++)
                g->name[i] = all[i];
        return OK;
}

static struct err end_pairs(struct tx *tx, int64_t person)
{
        struct journeys_pair_list pairs;

        TRY(journeys_pairs_of(tx, person, &pairs));
        for (size_t i = 0; i < pairs.n; i++)
                TRY(journeys_end_without(tx, pairs.row[i].id, person));
        return OK;
}

static struct err blot_one(struct tx *tx, const struct people_blot_rows *r, struct text w)
{
        switch (r->kind) {
        case 0: return people_blot_message(tx, r->a, r->b, w);
        case 1: return people_blot_note(tx, r->a, w);
        case 2: return people_blot_subject(tx, r->a, w);
        case 3: return people_blot_letter(tx, r->a, w);
        case 4: return people_blot_asked(tx, r->a, w);
        case 5: return people_blot_agreed(tx, r->a, w);
        case 6: return people_blot_team_note(tx, r->a, w);
        case 7: return people_blot_private_note(tx, r->a, w);
        case 8: return people_blot_ticket(tx, r->a, w);
        case 9: return people_blot_reply(tx, r->a, r->b, w);
        case 10: return people_blot_goal(tx, r->a, w);
        case 11: return people_blot_thanks(tx, r->a, r->b, w);
        case 12: return people_blot_learned(tx, r->a, r->b, w);
        case 13: return people_blot_answer(tx, r->a, r->k, w);
        case 14: return people_blot_situation(tx, r->a, r->b, r->k, w);
        }
        must(!"a kind that people_blot_rows does not give");
}

static struct err blot_others(struct tx *tx, const struct gone *g)
{
        struct people_blot_rows_list rows;

        TRY(people_blot_rows(tx, g->person, g->email, g->first, g->last, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                struct text w = people_blot(tx_arena(tx), rows.row[i].words, g->name, NAMES);
                if (w.p)
                        TRY(blot_one(tx, &rows.row[i], w));
        }
        return OK;
}

typedef struct err erase_fn(struct tx *tx, int64_t person);

static erase_fn *const takes[] = {
        people_erase_questions, people_erase_applications, people_erase_invitations, people_erase_suggestions,
        people_erase_starts,
        people_erase_profile, people_erase_status, people_erase_extra, people_erase_roles, people_erase_sessions,
        people_erase_links, people_erase_log, people_erase_visits, people_erase_seen, people_erase_corrections,
        people_erase_choice, people_erase_proofs, people_erase_parts, people_erase_proposals, people_erase_drafts,
        people_erase_forbidden, people_erase_ranks, people_erase_marks, people_erase_avoids, people_erase_shortlist,
        people_erase_answered, people_erase_ways, people_erase_carried, people_erase_partners_letters, people_erase_messages, people_erase_bookmarks, people_erase_notes,
        people_erase_goals, people_erase_agreements, people_erase_places, people_erase_cards, people_erase_certificates, people_erase_holds,
        people_erase_actions, people_erase_circles, people_erase_training, people_erase_calls, people_erase_replies,
        people_erase_answers, people_erase_addresses, people_erase_password, people_erase_passkeys,
        people_erase_authenticator, people_erase_recovery, people_erase_wish, people_erase_snoozes, people_erase_quiet,
        people_erase_trouble, people_erase_desk_acts, people_erase_desk_views,
};

struct err people_erase(struct tx *tx, int64_t person)
{
        struct people_erased before;
        struct gone g;
        bool found;

        TRY(people_erased(tx, person, &found, &before));
        if (!found || before.erased_at.has)
                return OK;
        TRY(look(tx, person, &g));
        TRY(end_pairs(tx, person));
        for (size_t i = 0; i < sizeof takes / sizeof takes[0]; i++)
                TRY(takes[i](tx, person));
        TRY(people_erase_manager(tx, g.email));
        TRY(people_erase_manager(tx, g.key));
        TRY(people_erase_not_with(tx, person, g.key));
        TRY(people_erase_tickets(tx, person, g.email, tx_now(tx)));
        TRY(people_erase_sponsor(tx, g.email));
        TRY(people_erase_mails(tx, person, g.email));
        TRY(blot_others(tx, &g));
        TRY(people_erase_person(tx, person, text_format(tx_arena(tx), "gone-%lld@invalid", (long long)person), tx_now(tx)));
        TRY(people_erasure_done(tx, person, tx_now(tx)));
        return people_audit(tx, &people_system, "erasure.done", person, 0, "");
}

/* ---- files ---- */

struct files { int64_t person; bool gone; struct people_erase_outbox_ids_list ids; };

static struct err find_files(struct tx *tx, void *in)
{
        struct files *f = in;
        struct people_erased before;
        struct gone g;
        bool found;

        TRY(people_erased(tx, f->person, &found, &before));
        f->gone = !found || before.erased_at.has;
        if (f->gone)
                return OK;
        TRY(look(tx, f->person, &g));
        return people_erase_outbox_ids(tx, f->person, g.email, g.first, g.last, &f->ids);
}

/* Before the rows go: afterwards nobody knows which files they were. Doing it twice does no harm. */
struct err people_erase_files(struct app *app, struct arena *a, int64_t person)
{
        struct files f = {.person = person};
        const char *list = text_format(a, "%s/erased.txt", app->config->data).p;
        struct text known = TEXT("");

        TRY(db_read(app->db, a, find_files, &f));
        if (f.gone)
                return OK;
        for (size_t i = 0; i < f.ids.n; i++)
                unlink(text_format(a, "%s/mail/%lld.eml", app->config->data, (long long)f.ids.row[i].id).p);
        if (file_exists(list))
                TRY(file_read(a, list, LIST_MOST, &known));
        return file_write(list, text_format(a, "%s%lld\n", known.p, (long long)person), 0600);
}

static struct err erase_in(struct tx *tx, void *in) { return people_erase(tx, *(const int64_t *)in); }

struct err people_erase_again(struct app *app, struct arena *a, int *n)
{
        const char *list = text_format(a, "%s/erased.txt", app->config->data).p;
        struct text rest;

        *n = 0;
        if (!file_exists(list))
                return OK;
        TRY(file_read(a, list, LIST_MOST, &rest));
        while (rest.p && rest.n) {
                struct files f = {0};
                if (!text_int(text_cut(rest, '\n', &rest), &f.person))
                        continue;
                TRY(db_read(app->db, a, find_files, &f));
                if (f.gone)
                        continue;
                for (size_t i = 0; i < f.ids.n; i++)
                        unlink(text_format(a, "%s/mail/%lld.eml", app->config->data, (long long)f.ids.row[i].id).p);
                TRY(db_write(app->db, a, erase_in, &f.person));
                ++*n;
        }
        return OK;
}

/* ---- when the grace is over ---- */

struct due { int64_t erasure; bool go; struct people_erasure_row row; };

static struct err is_due(struct tx *tx, void *in)
{
        struct due *d = in;
        bool found;

        TRY(people_erasure_row(tx, d->erasure, &found, &d->row));
        d->go = found && !d->row.called_off_at.has && !d->row.done_at.has;
        return OK;
}

static struct err act(struct app *app, struct arena *a, const struct job *job)
{
        struct due d = {.erasure = job->a};

        TRY(db_read(app->db, a, is_due, &d));
        if (!d.go)
                return OK;
        TRY(people_erase_files(app, a, d.row.person));
        return db_write(app->db, a, erase_in, &d.row.person);
}

const struct job_kind people_job_erase = {.name = "people.erase", .clock = JOB_PROGRAMME, .act = act};
