#include "content/pack_schema.h"

#include <stddef.h>
#include <string.h>

/* Words of the closed lists as functions of int, so that one table type serves all enums. */
#define WORDS(name, type, count) \
        static const char *name##_of_int(int v) \
        { \
                return pack_##type##_word((enum pack_##type)v); \
        } \
        static const struct pack_words name = {count, name##_of_int};

WORDS(side_words, side, PACK_SIDES)
WORDS(to_words, to, PACK_TOS)
WORDS(class_words, class, PACK_CLASSES)
WORDS(anchor_words, anchor, PACK_ANCHORS)
WORDS(fact_words, fact, PACK_FACTS)
WORDS(action_words, action, PACK_ACTIONS)
WORDS(gathering_words, gathering_kind, PACK_GATHERING_KINDS)
WORDS(wave_words, wave, PACK_WAVES)
WORDS(question_words, question_kind, PACK_QUESTION_KINDS)
WORDS(audience_words, audience, PACK_AUDIENCES)
WORDS(call_words, call_who, PACK_CALL_WHOS)

static const void *find_phase(const struct pack *p, struct text key)
{
        return pack_phase(p, key);
}

static const void *find_gathering(const struct pack *p, struct text key)
{
        return pack_gathering(p, key);
}

static const void *find_agenda(const struct pack *p, struct text key)
{
        return pack_agenda(p, key);
}

#define AT(s, name_, kind_, field_) .name = name_, .kind = kind_, .offset = offsetof(s, field_)

#define KEY(s, name, field)     {AT(s, name, PACK_F_KEY, field), .required = true}
#define SAY(s, name, field)     {AT(s, name, PACK_F_SAY, field), .required = true}
#define MAY_SAY(s, name, field) {AT(s, name, PACK_F_SAY, field)}
#define BOOL(s, name, field)    {AT(s, name, PACK_F_BOOL, field)}
#define DATE(s, name, field)    {AT(s, name, PACK_F_DATE, field), .required = true}
#define OFFSET(s, name, field)  {AT(s, name, PACK_F_OFFSET, field), .required = true}
#define FACTS(s, name, field)   {AT(s, name, PACK_F_FACTS, field)}
#define MAP(s, name, field, of_) {AT(s, name, PACK_F_MAP, field), .required = true, .of = &of_}
#define INT(s, name, field, min_, max_) \
        {AT(s, name, PACK_F_INT, field), .required = true, .min = min_, .max = max_}
#define MAY_INT(s, name, field, min_, max_) \
        {AT(s, name, PACK_F_INT, field), .min = min_, .max = max_}
#define WORD(s, name, field, words_) \
        {AT(s, name, PACK_F_WORD, field), .required = true, .words = &words_}
#define MAY_WORD(s, name, field, words_, otherwise_) \
        {AT(s, name, PACK_F_WORD, field), .words = &words_, .otherwise = otherwise_}
#define REF(s, name, field, find_) \
        {AT(s, name, PACK_F_REF, field), .required = true, .find = find_}
#define MAY_REF(s, name, field, find_) {AT(s, name, PACK_F_REF, field), .find = find_}
#define LIST(s, name, field, count_, of_, min_, max_) \
        {AT(s, name, PACK_F_LIST, field), .required = true, .count = offsetof(s, count_), \
         .of = of_, .min = min_, .max = max_}
#define MAY_LIST(s, name, field, count_, of_, max_) \
        {AT(s, name, PACK_F_LIST, field), .count = offsetof(s, count_), .of = of_, .max = max_}
#define SCHEMA(name_, type_, what_, ...) \
        static const struct pack_field name_##_fields[] = {__VA_ARGS__}; \
        static const struct pack_schema name_ = { \
                what_, sizeof(type_), sizeof name_##_fields / sizeof *name_##_fields, \
                name_##_fields}

SCHEMA(cadence, struct pack_cadence, "The cadence",
        INT(struct pack_cadence, "first", first, 7, 28),
        INT(struct pack_cadence, "first_count", first_count, 1, 12),
        INT(struct pack_cadence, "then", then, 7, 28),
        INT(struct pack_cadence, "max", max, 7, 28));

SCHEMA(calendar, struct pack_calendar, "The calendar",
        DATE(struct pack_calendar, "recruit_mentors", recruit_mentors),
        DATE(struct pack_calendar, "recruit_mentees", recruit_mentees),
        DATE(struct pack_calendar, "recruit_close", recruit_close),
        DATE(struct pack_calendar, "training_open", training_open),
        DATE(struct pack_calendar, "training_gate", training_gate),
        DATE(struct pack_calendar, "ranking_open", ranking_open),
        DATE(struct pack_calendar, "ranking_close", ranking_close),
        DATE(struct pack_calendar, "proposals", proposals),
        INT(struct pack_calendar, "answer_days", answer_days, 1, 30),
        DATE(struct pack_calendar, "report", report),
        DATE(struct pack_calendar, "follow_up", follow_up));

SCHEMA(phase, struct pack_phase, "A phase",
        KEY(struct pack_phase, "key", key),
        SAY(struct pack_phase, "title", title),
        DATE(struct pack_phase, "from", from),
        DATE(struct pack_phase, "until", until),
        SAY(struct pack_phase, "sentence", sentence),
        MAY_SAY(struct pack_phase, "gate", gate),
        BOOL(struct pack_phase, "announced", announced));

SCHEMA(step, struct pack_step, "A step",
        KEY(struct pack_step, "key", key),
        REF(struct pack_step, "phase", phase, find_phase),
        WORD(struct pack_step, "who", who, side_words),
        INT(struct pack_step, "minutes", minutes, 1, 240),
        WORD(struct pack_step, "done_when", done_when, fact_words),
        WORD(struct pack_step, "action", action, action_words),
        MAY_REF(struct pack_step, "gathering", gathering, find_gathering),
        BOOL(struct pack_step, "optional", optional),
        SAY(struct pack_step, "title", title),
        SAY(struct pack_step, "why", why));

SCHEMA(agenda, struct pack_agenda, "An agenda",
        KEY(struct pack_agenda, "key", key),
        MAY_REF(struct pack_agenda, "phase", phase, find_phase),
        INT(struct pack_agenda, "minutes", minutes, 5, 240),
        SAY(struct pack_agenda, "title", title));

SCHEMA(gathering, struct pack_gathering, "A gathering",
        KEY(struct pack_gathering, "key", key),
        WORD(struct pack_gathering, "kind", kind, gathering_words),
        DATE(struct pack_gathering, "at", at),
        INT(struct pack_gathering, "minutes", minutes, 15, 240),
        BOOL(struct pack_gathering, "apart", apart),
        SAY(struct pack_gathering, "title", title),
        REF(struct pack_gathering, "agenda", agenda, find_agenda));

SCHEMA(module, struct pack_module, "A module",
        KEY(struct pack_module, "key", key),
        WORD(struct pack_module, "who", who, side_words),
        BOOL(struct pack_module, "required", required),
        INT(struct pack_module, "minutes", minutes, 1, 60),
        MAY_REF(struct pack_module, "phase", phase, find_phase),
        SAY(struct pack_module, "title", title));

SCHEMA(choice, struct pack_choice, "A choice",
        KEY(struct pack_choice, "key", key),
        SAY(struct pack_choice, "label", label));

SCHEMA(question, struct pack_question, "A question",
        KEY(struct pack_question, "key", key),
        WORD(struct pack_question, "kind", kind, question_words),
        BOOL(struct pack_question, "required", required),
        MAY_WORD(struct pack_question, "who", who, side_words, PACK_BOTH),
        MAY_WORD(struct pack_question, "audience", audience, audience_words, PACK_AUDIENCE_NUMBERS),
        SAY(struct pack_question, "text", text),
        MAY_SAY(struct pack_question, "low", low),
        MAY_SAY(struct pack_question, "high", high),
        MAY_LIST(struct pack_question, "choices", choices, n_choices, &choice, 20));

SCHEMA(survey, struct pack_survey, "A survey",
        KEY(struct pack_survey, "key", key),
        WORD(struct pack_survey, "wave", wave, wave_words),
        DATE(struct pack_survey, "at", at),
        INT(struct pack_survey, "open_days", open_days, 1, 90),
        INT(struct pack_survey, "minutes", minutes, 1, 30),
        SAY(struct pack_survey, "title", title),
        SAY(struct pack_survey, "intro", intro),
        LIST(struct pack_survey, "questions", questions, n_questions, &question, 1, 40));

SCHEMA(send, struct pack_send, "A send",
        OFFSET(struct pack_send, "after", after),
        WORD(struct pack_send, "class", class, class_words),
        KEY(struct pack_send, "text", text),
        FACTS(struct pack_send, "only_if", only_if));

SCHEMA(reminder, struct pack_reminder, "A reminder",
        KEY(struct pack_reminder, "id", id),
        WORD(struct pack_reminder, "to", to, to_words),
        WORD(struct pack_reminder, "anchor", anchor, anchor_words),
        FACTS(struct pack_reminder, "until", until),
        MAY_WORD(struct pack_reminder, "kind", kind, gathering_words, PACK_GATHERING_ANY),
        BOOL(struct pack_reminder, "then_person", then_person),
        LIST(struct pack_reminder, "sends", sends, n_sends, &send, 0, 10));

SCHEMA(call, struct pack_call, "A call",
        KEY(struct pack_call, "key", key),
        WORD(struct pack_call, "who", who, call_words),
        DATE(struct pack_call, "from", from),
        DATE(struct pack_call, "until", until),
        INT(struct pack_call, "minutes", minutes, 5, 60),
        BOOL(struct pack_call, "mentor_first", mentor_first),
        MAY_INT(struct pack_call, "sample", sample, 0, 100),
        SAY(struct pack_call, "title", title),
        SAY(struct pack_call, "why", why));

SCHEMA(item, struct pack_item, "A library item",
        KEY(struct pack_item, "key", key),
        WORD(struct pack_item, "who", who, side_words),
        BOOL(struct pack_item, "required", required),
        SAY(struct pack_item, "title", title));

SCHEMA(word, struct pack_word, "A word",
        KEY(struct pack_word, "key", key),
        SAY(struct pack_word, "say", say));

SCHEMA(evaluation, struct pack_evaluation, "The evaluation",
        LIST(struct pack_evaluation, "kpis", kpis, n_kpis, NULL, 1, 40));

/* Languages first, since every sentence is checked against them; then what others refer to. */
static const struct pack_field pack_fields[] = {
        {AT(struct pack, "languages", PACK_F_LANGUAGES, languages), .required = true},
        KEY(struct pack, "name", name),
        {AT(struct pack, "based_on", PACK_F_KEY, based_on)},
        INT(struct pack, "version", version, 1, 1000000),
        SAY(struct pack, "title", title),
        SAY(struct pack, "summary", summary),
        INT(struct pack, "weeks", weeks, 8, 104),
        INT(struct pack, "minimum_meetings", minimum_meetings, 1, 60),
        INT(struct pack, "meeting_minutes", meeting_minutes, 15, 120),
        MAP(struct pack, "cadence", cadence, cadence),
        MAP(struct pack, "calendar", calendar, calendar),
        MAY_LIST(struct pack, "words", words, n_words, &word, 60),
        LIST(struct pack, "phases", phases, n_phases, &phase, 1, 30),
        LIST(struct pack, "agendas", agendas, n_agendas, &agenda, 1, 60),
        LIST(struct pack, "gatherings", gatherings, n_gatherings, &gathering, 0, 20),
        LIST(struct pack, "steps", steps, n_steps, &step, 1, 100),
        LIST(struct pack, "modules", modules, n_modules, &module, 0, 60),
        LIST(struct pack, "surveys", surveys, n_surveys, &survey, 0, 10),
        LIST(struct pack, "reminders", reminders, n_reminders, &reminder, 0, 120),
        LIST(struct pack, "calls", calls, n_calls, &call, 0, 20),
        LIST(struct pack, "library", items, n_items, &item, 0, 200),
        MAP(struct pack, "evaluation", evaluation, evaluation),
};

const struct pack_schema pack_schema_pack = {
        "The pack", sizeof(struct pack), sizeof pack_fields / sizeof *pack_fields, pack_fields,
};

const char *pack_schema_names(struct arena *a, const struct pack_schema *schema)
{
        struct out o = out_new(a, 128);

        for (size_t i = 0; i < schema->n; i++) {
                if (i > 0)
                        out_c(&o, i == schema->n - 1 ? " and " : ", ");
                out_c(&o, schema->field[i].name);
        }
        return out_get(&o).p;
}

void pack_schema_begin(const struct pack_schema *schema, char *target)
{
        for (size_t i = 0; i < schema->n; i++) {
                const struct pack_field *f = &schema->field[i];

                if (f->kind == PACK_F_WORD || f->kind == PACK_F_INT)
                        memcpy(target + f->offset, &f->otherwise, sizeof f->otherwise);
        }
}

static void finish_text(struct text *t)
{
        if (t->p == NULL)
                *t = TEXT("");
}

void pack_schema_finish(const struct pack_schema *schema, char *target)
{
        for (size_t i = 0; i < schema->n; i++) {
                const struct pack_field *f = &schema->field[i];
                void *at = target + f->offset;

                if (f->kind == PACK_F_KEY)
                        finish_text(at);
                for (int l = 0; f->kind == PACK_F_SAY && l < LOCALES; l++)
                        finish_text(&((struct pack_say *)at)->in[l]);
        }
}

bool pack_language_of(struct text t, enum locale *out)
{
        if (!text_is(t, "en") && !text_is(t, "de"))
                return false;
        *out = text_is(t, "en") ? LOCALE_EN : LOCALE_DE;
        return true;
}

bool pack_offset_parse(struct text t, struct pack_offset *out)
{
        int64_t v;
        bool negative = t.n > 0 && t.p[0] == '-';
        char unit = t.n > 0 ? t.p[t.n - 1] : '\0';

        if (t.n < 2 || (t.p[0] != '+' && t.p[0] != '-'))
                return false;
        t = (struct text) {t.p + 1, t.n - 1};
        if (unit == 'd' || unit == 'h')
                t.n--;
        if (t.n > 4 || t.p[0] == '-' || !text_int(t, &v) || (unit != 'd' && unit != 'h' && v != 0))
                return false;
        v = negative ? -v : v;
        *out = (struct pack_offset) {.days = unit == 'h' ? 0 : (int)v};
        out->hours = unit == 'h' ? (int)v : 0;
        return true;
}
