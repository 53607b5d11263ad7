/* Handing pairs over: one by one, all for good, or for the days that somebody is away. */
#include "desk/desk_parts.h"

#include "desk/desk_letter.h"
#include "desk/desk_letter.mail.h"
#include "html/letter.h"
#include "mail/mail.h"
#include "os/random.h"
#include "people/people.h"
#include "programmes/programmes.h"

enum { LONGEST_DAYS = 120, NOTE_MOST = 2000 };

/* ---- one pair ---- */

static struct err owner_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 32);
        struct desk_owner_row row;
        bool found;

        TRY(desk_owner_row(tx, act->pair, &found, &row));
        desk_put_opt(&o, (struct opt) {found, found ? row.person : 0});
        *out = out_get(&o);
        return OK;
}

static struct err owner_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct text was = act->was;
        struct opt person = desk_take_opt(&was);

        return person.has ? desk_put_owner(tx, act->pair, person.v, tx_now(tx), who->person) : desk_drop_owner(tx, act->pair);
}

const struct desk_kind desk_act_owner = {"pair.owner", M_("Given to a colleague"), owner_state, owner_back};

static struct err check_colleague(struct tx *tx, int64_t cohort, int64_t person, const char *place)
{
        struct people_list all;

        TRY(desk_colleagues(tx, cohort, &all));
        for (size_t i = 0; i < all.n; i++)
                if (all.row[i].id == person)
                        return OK;
        return FAIL_AT(ERR_INVALID, "They are no coordinator of this programme", place, "Choose one from the list");
}

struct err desk_colleagues(struct tx *tx, int64_t cohort, struct people_list *out)
{
        struct people_list coordinators, administrators;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(people_with_role(tx, "coordinator", c.programme, &coordinators));
        TRY(people_with_role(tx, "administrator", 0, &administrators));
        *out = (struct people_list) {.row = arena_array(tx_arena(tx), struct people_person, coordinators.n + administrators.n + 1)};
        for (size_t i = 0; i < coordinators.n + administrators.n; i++) {
                const struct people_person *p = i < coordinators.n ? &coordinators.row[i] : &administrators.row[i - coordinators.n];
                size_t k = 0;
                while (k < out->n && out->row[k].id != p->id)
                        k++;
                if (k == out->n)
                        out->row[out->n++] = *p;
        }
        return OK;
}

struct err desk_give_pair(struct tx *tx, const struct who *who, int64_t pair, int64_t person, int64_t batch)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, pair, &p));
        TRY(programmes_staff(tx, who, p.cohort));
        TRY(check_colleague(tx, p.cohort, person, "person"));
        struct desk_act act = {.kind = &desk_act_owner, .cohort = p.cohort, .pair = pair, .batch = batch};
        TRY(desk_begin(tx, who, &act));
        TRY(desk_put_owner(tx, pair, person, tx_now(tx), who->person));
        return desk_end(tx, &act);
}

/* ---- all of somebody's ---- */

static struct err tell_one(struct tx *tx, const struct programmes_cohort *c, const struct desk_handover *in, int64_t cover, int64_t person)
{
        struct people_person to, away, colleague;
        struct out out = out_new(tx_arena(tx), 1024);
        struct letter_text words;
        int64_t id;

        TRY(people_get(tx, person, &to));
        TRY(people_get(tx, in->from, &away));
        TRY(people_get(tx, in->to, &colleague));
        struct page page = {.out = &out, .locale = to.locale, .zone = to.zone, .now = tx_now(tx)};
        struct desk_cover_letter v = {.first_name = to.first_name, .away = away.first_name, .colleague = colleague.first_name,
                                      .from_day = in->from_day, .until_day = in->until_day, .help = c->help_email};
        if (in->until_day)
                desk_cover(&page, &words, &v);
        else
                desk_moved_on(&page, &words, &v);
        return mail_post(tx, &(struct letter) {
                .to = to.id, .address = to.email, .name = to.first_name, .locale = to.locale, .class = MAIL_EVENT, .rule = "cover",
                .anchor = text_format(tx_arena(tx), "cover:%lld", (long long)cover), .subject = words.subject, .body = words.body,
                .from_name = colleague.first_name, .reply_to = c->help_email, .cohort = c->id}, &id);
}

static bool is_over(struct text state) { return text_is(state, "closed"); }

/* Whoever is in two of the pairs gets one letter: its anchor is the handover. */
static struct err tell_all(struct tx *tx, const struct programmes_cohort *c, const struct desk_handover *in, const struct desk_load *load,
                           int64_t cover)
{
        for (size_t i = 0; in->tell && i < load->n; i++) {
                if (load->row[i].owner != in->from || is_over(load->row[i].state))
                        continue;
                TRY(tell_one(tx, c, in, cover, load->row[i].mentor));
                TRY(tell_one(tx, c, in, cover, load->row[i].mentee));
        }
        return OK;
}

static struct err check(struct tx *tx, const struct programmes_cohort *c, const struct desk_handover *in)
{
        int64_t today = zone_day(c->zone, tx_now(tx));
        struct desk_cover_overlap overlap;

        TRY(check_colleague(tx, c->id, in->to, "to"));
        if (in->from == in->to)
                return FAIL_AT(ERR_INVALID, "Choose two different people", "to", "Who looks after the pairs instead?");
        if (in->until_day == 0)
                return OK;
        if (in->from_day < today)
                return FAIL_AT(ERR_INVALID, "That day is over", "from_day", "Choose today or later");
        if (in->until_day < in->from_day || in->until_day > in->from_day + LONGEST_DAYS)
                return FAIL_AT(ERR_INVALID, "The last day is before the first, or far off", "until_day",
                               "At most four months; leave it empty if it is for good");
        TRY(desk_cover_overlap(tx, c->id, in->from, in->from_day, in->until_day, &overlap));
        return overlap.n ? FAIL_AT(ERR_INVALID, "Somebody stands in for them on some of these days already", "from_day", "End that first") : OK;
}

static struct err for_some_days(struct tx *tx, const struct who *who, const struct programmes_cohort *c, const struct desk_handover *in,
                                const struct desk_load *load)
{
        struct desk_act act = {.kind = &desk_act_cover, .cohort = c->id, .person = in->from};
        int64_t cover = random_id();

        TRY(desk_begin(tx, who, &act));
        act.subject = cover;
        TRY(desk_insert_cover(tx, &(struct desk_insert_cover_in) {
                .id = cover, .cohort = c->id, .from_person = in->from, .to_person = in->to, .from_day = in->from_day,
                .until_day = in->until_day, .note = in->note.p ? text_trim(in->note) : TEXT(""), .told = in->tell,
                .by_person = who->person, .now = tx_now(tx)}));
        TRY(tell_all(tx, c, in, load, cover));
        return desk_end(tx, &act);
}

/* Each pair is a part of it, so that undoing gives back what can be given back. */
static struct err for_good(struct tx *tx, const struct who *who, const struct programmes_cohort *c, const struct desk_handover *in,
                           const struct desk_load *load)
{
        struct desk_act act = {.kind = &desk_act_handover, .cohort = c->id, .person = in->from};

        TRY(desk_begin(tx, who, &act));
        for (size_t i = 0; i < load->n; i++)
                if (load->row[i].owner == in->from && !is_over(load->row[i].state))
                        TRY(desk_give_pair(tx, who, load->row[i].pair, in->to, act.id));
        tx_set_act(tx, act.id);
        TRY(tell_all(tx, c, in, load, act.id));
        return desk_end(tx, &act);
}

struct err desk_hand_over(struct tx *tx, const struct who *who, const struct desk_handover *in)
{
        struct programmes_cohort c;
        struct desk_load load;

        TRY(programmes_staff(tx, who, in->cohort));
        TRY(programmes_cohort(tx, in->cohort, &c));
        if (in->note.n > NOTE_MOST)
                return FAIL_AT(ERR_INVALID, "The note is too long", "note", "At most 2,000 characters");
        TRY(check(tx, &c, in));
        TRY(desk_load_of(tx, in->cohort, &load));
        TRY(people_audit(tx, who, "desk.handover", in->from, in->to, ""));
        return in->until_day ? for_some_days(tx, who, &c, in, &load) : for_good(tx, who, &c, in, &load);
}

static struct err cover_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 32);
        struct desk_cover_row row;
        bool found = false;

        if (act->subject)
                TRY(desk_cover_row(tx, act->subject, &found, &row));
        desk_put_opt(&o, found ? row.ended_at : (struct opt) {0});
        *out = out_get(&o);
        return OK;
}

static struct err cover_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)who;
        return desk_set_cover_end(tx, act->subject, (struct opt) {true, tx_now(tx)});
}

static struct err cover_end_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)who;
        return desk_set_cover_end(tx, act->subject, (struct opt) {0});
}

static struct err nothing_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)tx, (void)who, (void)act;
        return OK;
}

const struct desk_kind desk_act_cover = {"desk.cover", M_("Holiday cover arranged"), cover_state, cover_back};
const struct desk_kind desk_act_cover_end = {"desk.cover-end", M_("Holiday cover ended"), cover_state, cover_end_back};
const struct desk_kind desk_act_handover = {"desk.handover", M_("Pairs handed over"), NULL, nothing_back};

struct err desk_end_cover(struct tx *tx, const struct who *who, int64_t cover)
{
        struct desk_cover_row row;
        bool found;

        TRY(desk_cover_row(tx, cover, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such cover", "Go back to the list");
        TRY(programmes_staff(tx, who, row.cohort));
        if (row.ended_at.has)
                return OK;
        struct desk_act act = {.kind = &desk_act_cover_end, .cohort = row.cohort, .person = row.from_person, .subject = cover};
        TRY(desk_begin(tx, who, &act));
        TRY(desk_set_cover_end(tx, cover, (struct opt) {true, tx_now(tx)}));
        return desk_end(tx, &act);
}
