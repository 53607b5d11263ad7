-- What left in the last hour is counted before each batch (mails_per_hour).

CREATE INDEX mail_outbox_sent ON mail_outbox (sent_at);
