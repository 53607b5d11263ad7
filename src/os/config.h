/*
 * telemachus.yaml in the data folder, every key overridable by TELEMACHUS_<KEY>.  A mistake is reported with file and
 * line; an unknown key is a mistake.  `telemachus check` prints the effective values with secrets hidden.
 */
#ifndef TELEMACHUS_OS_CONFIG_H
#define TELEMACHUS_OS_CONFIG_H

#include "base/arena.h"
#include "base/err.h"
#include "base/out.h"

struct config {
        const char *data;               /* the data folder, absolute */
        const char *file;               /* where all this stands, or would: <data>/telemachus.yaml, or another place */
        const char *database;           /* "sqlite" or postgresql://... ; url for db_open() is config_db_url() */
        const char *listen;             /* 127.0.0.1:8080 */
        const char *base_url;           /* http://localhost:8080, no slash at the end: where people reach it */
        const char *organisation;       /* shown in mails and pages */
        const char *default_locale;     /* en */
        const char *default_zone;       /* Europe/London */
        const char *smtp_host;          /* "" : mail is kept as .eml files in data/mail */
        int smtp_port;
        const char *smtp_security;      /* starttls, tls or none */
        const char *smtp_user;
        const char *smtp_password;      /* secret */
        const char *mail_from;          /* mentoring@example.org */
        const char *mail_from_name;
        const char *mail_reply_domain;  /* domain of signed reply addresses; "" : the domain of mail_from */
        int workers;                    /* 0: twice the cores for SQLite, connections for PostgreSQL */
        int connections;                /* PostgreSQL connections */
        bool secure_cookies;            /* base_url starts with https */
        bool backups;                   /* one each night, and a trial restore each month */
        const char *backup_folder;      /* "": <data>/backups */
        const char *backup_time;        /* 02:30, in default_zone */
        const char *backup_passphrase_file;     /* "": backups are not sealed */
        int backup_keep_days, backup_keep_weeks, backup_keep_months;
        const char *staff_second_factor;        /* optional, or required of coordinators and administrators */
        bool second_factor_required;    /* of that */
        const char *metrics_allow;      /* addresses that may read /metrics: "127.0.0.1" */
        const char *dkim_selector;      /* of the relay's key, for check to look at; "": not known */
        int upload_mb;                  /* the largest file that a page takes */
        int import_rows;                /* people in one roster */
        int mails_per_hour;             /* 0: as many as there are */
        int disk_reserve_mb;            /* below it no uploads and no kept mail */
};

/* file NULL: <data>/telemachus.yaml if it is there, defaults otherwise. Everything lives in a. */
struct err config_load(struct arena *a, const char *data, const char *file, struct config *out);
const char *config_db_url(struct arena *a, const struct config *c);
void config_print(const struct config *c, struct out *o);       /* key: value, secrets as ****** */

#endif
