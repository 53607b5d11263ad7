/*
 * telemachus.yaml: defaults, the environment over it, every mistake with its line. And the lock of
 * a data folder.
 */
#include "os/config.h"

#include "os/file.h"
#include "os/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

struct fixture {
        struct arena *a;
        char data[64], file[96];
        struct config c;
};

static int set_up(void **state)
{
        static struct fixture f;

        f.a = arena_new(1 << 22);
        strcpy(f.data, "/tmp/telemachus-conf-XXXXXX");
        if (!mkdtemp(f.data))
                return -1;
        snprintf(f.file, sizeof f.file, "%s/telemachus.yaml", f.data);
        *state = &f;
        return 0;
}

static int tear_down(void **state)
{
        struct fixture *f = *state;
        char command[128];

        snprintf(command, sizeof command, "rm -rf %s", f->data);
        arena_free(f->a);
        return system(command);
}

static struct err load(struct fixture *f, const char *yaml)
{
        TRY(file_write(f->file, text_of(yaml), 0600));
        return config_load(f->a, f->data, NULL, &f->c);
}

static void without_a_file_everything_has_a_value(void **state)
{
        struct fixture *f = *state;

        assert_false(failed(config_load(f->a, f->data, NULL, &f->c)));
        assert_string_equal(f->c.data, f->data);
        assert_string_equal(f->c.listen, "127.0.0.1:8080");
        assert_string_equal(f->c.smtp_host, "");
        assert_int_equal(f->c.smtp_port, 587);
        assert_false(f->c.secure_cookies);
        assert_string_equal(config_db_url(f->a, &f->c),
                            text_format(f->a, "%s/telemachus.db", f->data).p);
        assert_true(err_is(config_load(f->a, f->data, "/nowhere/at/all.yaml", &f->c), ERR_ABSENT));
}

static void the_file_is_read(void **state)
{
        struct fixture *f = *state;

        assert_false(failed(
                load(f,
                     "# ours\nbase_url: https://mentoring.example.org/\nsmtp_port: 2525\n"
                     "organisation: \"Example, Inc.\"\ndatabase: postgresql://u:p@db/tm\n")));
        assert_string_equal(f->c.base_url, "https://mentoring.example.org");
        assert_true(f->c.secure_cookies);
        assert_int_equal(f->c.smtp_port, 2525);
        assert_string_equal(f->c.organisation, "Example, Inc.");
        assert_string_equal(config_db_url(f->a, &f->c), "postgresql://u:p@db/tm");
        assert_false(failed(load(f, "")));
}

static void every_mistake_is_named_with_its_line(void **state)
{
        struct fixture *f = *state;
        struct err e = load(
                f,
                "listen: 8080\nbase_ulr: http://x\nsmtp_port: 99999\ndefault_zone: Mars/Phobos\n"
                "smtp_host: [a, b]\nworkers: 2\nworkers: 3\n");

        assert_int_equal(e.kind, ERR_INVALID);
        assert_non_null(strstr(e.place, "telemachus.yaml:1: listen"));
        assert_non_null(strstr(e.place, "telemachus.yaml:2: base_ulr"));
        assert_non_null(strstr(e.place, "telemachus.yaml:3: smtp_port"));
        assert_non_null(strstr(e.place, "telemachus.yaml:4: default_zone"));
        assert_non_null(strstr(e.place, "telemachus.yaml:5: smtp_host"));
        assert_non_null(strstr(e.place, "telemachus.yaml:7: workers"));
        e = load(f, "listen: \"127.0.0.1:1\n");
        assert_int_equal(e.kind, ERR_INVALID);
        assert_non_null(strstr(e.place, "telemachus.yaml:"));
        assert_true(failed(load(f, "- a list\n")));
}

static void the_environment_wins(void **state)
{
        struct fixture *f = *state;

        setenv("TELEMACHUS_SMTP_PORT", "26", 1);
        assert_false(failed(load(f, "smtp_port: 25\n")));
        assert_int_equal(f->c.smtp_port, 26);
        setenv("TELEMACHUS_SMTP_PORT", "many", 1);
        struct err e = load(f, "");
        assert_int_equal(e.kind, ERR_INVALID);
        assert_non_null(strstr(e.place, "TELEMACHUS_SMTP_PORT"));
        unsetenv("TELEMACHUS_SMTP_PORT");
}

static void secrets_are_not_printed(void **state)
{
        struct fixture *f = *state;
        struct out o = out_new(f->a, 1024);

        assert_false(failed(load(
                f,
                "smtp_password: hunter2\ndatabase: postgresql://tm:hunter2@db.example.org/tm\n")));
        config_print(&f->c, &o);
        const char *shown = out_get(&o).p;
        assert_null(strstr(shown, "hunter2"));
        assert_non_null(strstr(shown, "database: postgresql://tm:******@db.example.org/tm\n"));
        assert_non_null(strstr(shown, "smtp_password: ******\n"));
}

/* Takes the lock in a process of its own, says so through the pipe, and waits to be ended. */
static void hold_lock(const char *data, int ready)
{
        char ok = failed(process_lock(data)) ? 'n' : 'y';

        if (write(ready, &ok, 1) == 1)
                pause();
        _exit(0);
}

static void one_server_per_folder(void **state)
{
        struct fixture *f = *state;
        int ready[2];
        char ok = 0;

        assert_int_equal(process_server(f->data), 0);
        assert_int_equal(pipe(ready), 0);
        pid_t child = fork();
        if (child == 0)
                hold_lock(f->data, ready[1]);
        assert_int_equal(read(ready[0], &ok, 1), 1);
        assert_int_equal(ok, 'y');
        assert_int_equal(process_server(f->data), child);
        struct err e = process_lock(f->data);
        assert_int_equal(e.kind, ERR_BUSY);
        assert_string_equal(e.place, text_format(f->a, "process %d", (int)child).p);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        assert_int_equal(process_server(f->data), 0);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                EACH(without_a_file_everything_has_a_value),
                EACH(the_file_is_read),
                EACH(every_mistake_is_named_with_its_line),
                EACH(the_environment_wins),
                EACH(secrets_are_not_printed),
                EACH(one_server_per_folder),
        };

        return cmocka_run_group_tests_name("os/config", tests, NULL, NULL);
}
