/* Every page and whom it is for, as JSON: what the tests walk. Not in the help. */
#include "http/http.h"
#include "main/command.h"

#include <stdio.h>

static const struct { unsigned bit; const char *name; } audiences[] = {
        {WHO_SIGNED_IN, "signed-in"}, {ROLE_PARTICIPANT, "participant"}, {ROLE_COORDINATOR, "coordinator"},
        {ROLE_ADMINISTRATOR, "administrator"}, {ROLE_SPONSOR, "sponsor"}, {ROLE_CONTACT, "contact"},
        {ROLE_MANAGER, "manager"},
};

static void print_route(const struct route *r, const char *before)
{
        const char *comma = "";

        printf("%s{\"method\":\"%s\",\"path\":\"%s\",\"csrf\":%s,\"who\":[", before, r->method == GET ? "GET" : "POST", r->path,
               r->flags & ROUTE_NO_CSRF ? "false" : "true");
        for (size_t i = 0; i < sizeof audiences / sizeof audiences[0]; i++) {
                if (!(r->who & audiences[i].bit))
                        continue;
                printf("%s\"%s\"", comma, audiences[i].name);
                comma = ",";
        }
        printf("]}");
}

static struct err run(struct command_line *line)
{
        const char *before = "[";

        TRY(line_end(line));
        for (size_t i = 0; i < main_routes_count; i++) {
                for (size_t k = 0; k < main_routes[i]->n; k++, before = ",\n ")
                        print_route(&main_routes[i]->rows[k], before);
        }
        printf("]\n");
        return OK;
}

const struct command command_routes = {"routes", "", NULL, run};
