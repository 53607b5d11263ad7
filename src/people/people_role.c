/* What people are allowed: roles, each everywhere (scope 0) or in one programme. */
#include "people/people.h"
#include "people/people.sql.h"

#include <string.h>

static const struct { unsigned bit; const char *name; } roles[] = {
        {ROLE_ADMINISTRATOR, "administrator"}, {ROLE_COORDINATOR, "coordinator"},
        {ROLE_SPONSOR, "sponsor"},
        {ROLE_CONTACT, "contact"}, {ROLE_MANAGER, "manager"},
};

struct err people_must_have(struct tx *tx, const struct who *who, unsigned wanted,
                            int64_t programme)
{
        struct people_role_held held;

        if (who_has(who, ROLE_SYSTEM))
                return OK;
        for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
                if (!(wanted & roles[i].bit) || !who_has(who, roles[i].bit))
                        continue;
                TRY(people_role_held(tx, who->person, text_of(roles[i].name), programme, &held));
                if (held.n > 0)
                        return OK;
        }
        return FAIL(ERR_FORBIDDEN, "This is not open to you",
                    "Ask the coordinator if you think it should be");
}

static bool is_role(const char *name)
{
        for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
                if (strcmp(name, roles[i].name) == 0)
                        return true;
        return false;
}

/*
 * Administrators give every role, coordinators give those of their own programme except
 * administrator.
 */
static struct err may_give(struct tx *tx, const struct who *who, const char *role,
                           int64_t programme)
{
        if (!is_role(role))
                return FAIL_AT(ERR_INVALID, "There is no such role", role,
                               "Choose administrator, coordinator, sponsor, contact or manager");
        if (strcmp(role, "administrator") == 0 || programme == 0)
                return people_must_have(tx, who, ROLE_ADMINISTRATOR, 0);
        return people_must_have(tx, who, ROLE_ADMINISTRATOR | ROLE_COORDINATOR, programme);
}

struct err people_give_role(struct tx *tx, const struct who *who, int64_t person, const char *role,
                            int64_t programme)
{
        TRY(may_give(tx, who, role, programme));
        TRY(people_role_insert(tx, person, text_of(role), programme, tx_now(tx), who->person));
        return people_audit(tx, who, "role.give", person, programme, role);
}

struct err people_take_role(struct tx *tx, const struct who *who, int64_t person, const char *role,
                            int64_t programme)
{
        TRY(may_give(tx, who, role, programme));
        TRY(people_role_delete(tx, person, text_of(role), programme));
        return people_audit(tx, who, "role.take", person, programme, role);
}

struct err people_with_role(struct tx *tx, const char *role, int64_t programme,
                            struct people_list *out)
{
        struct people_role_members_list list;

        TRY(people_role_members(tx, text_of(role), programme, &list));
        *out = (struct people_list) {.row = arena_array(tx_arena(tx), struct people_person,
                                                        list.n)};
        for (; out->n < list.n; out->n++)
                TRY(people_get(tx, list.row[out->n].person, &out->row[out->n]));
        return OK;
}

struct err people_scopes_of(struct tx *tx, int64_t person, const char *role,
                            struct people_scope_list *out)
{
        struct people_scopes_list list;

        TRY(people_scopes(tx, person, text_of(role), &list));
        *out = (struct people_scope_list) {.row = arena_array(tx_arena(tx), int64_t, list.n)};
        for (; out->n < list.n; out->n++)
                out->row[out->n] = list.row[out->n].scope;
        return OK;
}
