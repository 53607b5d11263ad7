/* What the columns of a roster mean, by their headers. */
#include "base/out.h"
#include "html/messages.h"
#include "programmes/roster_parts.h"

#include <string.h>

const struct roster_choice roster_choices[] = {
        [ROSTER_EMAIL] = {"email", M_("Mail address"), true},
        [ROSTER_FIRST_NAME] = {"first_name", M_("First name"), false},
        [ROSTER_LAST_NAME] = {"last_name", M_("Last name"), false},
        [ROSTER_NAME] = {"name", M_("Whole name"), false},
        [ROSTER_ROLE] = {"role", M_("Mentor, mentee or both"), false},
        [ROSTER_BOTH] = {"both", M_("Is both mentor and mentee"), false},
        [ROSTER_TITLE] = {"title", M_("Job title"), true},
        [ROSTER_GRADE] = {"grade", M_("Grade or level"), true},
        [ROSTER_ORGANISATION] = {"organisation", M_("Organisation"), true},
        [ROSTER_DEPARTMENT] = {"department", M_("Department"), true},
        [ROSTER_TEAM] = {"team", M_("Team"), true},
        [ROSTER_PROFESSION] = {"profession", M_("Profession"), true},
        [ROSTER_STAFF_ID] = {"staff_id", M_("Staff number"), true},
        [ROSTER_MANAGER_ID] = {"manager_id", M_("Line manager's staff number"), true},
        [ROSTER_MANAGER_EMAIL] = {"manager_email", M_("Line manager's mail address"), true},
        [ROSTER_LOCATION] = {"location", M_("Place"), true},
        [ROSTER_TIME_ZONE] = {"time_zone", M_("Time zone"), false},
        [ROSTER_LANGUAGES] = {"languages", M_("Languages"), false},
        [ROSTER_PHONE] = {"phone", M_("Telephone"), false},
        [ROSTER_OFFERS] = {"offers", M_("What they offer"), false},
        [ROSTER_WANTS] = {"wants", M_("What they look for"), false},
        [ROSTER_GOALS] = {"goals", M_("Goals"), false},
        [ROSTER_INTERESTS] = {"interests", M_("Interests"), false},
        [ROSTER_CAPACITY] = {"capacity", M_("How many mentees"), false},
        [ROSTER_AVAILABILITY] = {"availability", M_("Hours that suit"), false},
        [ROSTER_NOT_WITH] = {"not_with", M_("Not to be paired with"), false},
        [ROSTER_BIOGRAPHY] = {"biography", M_("Biography, shown once its owner approves"), false},
        [ROSTER_EXTRA] = {"extra", M_("Something else, for staff only"), false},
        [ROSTER_DROP] = {"drop", M_("Leave it out"), true},
        [ROSTER_MEANINGS] = {0},
};

/* Other headers that people use, as roster_header_key() makes them. */
static const struct { const char *key; enum roster_meaning meaning; } aliases[] = {
        {"emailaddress", ROSTER_EMAIL}, {"mail", ROSTER_EMAIL}, {"mailaddress", ROSTER_EMAIL},
        {"workemail", ROSTER_EMAIL},
        {"emailadresse", ROSTER_EMAIL}, {"mailadresse", ROSTER_EMAIL},
        {"givenname", ROSTER_FIRST_NAME}, {"forename", ROSTER_FIRST_NAME},
        {"vorname", ROSTER_FIRST_NAME},
        {"surname", ROSTER_LAST_NAME}, {"familyname", ROSTER_LAST_NAME},
        {"nachname", ROSTER_LAST_NAME},
        {"fullname", ROSTER_NAME}, {"participant", ROSTER_NAME},
        {"rolle", ROSTER_ROLE}, {"mentorormentee", ROSTER_ROLE}, {"participatingas", ROSTER_ROLE},
        {"bothmentorandmentee", ROSTER_BOTH}, {"mentorandmentee", ROSTER_BOTH},
        {"jobtitle", ROSTER_TITLE}, {"position", ROSTER_TITLE}, {"jobrole", ROSTER_TITLE},
        {"berufsbezeichnung", ROSTER_TITLE},
        {"level", ROSTER_GRADE}, {"band", ROSTER_GRADE}, {"seniority", ROSTER_GRADE},
        {"organization", ROSTER_ORGANISATION}, {"company", ROSTER_ORGANISATION},
        {"employer", ROSTER_ORGANISATION},
        {"firma", ROSTER_ORGANISATION}, {"abteilung", ROSTER_DEPARTMENT},
        {"dept", ROSTER_DEPARTMENT},
        {"businessunit", ROSTER_DEPARTMENT}, {"occupation", ROSTER_PROFESSION},
        {"beruf", ROSTER_PROFESSION},
        {"staffnumber", ROSTER_STAFF_ID}, {"employeeid", ROSTER_STAFF_ID}, {"employeenumber", ROSTER_STAFF_ID},
        {"personnelnumber", ROSTER_STAFF_ID}, {"personalnummer", ROSTER_STAFF_ID}, {"mitarbeiternummer", ROSTER_STAFF_ID},
        {"managerstaffid", ROSTER_MANAGER_ID}, {"manageremployeeid", ROSTER_MANAGER_ID}, {"managernumber", ROSTER_MANAGER_ID},
        {"linemanagerid", ROSTER_MANAGER_ID}, {"supervisorid", ROSTER_MANAGER_ID}, {"vorgesetztennummer", ROSTER_MANAGER_ID},
        {"supervisoremail", ROSTER_MANAGER_EMAIL}, {"vorgesetzter", ROSTER_MANAGER_EMAIL}, {"vorgesetztemail", ROSTER_MANAGER_EMAIL},
        {"manageremail", ROSTER_MANAGER_EMAIL}, {"linemanageremail", ROSTER_MANAGER_EMAIL},
        {"manageremailaddress", ROSTER_MANAGER_EMAIL}, {"linemanager", ROSTER_MANAGER_EMAIL},
        {"city", ROSTER_LOCATION}, {"office", ROSTER_LOCATION}, {"country", ROSTER_LOCATION},
        {"standort", ROSTER_LOCATION},
        {"timezone", ROSTER_TIME_ZONE}, {"zone", ROSTER_TIME_ZONE}, {"zeitzone", ROSTER_TIME_ZONE},
        {"language", ROSTER_LANGUAGES}, {"languagesspoken", ROSTER_LANGUAGES},
        {"sprachen", ROSTER_LANGUAGES},
        {"telephone", ROSTER_PHONE}, {"phonenumber", ROSTER_PHONE}, {"mobile", ROSTER_PHONE},
        {"telefon", ROSTER_PHONE},
        {"canoffer", ROSTER_OFFERS}, {"skills", ROSTER_OFFERS}, {"expertise", ROSTER_OFFERS},
        {"lookingfor", ROSTER_WANTS}, {"wantstolearn", ROSTER_WANTS}, {"needs", ROSTER_WANTS},
        {"goal", ROSTER_GOALS}, {"objectives", ROSTER_GOALS}, {"ziele", ROSTER_GOALS},
        {"hobbies", ROSTER_INTERESTS}, {"interessen", ROSTER_INTERESTS},
        {"maxmentees", ROSTER_CAPACITY}, {"numberofmentees", ROSTER_CAPACITY},
        {"availablehours", ROSTER_AVAILABILITY}, {"hours", ROSTER_AVAILABILITY},
        {"notwith", ROSTER_NOT_WITH}, {"donotmatchwith", ROSTER_NOT_WITH},
        {"exclude", ROSTER_NOT_WITH},
        {"bio", ROSTER_BIOGRAPHY}, {"aboutme", ROSTER_BIOGRAPHY}, {"biografie", ROSTER_BIOGRAPHY},
};

/* Words in a header that promise special-category data. */
static const char *const special[] = {
        "health", "disability", "disabled", "disabilities", "medical", "religion", "religious",
                "faith", "belief", "beliefs", "ethnicity",
        "ethnic", "race", "racial", "orientation", "sexual", "sexuality", "gender", "identity",
        "identities", "characteristic",
        "characteristics", "union", "political", "politics", "pregnancy", "genetic", "biometric",
        "diversity", "lgbt", "lgbtq", "lgbtqi",
        "trans", "transgender", "caste", "gesundheit", "behinderung", "glaube", "konfession",
        "ethnie", "gewerkschaft", "geschlecht",
        "orientierung", "identitaet", "identität", NULL,
};

bool roster_meaning_of(struct text word, enum roster_meaning *out)
{
        for (int i = 0; i < ROSTER_MEANINGS; i++) {
                if (text_is(word, roster_choices[i].word)) {
                        *out = (enum roster_meaning)i;
                        return true;
                }
        }
        return false;
}

static bool counts(char c)
{
        unsigned char u = (unsigned char)c;

        return (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || u >= 0x80;
}

struct text roster_header_key(struct arena *a, struct text header)
{
        struct text folded = text_fold(a, header);
        struct out o = out_new(a, folded.n + 1);

        for (size_t i = 0; i < folded.n; i++)
                if (counts(folded.p[i]))
                        out_char(&o, folded.p[i]);
        return out_get(&o);
}

bool roster_is_special(struct arena *a, struct text header)
{
        for (size_t i = 0; special[i]; i++)
                if (people_mentions(a, header, text_of(special[i])))
                        return true;
        return false;
}

enum roster_meaning roster_guess(struct arena *a, struct text header)
{
        struct text key = roster_header_key(a, header);

        if (roster_is_special(a, header))
                return ROSTER_DROP;
        for (int i = 0; i < ROSTER_EXTRA; i++)
                if (text_equal(key, roster_header_key(a, text_of(roster_choices[i].word))))
                        return (enum roster_meaning)i;
        for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
                if (text_is(key, aliases[i].key))
                        return aliases[i].meaning;
        return ROSTER_EXTRA;
}

/* The end of one entry: a line break or a semicolon. */
static struct text next_entry(struct text *rest)
{
        size_t i = 0;

        while (i < rest->n && rest->p[i] != '\n' && rest->p[i] != ';')
                i++;
        struct text entry = {rest->p, i};
        *rest = i < rest->n ? (struct text) {rest->p + i + 1, rest->n - i - 1} : TEXT_ABSENT;
        return text_trim(entry);
}

/* A header may hold a = of its own: the last one counts. */
static bool split_entry(struct text entry, struct text *header, struct text *word)
{
        const char *at = memrchr(entry.p, '=', entry.n);

        if (!at)
                return false;
        *header = text_trim((struct text) {entry.p, (size_t)(at - entry.p)});
        *word = text_trim((struct text) {at + 1, entry.n - (size_t)(at + 1 - entry.p)});
        return true;
}

struct err roster_map_find(struct arena *a, struct text map, struct text header, bool *found,
                           enum roster_meaning *out)
{
        struct text key = roster_header_key(a, header), rest = map;

        *found = false;
        while (rest.n) {
                struct text entry = next_entry(&rest), name, word;
                enum roster_meaning m;
                if (entry.n == 0 || entry.p[0] == '#')
                        continue;
                if (!split_entry(entry, &name, &word) || !roster_meaning_of(word, &m))
                        return FAIL_AT(ERR_INVALID, "A column cannot mean this", text_c(a, entry),
                                       "Write header=meaning, with a meaning like email, first_name, extra or drop");
                if (text_equal(roster_header_key(a, name), key)) {
                        *found = true;
                        *out = m;
                }
        }
        return OK;
}
