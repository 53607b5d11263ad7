/* What is done with a worksheet, and its routes. */
#include "programmes/programmes_web.h"

#include "programmes/programmes_web_parts.h"

struct sheet_form {
        struct programmes_design d;
        struct text then;
};
static const char *const touches[] = {"high", "standard", "light", NULL};
static const char *const bases[] = {"consent", "interest", "contract", "task", NULL};
static const char *const thens[] = {"make", "stay", NULL};

#define AT(member) .offset = offsetof(struct sheet_form, member)
#define TARGET(i, label_) \
        {.name = "target" #i, .kind = FIELD_INT, AT(d.target) + (i) * sizeof(int64_t), .min = 0, .max = 100, .label = label_}

FORM_OF(sheet_form, struct sheet_form,
        {.name = "purpose", .kind = FIELD_LINES, AT(d.purpose), .max = 2000, .label = "What is it for?"},
        {.name = "success", .kind = FIELD_LINES, AT(d.success), .max = 2000, .label = "What will success mean?"},
        {.name = "audience", .kind = FIELD_LINES, AT(d.audience), .max = 500, .label = "Whom is it for?"},
        {.name = "pack", .kind = FIELD_TEXT, AT(d.pack), .max = 60, .label = "How long does it last?"},
        {.name = "launch_day", .kind = FIELD_DAY, AT(d.launch_day), .label = "When is the launch?"},
        {.name = "size", .kind = FIELD_INT, AT(d.size), .min = 1, .max = 400, .label = "How many pairs do you expect?"},
        {.name = "touch", .kind = FIELD_CHOICE, AT(d.touch), .choices = touches, .label = "How closely do you call people?"},
        {.name = "staff_hours", .kind = FIELD_INT, AT(d.staff_hours), .min = 1, .max = 400,
         .label = "How many hours a week does the staff really have?"},
        {.name = "budget", .kind = FIELD_TEXT, AT(d.budget), .max = 300, .label = "What may it cost, and who pays?"},
        {.name = "sponsor_name", .kind = FIELD_TEXT, AT(d.sponsor_name), .max = 80, .label = "Who is the sponsor?"},
        {.name = "sponsor_email", .kind = FIELD_EMAIL, AT(d.sponsor_email), .label = "The sponsor's mail address"},
        {.name = "risks", .kind = FIELD_LINES, AT(d.risks), .max = 3000, .label = "What could go wrong, and what do you do about it?"},
        {.name = "basis", .kind = FIELD_CHOICE, AT(d.basis), .choices = bases, .label = "On what legal ground are people's data used?"},
        {.name = "name", .kind = FIELD_TEXT, AT(d.name), .max = 80, .label = "What is the cohort called?"},
        {.name = "zone", .kind = FIELD_ZONE, AT(d.zone), .label = "In which time zone does the staff work?"},
        {.name = "hours", .kind = FIELD_TEXT, AT(d.hours), .max = 60, .label = "At what times are gatherings held?"},
        {.name = "in_person", .kind = FIELD_BOOL, AT(d.in_person), .label = "Gatherings happen in a room"},
        {.name = "help_phone", .kind = FIELD_TEXT, AT(d.help_phone), .max = 40, .label = "Which number can people ring for help?"},
        {.name = "officer", .kind = FIELD_TEXT, AT(d.officer), .max = 120, .label = "Who answers for data protection?"},
        TARGET(0, "Core training done in time"), TARGET(1, "Met within 14 days"), TARGET(2, "In rhythm"),
        TARGET(3, "Came or saw the recording"), TARGET(4, "Answered when asked"), TARGET(5, "Completed"),
        {.name = "then", .kind = FIELD_CHOICE, AT(then), .choices = thens, .label = "Save"});

static struct err post_begin(struct request *rq, struct reply *re)
{
        int64_t id;

        TRY(programmes_begin_design(rq->tx, rq->who, &id));
        reply_see(re, "/desk/design/%lld", (long long)id);
        return OK;
}

static struct err post_sheet(struct request *rq, struct reply *re)
{
        const struct sheet_form *f = FORM(rq, struct sheet_form);
        struct programmes_design d = f->d;

        d.id = rq_id(rq, "design");
        TRY(programmes_save_design(rq->tx, rq->who, &d));
        reply_flash(re, "The draft is saved.");
        reply_see(re, text_is(f->then, "make") ? "/desk/design/%lld/make" : "/desk/design/%lld", (long long)d.id);
        return OK;
}

static struct err post_make(struct request *rq, struct reply *re)
{
        struct text programme;
        int64_t cohort;

        TRY(programmes_usual_programme(rq, &programme));
        TRY(programmes_make_design(rq->tx, rq->who, rq_id(rq, "design"), programme, &cohort));
        reply_flash(re, "The cohort is made. Nobody hears of it before you open applications.");
        reply_see(re, "/desk/cohort/gates");
        return OK;
}

static struct err post_discard(struct request *rq, struct reply *re)
{
        TRY(programmes_discard_design(rq->tx, rq->who, rq_id(rq, "design")));
        reply_flash(re, "The draft is gone.");
        reply_see(re, "/desk/design");
        return OK;
}

#define PAGE(path_, handler_) {.method = GET, .path = (path_), .who = WHO_STAFF, .handler = (handler_)}
#define DO(path_, handler_, form_, back_) \
        {.method = POST, .path = (path_), .who = WHO_STAFF, .handler = (handler_), .form = (form_), .back = (back_)}

static const struct route rows[] = {
        PAGE("/desk/design", programmes_show_designs),
        DO("/desk/design", post_begin, NULL, NULL),
        PAGE("/desk/design/:design", programmes_show_sheet),
        DO("/desk/design/:design", post_sheet, &sheet_form, "/desk/design/:design"),
        PAGE("/desk/design/:design/print", programmes_show_sheet_print),
        PAGE("/desk/design/:design/dpia", programmes_get_dpia),
        PAGE("/desk/design/:design/make", programmes_show_sheet_make),
        DO("/desk/design/:design/make", post_make, NULL, "/desk/design/:design/make"),
        PAGE("/desk/design/:design/discard", programmes_show_discard),
        DO("/desk/design/:design/discard", post_discard, NULL, NULL),
};

const struct route_table programmes_design_routes = ROUTES(rows);
