/*
 * A pack is a programme as a folder of plain files: dates, steps, gatherings, modules, agendas,
 * surveys, reminders, calls, library.  Read once at the start, checked as a whole, and constant
 * from then on: every pointer here lives as long as the process, and nothing here reads a database
 * or a clock.  A cohort stores the name, the version and the digest of its pack.
 *
 * Keys (phase, step, send, module ...) are what rooms store in their rows; they never change within
 * a pack's life. Everything that a person reads is there in every locale: a text that is missing in
 * one stands in English.
 *
 * Wrong place? What is due today: journeys/.  Reading, checking and copying folders:
 * content/pack_io.h.
 * Closed lists (anchors, facts, actions, holes ...): content/pack_words.h, included here.
 */
#ifndef TELEMACHUS_CONTENT_PACK_H
#define TELEMACHUS_CONTENT_PACK_H

#include "base/err.h"
#include "content/pack_words.h"
#include "html/messages.h"

#include <stdatomic.h>

enum { PACK_DIGEST_BYTES = 32, PACK_ANSWERS = 3 };

/* One sentence or title in every locale, indexed by enum locale; never absent. */
struct pack_say { struct text in[LOCALES]; };

/* Calendar days and hours; may be negative.  Only one of the two is not zero. */
struct pack_offset { int days; int hours; };

/* A day of a programme, relative to one of its fixed points. */
struct pack_date { enum pack_base base; int days; };

/* ---- what a participant goes through ---- */

struct pack_agenda;
struct pack_gathering;

struct pack_phase {
        struct text key;
        struct pack_say title;
        struct pack_say sentence;       /* what this time is for, one sentence */
        struct pack_say gate;           /* what should be true before it is left; may be empty */
        /* until is exclusive; neighbours may overlap, no day is without a phase */
        struct pack_date from, until;
        bool announced;                 /* R25 tells participants a week before that it begins */
};

struct pack_step {
        struct text key;
        const struct pack_phase *phase;
        enum pack_side who;             /* PACK_MENTOR, PACK_MENTEE or PACK_BOTH */
        int minutes;
        enum pack_fact done_when;       /* PACK_FACT_NEVER: only the person can tick it */
        enum pack_action action;        /* where its button leads */
        /* done_when attended: which; NULL for other steps */
        const struct pack_gathering *gathering;
        /* a substitute for shadowing and the like; never counted as missing */
        bool optional;
        struct pack_say title;
        struct pack_say why;            /* one or two sentences */
};

struct pack_gathering {
        struct text key;
        enum pack_gathering_kind kind;
        struct pack_date at;
        int minutes;
        /* mentors and mentees also meet separately, in breakouts without recording */
        bool apart;
        struct pack_say title;
        const struct pack_agenda *agenda;
};

struct pack_module {
        struct text key;
        enum pack_side who;
        bool required;                  /* core: done before a pair is activated */
        int minutes;
        struct pack_say title;
        const struct pack_phase *phase; /* offered from here on; NULL: from the training on */
};

struct pack_agenda {
        struct text key;
        const struct pack_phase *phase; /* NULL: any */
        int minutes;
        struct pack_say title;
};

/* ---- questions ---- */

struct pack_choice { struct text key; struct pack_say label; };

struct pack_question {
        struct text key;
        enum pack_question_kind kind;
        bool required;
        enum pack_side who;             /* PACK_BOTH unless only one side is asked */
        enum pack_audience audience;    /* who reads the answer; said beside the question */
        struct pack_say text;
        struct pack_say low, high;      /* PACK_SCALE: words at 1 and 5 */
        size_t n_choices;
        const struct pack_choice *choices;      /* PACK_CHOICE, at least two */
};

struct pack_survey {
        struct text key;
        enum pack_wave wave;
        /* when it opens; the pulse also opens two days after a first meeting */
        struct pack_date at;
        int open_days;
        int minutes;
        struct pack_say title;
        struct pack_say intro;          /* who will read it and what it is for */
        size_t n_questions;
        const struct pack_question *questions;
};

/* ---- letters and calls ---- */

/*
 * One letter of a reminder. Its text is its name for ever: "R12-week" is unique in the pack and
 * keys what was sent.
 */
struct pack_send {
        struct text text;
        struct pack_offset after;
        enum pack_class class;
        uint64_t only_if;               /* PACK_FACT() bits that must all hold; 0: always */
};

/*
 * Sends that hang on one anchor.  One id (R01) may have several entries, with an anchor or a reader
 * of their own.
 */
struct pack_reminder {
        struct text id;
        enum pack_to to;
        enum pack_anchor anchor;
        /* PACK_FACT() bits: any one of them ends it; 0: nothing does */
        uint64_t until;
        enum pack_gathering_kind kind;  /* PACK_GATHERING_ANY unless for one kind only */
        /* not done after the last send: the coordinator rings (flag) */
        bool then_person;
        size_t n_sends;
        const struct pack_send *sends;  /* by offset, earliest first */
};

struct pack_call {
        struct text key;                /* "C1" */
        enum pack_call_who who;
        struct pack_date from, until;   /* window; base PACK_BASE_RED counts working days */
        int minutes;
        bool mentor_first;
        int sample;                     /* percent of those the rule does not name, drawn by lot */
        struct pack_say title;
        struct pack_say why;
};

struct pack_item {                      /* of the library */
        struct text key;
        enum pack_side who;
        bool required;
        struct pack_say title;
};

struct pack_cadence {                   /* days between contacts */
        int first;                      /* proposed for the first meetings */
        int first_count;                /* how many those are */
        int then;
        int max;                        /* an agreement can go no further */
};

/* A piece of text that the pack's texts say with {=key}: "nine months". */
struct pack_word { struct text key; struct pack_say say; };

struct pack_evaluation {
        size_t n_kpis;
        const struct text *kpis;        /* keys of evaluation/, in the order shown */
};

/*
 * The days a new cohort is given until somebody moves them; all before the launch but the last two.
 */
struct pack_calendar {
        struct pack_date recruit_mentors, recruit_mentees;      /* recruit_open of each side */
        struct pack_date recruit_close;
        struct pack_date training_open, training_gate;
        struct pack_date ranking_open, ranking_close;
        struct pack_date proposals;
        int answer_days;                /* from a proposal to its expiry */
        struct pack_date report, follow_up;
};

/* ---- texts ---- */

struct pack_text {
        struct text title;              /* Title: or Subject: of the file */
        struct text body;               /* Markdown */
};

/* A module's file, cut at its headings. All Markdown. */
struct pack_lesson {
        struct text title;
        struct text point;
        struct text wrong, well;        /* the two told scenes */
        size_t n_rules;
        const struct text *rules;       /* without bullets */
        struct text question;           /* the situation and its question */
        struct text answers[PACK_ANSWERS];      /* without numbers and marks */
        int best;                       /* index into answers */
        struct text why;                /* read after answering */
        struct text own;                /* writing prompt */
        struct text commitment;         /* a sentence with "…" where the person completes it */
};

/* ---- the pack ---- */

struct pack {
        struct text name;               /* [a-z0-9-], the folder's name */
        int version;
        /* BLAKE2b over paths and bytes of all its files */
        unsigned char digest[PACK_DIGEST_BYTES];
        bool builtin;
        struct text based_on;           /* the pack it stands on, "" for none */
        struct pack_say title;
        struct pack_say summary;
        int weeks;                      /* launch to planned end */
        int minimum_meetings;           /* of a completed pair */
        int meeting_minutes;
        /* bits 1 << enum locale that it is written in; English always */
        unsigned languages;
        struct pack_cadence cadence;
        struct pack_calendar calendar;

        size_t n_words;         const struct pack_word *words;
        size_t n_phases;        const struct pack_phase *phases;        /* by date */
        size_t n_steps;         const struct pack_step *steps;
        size_t n_gatherings;    const struct pack_gathering *gatherings;        /* by date */
        size_t n_modules;       const struct pack_module *modules;
        size_t n_agendas;       const struct pack_agenda *agendas;
        size_t n_surveys;       const struct pack_survey *surveys;
        size_t n_reminders;     const struct pack_reminder *reminders;
        size_t n_calls;         const struct pack_call *calls;
        size_t n_items;         const struct pack_item *items;
        struct pack_evaluation evaluation;

        const struct pack_shelf *shelf; /* the texts; ask by the functions below */
};

struct packs {
        size_t n;
        const struct pack *const *pack; /* by name */
        /* of pack_live.c: whose memory it is, which one came before it and when it took its place */
        struct arena *arena;
        struct packs *before;
        int64_t since;
        struct packs *self, *root;
        atomic_flag busy;
};

/*
 * The packs that ship and those in <data_folder>/packs/NAME (NULL: only what ships); one there
 * replaces a shipped one of the same name.  A pack with a mistake fails the whole load: ERR_INVALID
 * with file, line and remedy of the first problem.
 */
struct err packs_load(struct arena *process, const char *data_folder, const struct packs **out);

/*
 * Reads all of them anew and puts them in *place, for a serving process in which a text was changed.  What was there stays for
 * an hour, which is longer than any request or job; then it is given back.  now: the machine's clock.  Busy when another
 * change is being taken over.
 */
struct err packs_reload(const struct packs *_Atomic *place, const char *data_folder, int64_t now);

/* NULL when there is none. */
const struct pack *packs_find(const struct packs *packs, struct text name);

/* By key; NULL when the pack has none. */
const struct pack_phase *pack_phase(const struct pack *p, struct text key);
const struct pack_step *pack_step(const struct pack *p, struct text key);
const struct pack_gathering *pack_gathering(const struct pack *p, struct text key);
const struct pack_module *pack_module(const struct pack *p, struct text key);
const struct pack_agenda *pack_agenda(const struct pack *p, struct text key);
const struct pack_survey *pack_survey(const struct pack *p, enum pack_wave wave);
const struct pack_call *pack_call(const struct pack *p, struct text key);
const struct pack_item *pack_item(const struct pack *p, struct text key);
/* The letter of that text name and, if asked for, the reminder it belongs to. */
const struct pack_send *pack_send(const struct pack *p, struct text key,
                                  const struct pack_reminder **of);

/* Texts by key and locale, English where there is no other; NULL when the pack has no such text. */
const struct pack_text *pack_mail(const struct pack *p, struct text key, enum locale l);
const struct pack_text *pack_call_text(const struct pack *p, struct text key, enum locale l);
const struct pack_text *pack_agenda_text(const struct pack *p, struct text key, enum locale l);
const struct pack_text *pack_library_text(const struct pack *p, struct text key, enum locale l);
const struct pack_lesson *pack_module_text(const struct pack *p, struct text key, enum locale l);

/*
 * How much of a text: for each person the one they have chosen (people_person.structure, by number).  Topics alone; topics with
 * their minutes below what it is for; all of it, with questions.
 */
enum pack_detail { PACK_TOPICS, PACK_TIMES, PACK_ALL };
/* Of an agenda, Markdown. One without a list of topics stays whole. */
struct text pack_agenda_detail(struct arena *a, struct text body, enum pack_detail detail);
/* A view. */
struct text pack_first_sentence(struct text t);

/* ---- dates: pure arithmetic on day numbers ---- */

/* A cohort's fixed points as day numbers in the programme's zone. */
struct pack_days {
        int64_t launch;
        int64_t end;                    /* pack_end_day(), or later for a pair that paused */
        int64_t mid;                    /* of the mid gathering as booked, or pack_mid_day() */
        int64_t closed;                 /* of an early ending; 0 if none */
        int64_t red;                    /* since when a red flag stands; 0 if none */
};

int64_t pack_end_day(const struct pack *p, int64_t launch);
int64_t pack_mid_day(const struct pack *p, int64_t launch);
/* Everything that follows from the launch day alone. */
struct pack_days pack_days_of(const struct pack *p, int64_t launch);
int64_t pack_day(struct pack_date d, const struct pack_days *days);

/* The phase of a day: the last one that has begun; the first before all, never NULL. */
const struct pack_phase *pack_phase_on(const struct pack *p, const struct pack_days *days,
                                       int64_t day);

/* ---- letters ---- */

/* Values for the holes of a letter, by enum pack_hole; absent ones are written as nothing. */
struct pack_values { struct text of[PACK_HOLES]; };

/*
 * The text with its {holes} filled.  In Markdown (markdown true) what people wrote is escaped so
 * that it stays text; {list} and {place} are Markdown already.  Subjects are plain: line breaks in
 * values become spaces.
 */
struct text pack_fill(struct arena *a, struct text t, const struct pack_values *values,
                      bool markdown);

/*
 * The next [words](action) line in *rest; false when there is no more.  *before is the Markdown up
 * to it, *rest what follows.  The composer writes a signed address instead.  Without a button line
 * *before is everything.
 */
struct pack_button { struct text words; enum pack_action action; };
bool pack_next_button(struct text *rest, struct text *before, struct pack_button *button);

#endif
