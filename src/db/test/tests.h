/* The groups of tests that db_test.c runs on each engine. */
#ifndef TELEMACHUS_DB_TEST_TESTS_H
#define TELEMACHUS_DB_TEST_TESTS_H

int run_statement_tests(const char *engine);
int run_transaction_tests(const char *engine);
int run_misuse_tests(const char *engine);
int run_migration_tests(const char *engine);
int run_clock_tests(const char *engine);
int run_backup_tests(const char *engine);
int run_crash_tests(void);              /* SQLite only: PostgreSQL has tests of its own for that */
int run_server_tests(void);             /* PostgreSQL only */

#endif
