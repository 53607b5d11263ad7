#include "rehearsal/rehearsal_people.h"

#include "base/csv.h"
#include "base/out.h"
#include "rehearsal/rehearsal_chance.h"
#include "rehearsal/rehearsal_words.h"

#include <glib.h>

enum { STAFF = 4, TELEPHONE = 6 };

/* Numbers that regulators keep free for fiction: Ofcom, North America, Australia. */
static struct text phone(struct arena *a, const char *zone, size_t i)
{
        if (text_starts(text_of(zone), "America/"))
                return text_format(a, "+1 212 555 %04zu", 100 + i % 100);
        if (text_starts(text_of(zone), "Pacific/") || text_starts(text_of(zone), "Australia/"))
                return text_format(a, "+61 491 570 %03zu", 100 + i % 60);
        return text_format(a, "+44 7700 900%03zu", i % 1000);
}

static struct text email(struct arena *a, struct text first, struct text last, size_t i)
{
        char *plain = g_str_to_ascii(text_format(a, "%s.%s", first.p, last.p).p, "C");
        struct out o = out_new(a, 64);

        for (const char *c = plain; *c; c++)
                if (g_ascii_isalnum(*c) || *c == '.')
                        out_char(&o, g_ascii_tolower(*c));
        g_free(plain);
        out_format(&o, "@%s", i % 3 == 2 ? "example.net" : "example.org");
        return out_get(&o);
}

static bool taken(const struct rehearsal_cast *cast, struct text mail)
{
        for (size_t i = 0; i < cast->n; i++)
                if (text_equal(cast->p[i].email, mail))
                        return true;
        return false;
}

/* Goes through the tongues in turn and through each one's names at different speeds: hundreds of
 * people before a repeat. */
static void name(struct arena *a, struct rehearsal_chance *c, struct rehearsal_cast *cast,
                 struct rehearsal_person *p)
{
        for (int try = 0;; try++) {
                const struct rehearsal_tongue *t =
                        &rehearsal_tongues[(cast->n + (size_t)try) % REHEARSAL_TONGUES];
                p->first = text_of(t->first[rehearsal_between(c, 0, REHEARSAL_NAMES - 1)]);
                p->last = text_of(t->last[rehearsal_between(c, 0, REHEARSAL_NAMES - 1)]);
                p->email = email(a, p->first, p->last, cast->n);
                p->zone_name = text_of(t->zone);
                p->zone = zone_find(p->zone_name);
                p->city = text_of(t->city);
                p->languages = text_of(t->languages);
                p->phone = phone(a, t->zone, cast->n);
                must(p->zone);
                if (!taken(cast, p->email))
                        return;
        }
}

static void trade(struct arena *a, struct rehearsal_chance *c, struct rehearsal_person *p, size_t i)
{
        const struct rehearsal_theme *t;
        const struct rehearsal_theme *second, *third;

        p->theme = (int)((i + i / REHEARSAL_TONGUES) % REHEARSAL_THEMES);
        t = &rehearsal_themes[p->theme];
        second = &rehearsal_themes[(p->theme + 1) % REHEARSAL_THEMES];
        third = &rehearsal_themes[(p->theme + 2 +
                                   (int)rehearsal_between(c, 0, REHEARSAL_THEMES - 3)) %
                                  REHEARSAL_THEMES];
        bool mentor = p->part == PART_MENTOR;
        if (mentor) {
                p->offers = text_format(a, "%s; %s; %s; %s; %s; %s", t->skill[0], t->skill[1],
                                        t->skill[2], second->skill[0], second->skill[1],
                                        third->skill[rehearsal_between(c, 0, 2)]);
        } else {
                p->wants = text_format(a, "%s; %s; %s", t->skill[0], t->skill[1],
                                       second->skill[rehearsal_between(c, 0, 2)]);
                p->goals = text_of(t->skill[rehearsal_between(c, 0, 2)]);
        }
        p->interests = text_format(
                a, "%s; %s", rehearsal_interests[rehearsal_between(c, 0, REHEARSAL_INTERESTS - 1)],
                rehearsal_interests[rehearsal_between(c, 0, REHEARSAL_INTERESTS - 1)]);
        p->availability = text_of(rehearsal_hours[rehearsal_between(c, 0, REHEARSAL_HOURS - 1)]);
        p->title = text_of(mentor ? t->mentor_title : t->mentee_title);
        p->grade = text_format(a, "%d",
                               mentor ? (int)rehearsal_between(c, 6, 9)
                                      : (int)rehearsal_between(c, 2, 4));
        p->organisation = text_of(rehearsal_employers[i % REHEARSAL_EMPLOYERS]);
        p->department = text_of(t->department);
        p->team = text_format(a, "%s %zu", t->department, i % 17);
        p->manager = text_format(a, "manager%zu@example.net", i % 13);
        p->biography =
                text_format(a, "%s I like %s.", mentor ? t->mentor_story : t->mentee_story,
                            rehearsal_interests[rehearsal_between(c, 0, REHEARSAL_INTERESTS - 1)]);
}

static void add(struct arena *a, struct rehearsal_chance *c, struct rehearsal_cast *cast,
                enum rehearsal_part part)
{
        struct rehearsal_person p = {.part = part};

        name(a, c, cast, &p);
        p.capacity = part == PART_MENTOR ? (int)rehearsal_between(c, 1, 10) > 6 ? 2 : 1 : 1;
        p.zeal = 0.5 + (double)rehearsal_between(c, 0, 100) / 100;
        if (part == PART_MENTEE || part == PART_MENTOR)
                trade(a, c, &p, cast->n);
        cast->p[cast->n++] = p;
}

static void add_staff(struct arena *a, struct rehearsal_cast *cast, enum rehearsal_part part,
                      const char *first, const char *last)
{
        cast->p[cast->n++] =
                (struct rehearsal_person) {.part = part,
                                           .first = text_of(first),
                                           .last = text_of(last),
                                           .zeal = 1,
                                           .email = email(a, text_of(first), text_of(last), 0),
                                           .zone_name = TEXT("Europe/Stockholm"),
                                           .zone = zone_find(TEXT("Europe/Stockholm")),
                                           .city = TEXT("Gothenburg"),
                                           .phone = phone(a, "", 900 + cast->n)};
}

/* Places for a tenth more mentees than there are, as the pack asks. */
static void make_room(struct rehearsal_cast *cast, int mentees)
{
        int places = 0;

        for (size_t i = 0; i < cast->n; i++)
                places += cast->p[i].part == PART_MENTOR ? cast->p[i].capacity : 0;
        for (size_t i = 0; i < cast->n && places < mentees + mentees / 10 + 1; i++) {
                if (cast->p[i].part == PART_MENTOR && cast->p[i].capacity == 1) {
                        cast->p[i].capacity = 2;
                        places++;
                }
        }
}

void rehearsal_cast_make(struct arena *a, uint64_t seed, int mentees, int mentors,
                         struct rehearsal_cast *out)
{
        struct rehearsal_chance c = {.state = seed};

        *out = (struct rehearsal_cast) {
                .p = arena_array(a, struct rehearsal_person, (size_t)(mentees + mentors + STAFF))};
        for (int i = 0; i < mentees; i++)
                add(a, &c, out, PART_MENTEE);
        for (int i = 0; i < mentors; i++)
                add(a, &c, out, PART_MENTOR);
        make_room(out, mentees);
        add_staff(a, out, PART_COORDINATOR, "Ingrid", "Sandberg");
        add_staff(a, out, PART_DEPUTY, "Tom", "Okafor");
        add_staff(a, out, PART_SPONSOR, "Helen", "Marchetti");
        add_staff(a, out, PART_CONTACT, "Ruth", "Adeyemi");
}

/* ---- as a roster ---- */

static const char header[] = "email,first_name,last_name,time_zone,location,languages,phone,offers,"
                             "wants,goals,interests,"
                             "availability,biography,title,grade,organisation,department,team,"
                             "manager_email,capacity\r\n";

struct text rehearsal_roster(struct arena *a, const struct rehearsal_cast *cast,
                             enum rehearsal_part part)
{
        struct out o = out_new(a, 4096);

        out_c(&o, header);
        for (size_t i = 0; i < cast->n; i++) {
                const struct rehearsal_person *p = &cast->p[i];
                const struct text cells[] = {p->email,      p->first,
                                             p->last,       p->zone_name,
                                             p->city,       p->languages,
                                             p->phone,      p->offers,
                                             p->wants,      p->goals,
                                             p->interests,  p->availability,
                                             p->biography,  p->title,
                                             p->grade,      p->organisation,
                                             p->department, p->team,
                                             p->manager,    text_format(a, "%d", p->capacity)};
                if (p->part != part)
                        continue;
                for (size_t k = 0; k < sizeof cells / sizeof cells[0]; k++) {
                        if (k == TELEPHONE)     /* its + is no formula */
                                out_format(&o, ",%s", cells[k].p);
                        else
                                csv_cell(&o, cells[k], k == 0);
                }
                out_c(&o, "\r\n");
        }
        return out_get(&o);
}

/* ---- what they write ---- */

struct text rehearsal_goal(const struct rehearsal_person *p, int64_t which)
{
        return text_of(rehearsal_themes[p->theme].goal[which % REHEARSAL_GOALS]);
}

struct text rehearsal_message(struct arena *a, const struct rehearsal_person *from, struct text to,
                              int64_t which, bool first)
{
        const char *const *of = from->part == PART_MENTOR
                                        ? first ? rehearsal_first_replies : rehearsal_mentor_says
                                : first ? rehearsal_first_messages
                                        : rehearsal_mentee_says;

        return text_format(a, "Hello %s,\n\n%s\n\n%s", to.p, of[which % REHEARSAL_SAYINGS],
                           from->first.p);
}
