/* /me/profile: what the partner reads, and its preview. */
#include "html/format.h"
#include "people/people_parts.h"
#include "people/people_profile.html.h"
#include "people/people_view.h"
#include "people/people_web_parts.h"
#include "programmes/programmes.h"

#include <string.h>

enum { GIVEAWAYS = 5 };

static struct html_options biography_choices(struct request *rq)
{
        static const struct { const char *value, *label; } all[] = {
                {"show", M_("Yes, as it stands here")}, {"later", M_("I will decide later")},
                {"out", M_("No, leave it out for good")}};
        struct html_options o = {.n = 3, .row = arena_array(rq->arena, struct html_option, 3)};

        for (size_t i = 0; i < o.n; i++)
                o.row[i] = (struct html_option) {.value = text_of(all[i].value),
                                                 .label = text_of(msg(rq->page.locale,
                                                                      all[i].label))};
        return o;
}

static bool is_empty(const struct people_profile_row *w)
{
        return text_empty(w->about) && text_empty(w->offers) && text_empty(w->wants) &&
                text_empty(w->goals) &&
               text_empty(w->interests);
}

struct err people_show_profile(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Your profile"));
        struct people_profile_view v = {.biography_choices = biography_choices(rq)};
        bool found;

        TRY(people_profile_row(rq->tx, rq->who->person, &found, &v.words));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no profile to fill in", "Ask your coordinator");
        TRY(people_card(rq->tx, rq->who->person, false, &v.card));
        TRY(people_parts_confirmed(rq->tx, rq->who->person, &v.takes_part, &v.confirmed_at));
        v.giveaways.row = arena_array(rq->arena, struct text, GIVEAWAYS);
        TRY(people_giveaways(rq->tx, rq->who->person, v.giveaways.row, GIVEAWAYS, &v.giveaways.n));
        v.week = people_week_of(rq, v.words.availability);
        v.has_biography = !text_empty(v.words.biography);
        v.biography_choice = v.words.biography_approved_at.has ? TEXT("show") : TEXT("later");
        v.empty = is_empty(&v.words);
        reply_page(rq, re, &shell, people_profile, &v);
        return OK;
}

struct profile_form {
        struct text about, offers, wants, goals, interests, languages, biography, choice;
        struct field_ids week;
};

static const char *const choices[] = {"show", "later", "out", NULL};

#define LINES(member, label_, max_) \
        {.name = #member, .kind = FIELD_LINES, .max = max_, .label = label_, \
         .offset = offsetof(struct profile_form, member)}

static const struct field fields[] = {
        LINES(about, M_("A few sentences about you"), 1000),
        LINES(offers, M_("What could somebody learn from you?"), 1000),
        LINES(wants, M_("What would you like to learn or become better at?"), 1000),
        LINES(goals, M_("What should be different at the end?"), 1000),
        {.name = "interests", .kind = FIELD_TEXT, .offset = offsetof(struct profile_form,
                                                              interests), .label = M_("Interests")},
        {.name = "languages", .kind = FIELD_TEXT, .offset = offsetof(struct profile_form,
                                                                     languages),
         .label = M_("Languages you can talk in")},
        {.name = "week", .kind = FIELD_IDS, .offset = offsetof(struct profile_form, week),
         .label = M_("When can you usually talk?")},
        LINES(biography, M_("Your biography"), 4000),
        {.name = "choice", .kind = FIELD_CHOICE, .offset = offsetof(struct profile_form, choice),
         .choices = choices,
         .label = M_("May your partner read it?")},
};

const struct form people_profile_form_fields = {"profile", sizeof(struct profile_form), fields,
        sizeof fields / sizeof fields[0]};

static enum people_biography choice_of(struct text t)
{
        return text_is(t, "show") ? BIOGRAPHY_SHOW : text_is(t, "out") ? BIOGRAPHY_OUT
                : BIOGRAPHY_LATER;
}

struct err people_post_profile(struct request *rq, struct reply *re)
{
        const struct profile_form *f = FORM(rq, struct profile_form);
        struct people_profile_words in = {
                .about = f->about, .offers = f->offers, .wants = f->wants, .goals = f->goals,
                .interests = f->interests,
                .languages = f->languages, .biography = f->biography,
                .choice = choice_of(f->choice), .week = people_week_ticked(&f->week)};

        TRY(people_save_words(rq->tx, rq->who, &in));
        reply_flash(re, M_("Saved. This is how it looks."));
        reply_see(re, "/me/profile#preview");
        return OK;
}

struct err people_post_confirm(struct request *rq, struct reply *re)
{
        TRY(people_confirm_profile(rq->tx, rq->who));
        reply_flash(re, M_("Your profile is confirmed."));
        reply_see(re, "/home");
        return OK;
}
