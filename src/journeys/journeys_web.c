/* The pages of this room. Handlers are short: read, one verb, reply. */
#include "journeys/journeys_web.h"

#include "journeys/journeys_pages.h"

#define AT(type, member) offsetof(struct type, member)

static const char *const settles[] = {"held", "moved", "cancelled", "missed", NULL};
static const char *const sides[] = {"mentor", "mentee", NULL};
static const char *const kinds[] = {"video", "phone", "in-person", "other", "mail", NULL};
static const char *const outcomes[] = {"", "-2", "-1", "0", "1", "2", NULL};
static const char *const reviews[] = {"continue", "adjust", "end", NULL};

FORM_OF(answer_form, struct journeys_answer_form,
        {.name = "gathering", .kind = FIELD_ID, .offset = AT(journeys_answer_form, gathering), .required = true},
        {.name = "answer", .kind = FIELD_BOOL, .offset = AT(journeys_answer_form, answer)});
FORM_OF(step_form, struct journeys_step_form,
        {.name = "key", .kind = FIELD_TEXT, .offset = AT(journeys_step_form, key), .required = true});
FORM_OF(book_form, struct journeys_book_form,
        {.name = "at", .kind = FIELD_INT, .offset = AT(journeys_book_form, at), .max = INT64_MAX, .label = M_("The time")},
        {.name = "day", .kind = FIELD_DAY, .offset = AT(journeys_book_form, day), .label = M_("The day")},
        {.name = "clock", .kind = FIELD_CLOCK, .offset = AT(journeys_book_form, clock), .label = M_("The time")},
        {.name = "minutes", .kind = FIELD_INT, .offset = AT(journeys_book_form, minutes), .required = true, .min = 1, .max = 600,
         .label = M_("The minutes")},
        {.name = "channel", .kind = FIELD_TEXT, .offset = AT(journeys_book_form, channel), .required = true, .label = M_("How")},
        {.name = "place", .kind = FIELD_TEXT, .offset = AT(journeys_book_form, place), .max = 300, .label = M_("Where")});
FORM_OF(settle_form, struct journeys_settle_form,
        {.name = "how", .kind = FIELD_CHOICE, .offset = AT(journeys_settle_form, how), .required = true, .choices = settles},
        {.name = "at", .kind = FIELD_INT, .offset = AT(journeys_settle_form, at), .max = INT64_MAX, .label = M_("The time")},
        {.name = "day", .kind = FIELD_DAY, .offset = AT(journeys_settle_form, day), .label = M_("The day")},
        {.name = "clock", .kind = FIELD_CLOCK, .offset = AT(journeys_settle_form, clock), .label = M_("The time")},
        {.name = "minutes", .kind = FIELD_INT, .offset = AT(journeys_settle_form, minutes), .max = 600, .label = M_("The minutes")});
FORM_OF(agreement_form, struct journeys_agreement_form,
        {.name = "cadence", .kind = FIELD_INT, .offset = AT(journeys_agreement_form, cadence), .required = true, .min = 1,
         .max = 60, .label = M_("The rhythm")},
        {.name = "channel", .kind = FIELD_TEXT, .offset = AT(journeys_agreement_form, channel), .required = true, .label = M_("How")},
        {.name = "quiet", .kind = FIELD_LINES, .offset = AT(journeys_agreement_form, quiet), .required = true, .max = 1000,
         .label = M_("If one of you goes quiet")},
        {.name = "boundaries", .kind = FIELD_LINES, .offset = AT(journeys_agreement_form, boundaries), .max = 2000,
         .label = M_("What you leave out")});
FORM_OF(goal_form, struct journeys_goal_form,
        {.name = "statement", .kind = FIELD_LINES, .offset = AT(journeys_goal_form, statement), .required = true, .max = 300,
         .label = M_("The goal")},
        {.name = "category", .kind = FIELD_CHOICE, .offset = AT(journeys_goal_form, category), .required = true,
         .choices = journeys_goal_categories, .label = M_("What it is about")},
        {.name = "why", .kind = FIELD_LINES, .offset = AT(journeys_goal_form, why), .max = 1000, .label = M_("Why it matters")},
        {.name = "measure", .kind = FIELD_TEXT, .offset = AT(journeys_goal_form, measure), .max = 300, .label = M_("How you notice")},
        {.name = "next_step", .kind = FIELD_TEXT, .offset = AT(journeys_goal_form, next_step), .max = 300, .label = M_("The first step")},
        {.name = "due", .kind = FIELD_DAY, .offset = AT(journeys_goal_form, due), .label = M_("By when")},
        {.name = "shared", .kind = FIELD_BOOL, .offset = AT(journeys_goal_form, shared)});
FORM_OF(progress_form, struct journeys_progress_form,
        {.name = "goal", .kind = FIELD_ID, .offset = AT(journeys_progress_form, goal), .required = true},
        {.name = "progress", .kind = FIELD_INT, .offset = AT(journeys_progress_form, progress), .required = true, .max = 100,
         .label = M_("How far it is")},
        {.name = "next_step", .kind = FIELD_TEXT, .offset = AT(journeys_progress_form, next_step), .max = 300, .label = M_("The next step")},
        {.name = "attainment", .kind = FIELD_CHOICE, .offset = AT(journeys_progress_form, attainment), .choices = outcomes,
         .label = M_("How it turned out")},
        {.name = "shared", .kind = FIELD_BOOL, .offset = AT(journeys_progress_form, shared)});
FORM_OF(note_form, struct journeys_note_form,
        {.name = "body", .kind = FIELD_LINES, .offset = AT(journeys_note_form, body), .required = true, .max = 10000, .label = M_("The note")},
        {.name = "shared", .kind = FIELD_BOOL, .offset = AT(journeys_note_form, shared)});
FORM_OF(drop_form, struct journeys_drop_form,
        {.name = "note", .kind = FIELD_ID, .offset = AT(journeys_drop_form, note), .required = true});
FORM_OF(rematch_form, struct journeys_rematch_form,
        {.name = "person", .kind = FIELD_ID, .offset = AT(journeys_rematch_form, person), .required = true},
        {.name = "side", .kind = FIELD_CHOICE, .offset = AT(journeys_rematch_form, side), .required = true, .choices = sides});
FORM_OF(spoke_form, struct journeys_spoke_form,
        {.name = "kind", .kind = FIELD_CHOICE, .offset = AT(journeys_spoke_form, kind), .required = true, .choices = kinds,
         .label = M_("How you spoke")},
        {.name = "day", .kind = FIELD_DAY, .offset = AT(journeys_spoke_form, day), .required = true, .label = M_("The day")},
        {.name = "minutes", .kind = FIELD_INT, .offset = AT(journeys_spoke_form, minutes), .max = 600, .label = M_("The minutes")});
FORM_OF(pause_form, struct journeys_pause_form,
        {.name = "until", .kind = FIELD_DAY, .offset = AT(journeys_pause_form, until), .required = true, .label = M_("The day you are back")});
FORM_OF(reveal_form, struct journeys_reveal_form,
        {.name = "yes", .kind = FIELD_BOOL, .offset = AT(journeys_reveal_form, yes)});
FORM_OF(review_form, struct journeys_review_form,
        {.name = "choice", .kind = FIELD_CHOICE, .offset = AT(journeys_review_form, choice), .required = true, .choices = reviews,
         .label = M_("How you go on")});
FORM_OF(begin_form, struct journeys_begin_form,
        {.name = "reason", .kind = FIELD_CHOICE, .offset = AT(journeys_begin_form, reason), .required = true,
         .choices = journeys_end_reasons, .label = M_("The reason")});
#define RATED(i) \
        {.name = "goal" #i, .kind = FIELD_ID, .offset = AT(journeys_card_form, goal) + (i) * sizeof(int64_t)}, \
        {.name = "outcome" #i, .kind = FIELD_CHOICE, .offset = AT(journeys_card_form, outcome) + (i) * sizeof(struct text), .choices = outcomes, \
         .label = M_("How it turned out")}
FORM_OF(card_form, struct journeys_card_form,
        {.name = "number", .kind = FIELD_INT, .offset = AT(journeys_card_form, number), .required = true, .min = 1, .max = 5},
        {.name = "learned", .kind = FIELD_LINES, .offset = AT(journeys_card_form, learned), .max = 5000, .label = M_("What you learned")},
        {.name = "thanks", .kind = FIELD_LINES, .offset = AT(journeys_card_form, thanks), .max = 5000, .label = M_("Your thanks")},
        {.name = "goals_word", .kind = FIELD_LINES, .offset = AT(journeys_card_form, goals_word), .max = 5000, .label = M_("Your goals")},
        {.name = "next", .kind = FIELD_CHOICE, .offset = AT(journeys_card_form, next), .choices = journeys_next_choices,
         .label = M_("What comes next")},
        {.name = "notes_choice", .kind = FIELD_CHOICE, .offset = AT(journeys_card_form, notes_choice),
         .choices = journeys_notes_choices, .label = M_("What happens to your notes")},
        {.name = "again", .kind = FIELD_BOOL, .offset = AT(journeys_card_form, again)},
        {.name = "hours", .kind = FIELD_BOOL, .offset = AT(journeys_card_form, hours)},
        {.name = "extend_day", .kind = FIELD_DAY, .offset = AT(journeys_card_form, extend_day), .label = M_("Until when")},
        RATED(0), RATED(1), RATED(2));
FORM_OF(do_form, struct journeys_do_form,
        {.name = "answer", .kind = FIELD_TEXT, .offset = AT(journeys_do_form, answer), .max = 20},
        {.name = "choice", .kind = FIELD_TEXT, .offset = AT(journeys_do_form, choice), .max = 20},
        {.name = "at", .kind = FIELD_INT, .offset = AT(journeys_do_form, at), .max = INT64_MAX, .label = M_("The time")},
        {.name = "day", .kind = FIELD_DAY, .offset = AT(journeys_do_form, day), .label = M_("The day")},
        {.name = "clock", .kind = FIELD_CLOCK, .offset = AT(journeys_do_form, clock), .label = M_("The time")});
FORM_OF(close_form, struct journeys_close_form,
        {.name = "reason", .kind = FIELD_CHOICE, .offset = AT(journeys_close_form, reason), .required = true,
         .choices = journeys_end_reasons, .label = M_("The reason")});

static const char *const tempos[] = {"once", "daily", "weekly", NULL};
FORM_OF(wishes_form, struct journeys_wishes_form,
        {.name = "training", .kind = FIELD_BOOL, .offset = AT(journeys_wishes_form, training)},
        {.name = "steps", .kind = FIELD_BOOL, .offset = AT(journeys_wishes_form, steps)},
        {.name = "rhythm", .kind = FIELD_BOOL, .offset = AT(journeys_wishes_form, rhythm)},
        {.name = "questions", .kind = FIELD_BOOL, .offset = AT(journeys_wishes_form, questions)},
        {.name = "tips", .kind = FIELD_BOOL, .offset = AT(journeys_wishes_form, tips)},
        {.name = "tempo", .kind = FIELD_CHOICE, .offset = AT(journeys_wishes_form, tempo), .required = true, .choices = tempos,
         .label = M_("Send them")},
        {.name = "country", .kind = FIELD_TEXT, .offset = AT(journeys_wishes_form, country), .required = true, .max = 10,
         .label = M_("Holidays of")},
        {.name = "quiet_from", .kind = FIELD_CLOCK, .offset = AT(journeys_wishes_form, quiet_from), .label = M_("Quiet from")},
        {.name = "quiet_until", .kind = FIELD_CLOCK, .offset = AT(journeys_wishes_form, quiet_until), .label = M_("Until")});
FORM_OF(rest_form, struct journeys_rest_form,
        {.name = "days", .kind = FIELD_INT, .offset = AT(journeys_rest_form, days), .required = true, .max = 7,
         .label = M_("When we remind you again")});

#define SHOW(path_, who_, handler_) {.method = GET, .path = path_, .who = who_, .handler = handler_}
#define TAKE(path_, who_, handler_, form_, back_) \
        {.method = POST, .path = path_, .who = who_, .handler = handler_, .form = form_, .back = back_}
#define PAIR(path_, get_) SHOW("/pairs/:pair" path_, WHO_SIGNED_IN, get_)
#define TELL(path_, post_, form_, back_) TAKE("/pairs/:pair" path_, WHO_SIGNED_IN, post_, form_, "/pairs/:pair" back_)

static const struct route routes[] = {
        SHOW("/home", WHO_SIGNED_IN, journeys_get_home),
        TAKE("/home/gathering", WHO_SIGNED_IN, journeys_post_gathering, &answer_form, "/home"),
        TAKE("/home/rest", WHO_SIGNED_IN, journeys_post_rest, &rest_form, "/home"),
        SHOW("/me/reminders", WHO_SIGNED_IN, journeys_get_wishes),
        TAKE("/me/reminders", WHO_SIGNED_IN, journeys_post_wishes, &wishes_form, "/me/reminders"),
        PAIR("", journeys_get_pair),
        TELL("/steps", journeys_post_step, &step_form, ""),
        PAIR("/meetings", journeys_get_meetings),
        TELL("/meetings", journeys_post_meetings, &book_form, "/meetings"),
        PAIR("/meetings/:meeting", journeys_get_meeting),
        TELL("/meetings/:meeting", journeys_post_meeting, &settle_form, "/meetings/:meeting"),
        PAIR("/agreement", journeys_get_agreement),
        TELL("/agreement", journeys_post_agreement, &agreement_form, "/agreement"),
        PAIR("/goals", journeys_get_goals),
        TELL("/goals", journeys_post_goals, &goal_form, "/goals"),
        TELL("/goals/progress", journeys_post_progress, &progress_form, "/goals"),
        PAIR("/notes", journeys_get_notes),
        TELL("/notes", journeys_post_notes, &note_form, "/notes"),
        TELL("/notes/drop", journeys_post_drop_note, &drop_form, "/notes"),
        PAIR("/spoke", journeys_get_spoke),
        TELL("/spoke", journeys_post_spoke, &spoke_form, "/spoke"),
        PAIR("/pause", journeys_get_pause),
        TELL("/pause", journeys_post_pause, &pause_form, "/pause"),
        TELL("/resume", journeys_post_resume, NULL, "/pause"),
        PAIR("/reveal", journeys_get_reveal),
        TELL("/reveal", journeys_post_reveal, &reveal_form, "/reveal"),
        PAIR("/review", journeys_get_review),
        TELL("/review", journeys_post_review, &review_form, "/review"),
        PAIR("/closing", journeys_get_closing),
        TELL("/closing", journeys_post_begin, &begin_form, "/closing"),
        TELL("/closing/card", journeys_post_card, &card_form, "/closing"),
        PAIR("/certificate", journeys_get_certificate),
        TELL("/certificate", journeys_post_certificate, NULL, "/certificate"),
        {.method = GET, .path = "/pairs/:pair/certificate/pdf", .who = WHO_SIGNED_IN, .handler = journeys_get_certificate_pdf, .flags = ROUTE_SLOW},
        SHOW("/certificate/:code", WHO_ANYONE, journeys_get_verify),
        SHOW("/do/:token", WHO_ANYONE, journeys_get_do),
        TAKE("/do/:token", WHO_ANYONE, journeys_post_do, &do_form, "/do/:token"),
        SHOW("/desk/closing", WHO_STAFF, journeys_get_closers),
        SHOW("/desk/closing/remind", WHO_STAFF, journeys_get_nudge),
        TAKE("/desk/closing/rematch", WHO_STAFF, journeys_post_rematch, &rematch_form, "/desk/closing"),
        TAKE("/desk/closing/remind", WHO_STAFF, journeys_post_nudge, NULL, "/desk/closing/remind"),
        SHOW("/desk/pairs", WHO_STAFF, journeys_get_desk),
        SHOW("/desk/pairs/:pair", WHO_STAFF, journeys_get_desk_pair),
        TAKE("/desk/pairs/:pair/close", WHO_STAFF, journeys_post_close, &close_form, "/desk/pairs/:pair"),
        TAKE("/desk/pairs/:pair/release", WHO_STAFF, journeys_post_release, NULL, "/desk/pairs/:pair"),
        TAKE("/desk/pairs/:pair/resume", WHO_STAFF, journeys_post_desk_resume, NULL, "/desk/pairs/:pair"),
};

const struct route_table journeys_routes = ROUTES(routes);
