/*
 * Concerns: for the designated contacts alone.  Every reading is written down; mails say that there
 * is one and nothing else.  With S1 from a member of the pair nothing more can be written or booked
 * in it until a person lets it go on.
 */
#include "care/care_concern.h"

#include "base/app.h"
#include "care/care.sql.h"
#include "care/care_letter.h"
#include "care/care_letter.mail.h"
#include "care/care_parts.h"
#include "html/letter.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/random.h"
#include "people/people.h"

enum {
        BODY_MOST = 10000,
        WORD_MOST = 500,
        CODE_CHARACTERS = 10,
        S1 = 1,
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

static struct err tell(struct tx *tx, const struct people_person *to, int64_t concern,
                       int64_t level, int64_t cohort)
{
        struct out out = out_new(tx_arena(tx), 1024);
        struct letter_text words;
        int64_t id;

        care_concern_came(
                &(struct page) {
                        .out = &out, .locale = to->locale, .zone = to->zone, .now = tx_now(tx)},
                &words,
                &(struct care_concern_letter_view) {
                        .first_name = to->first_name,
                        .title = msg(to->locale, care_level_title(level)),
                        .url = text_format(tx_arena(tx), "%s/desk/concerns",
                                           tx_app(tx)->config->base_url)});
        return mail_post(tx,
                         &(struct letter) {.to = to->id,
                                          .address = to->email,
                                          .name = to->first_name,
                                          .locale = to->locale,
                                          .class = MAIL_EVENT,
                                          .rule = "concern",
                                          .anchor = text_format(tx_arena(tx), "concern:%lld",
                                                                (long long)concern),
                                          .subject = words.subject,
                                          .body = words.body,
                                          .at_once = true,
                                          .cohort = cohort},
                         &id);
}

/* Where nobody is designated the administrators hear that there is one; they cannot read it, but
 * can name a contact. */
static struct err tell_contacts(struct tx *tx, int64_t concern, int64_t level, int64_t cohort)
{
        struct programmes_cohort c = {0};
        struct people_list contacts;

        if (cohort)
                TRY(programmes_cohort(tx, cohort, &c));
        TRY(people_with_role(tx, "contact", c.programme, &contacts));
        if (contacts.n == 0)
                TRY(people_with_role(tx, "administrator", 0, &contacts));
        for (size_t i = 0; i < contacts.n; i++)
                TRY(tell(tx, &contacts.row[i], concern, level, cohort));
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

struct err care_raise_concern(struct tx *tx, const struct who *who,
                              const struct care_concern_new *in, struct text *code)
{
        int64_t id = random_id(), pair, cohort;

        TRY(check_new(tx, in));
        TRY(place(tx, who, in, &pair, &cohort));
        *code = new_code(tx_arena(tx));
        TRY(care_insert_concern(
                tx, &(struct care_insert_concern_in) {.id = id,
                                                     .cohort = cohort,
                                                     .pair = pair,
                                                     .reporter = in->anonymous ? 0 : who->person,
                                                     .level = in->level,
                                                     .body = text_trim(in->body),
                                                     .reach = in->reach,
                                                     .code = *code,
                                                     .now = tx_now(tx)}));
        if (pair && in->level == S1)
                TRY(journeys_suspend(tx, pair));
        return tell_contacts(tx, id, in->level, cohort);
}

/* ---- for the designated contacts ---- */

static struct err contact_of(struct tx *tx, const struct who *who, int64_t concern,
                             struct care_concern_row *out)
{
        struct programmes_cohort c = {0};
        bool found;

        TRY(care_concern_row(tx, concern, &found, out));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such concern", "Choose one from the list");
        if (out->cohort)
                TRY(programmes_cohort(tx, out->cohort, &c));
        return people_must_have(tx, who, ROLE_CONTACT, c.programme);
}

/* The log does not say whose concern it was: other staff reads the log. */
struct err care_read_concern(struct tx *tx, const struct who *who, int64_t concern,
                             struct care_concern_row *out)
{
        TRY(contact_of(tx, who, concern, out));
        return people_audit(tx, who, "concern.read", 0, concern, "");
}

struct err care_say_concern(struct tx *tx, const struct who *who, int64_t concern,
                            struct text state, struct text word)
{
        struct care_concern_row row;

        TRY(contact_of(tx, who, concern, &row));
        if (!care_is_one_of(care_concern_states, state))
                return FAIL_AT(ERR_INVALID, "Where does it stand?", "state",
                               "Choose one of the three");
        if (word.n > WORD_MOST)
                return FAIL_AT(ERR_INVALID, "That is too long", "word",
                               "A sentence that says what happens next");
        TRY(care_set_concern(tx, concern, state, word.p ? word : TEXT(""), who->person,
                             tx_now(tx)));
        return people_audit(tx, who, "concern.state", 0, concern, text_c(tx_arena(tx), state));
}
