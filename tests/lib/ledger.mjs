// All rows of a database as they are at one moment: brought back as often as one likes while the program serves, and compared with
// what is there. So each failure meets the same world, and what a verb leaves behind is seen whole: every table, every column.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

// What the house notes by the way: where sessions are, who looked, how far a letter is, the chains of nightly work.
const aside = new Set(['db_migration', 'people_session', 'people_attempt', 'people_visit', 'people_seen', 'conversations_read', 'safety_run', 'jobs_tally', 'mail_trouble']);
const part = {
  mail_outbox: 'SELECT id, person, rule, anchor FROM %',
  people_audit: "SELECT * FROM % WHERE act NOT LIKE '%.read'",
  jobs_job: "SELECT kind, key FROM % WHERE kind NOT IN ('journeys.day', 'care.review', 'gatherings.reminders', 'people.tidy', 'people.retain', 'jobs.tidy', 'safety.backup', 'safety.drill')",
};
const rowsOf = (table, where) => (part[table] ?? 'SELECT * FROM %').replace('%', `${where}.${table}`);

export class Ledger {
  constructor(house, name = 'ledger') {
    this.house = house;
    this.name = name;
    this.file = join(house.data, `${name}.db`);
    this.pg = house.engine === 'postgres';
    [this.here, this.there] = this.pg ? ['public', name] : ['main', name];
  }

  sql(query) { return this.house.sql(this.pg ? query : `ATTACH '${this.file}' AS ${this.name}; ${query}`); }

  // PostgreSQL plans two comparisons of a hundred tables for a second; which of them differ at all is seen at a tenth of that.
  prints() {
    return this.house.sql(this.tables.map(t => `SELECT '${t}', count(*), coalesce(sum(hashtextextended(r::text, 0)), 0) FROM public.${t} r`).join(' UNION ALL ')).then(s => s.split('\n'));
  }

  // From now on this is what back() brings back and diff() compares with.
  async keep() {
    this.tables ??= (await this.house.sql(this.pg
      ? "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
      : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")).split('\n').filter(t => t !== 'db_migration');
    if (this.pg) {
      await this.house.sql(`DROP SCHEMA IF EXISTS ${this.name} CASCADE; CREATE SCHEMA ${this.name}; ${this.tables.map(t => `CREATE TABLE ${this.name}.${t} AS TABLE public.${t}`).join('; ')}`);
      this.kept = new Set(await this.prints());
    } else {
      rmSync(this.file, { force: true });
      await this.house.sql(`VACUUM INTO '${this.file}'`);
    }
  }

  // The tables that differ in anything at all are put back as they were, in one transaction.
  async back() {
    const moved = this.pg ? await this.touched() : (await this.compare(this.tables, (t, where) => `SELECT * FROM ${where}.${t}`)).map(([t]) => t);
    if (!moved.length) return;
    const lines = moved.map(t => `DELETE FROM ${this.here}.${t}; INSERT INTO ${this.here}.${t} SELECT * FROM ${this.there}.${t}`).join('; ');
    await this.sql(this.pg ? `SET session_replication_role = replica; BEGIN; ${lines}; COMMIT` : `BEGIN IMMEDIATE; ${lines}; COMMIT`);
  }

  touched() { return this.prints().then(all => all.filter(p => !this.kept.has(p)).map(p => p.split('|')[0])); }

  // [[table, rows that are new or changed, rows that are gone or changed]] of those that differ
  async compare(tables, of) {
    const lines = tables.map(t => `SELECT '${t}', (SELECT count(*) FROM (${of(t, this.here)} EXCEPT ${of(t, this.there)}) a), (SELECT count(*) FROM (${of(t, this.there)} EXCEPT ${of(t, this.here)}) b)`);
    // PostgreSQL gives them in whatever order it likes
    return (await this.sql(lines.join(' UNION ALL '))).split('\n').sort().map(l => l.split('|')).filter(([, more, less]) => more !== '0' || less !== '0');
  }

  // "journeys_goal+1 journeys_pair+1-1 mail_outbox+1"; empty: nothing happened
  async diff() {
    const tables = (this.pg ? await this.touched() : this.tables).filter(t => !aside.has(t));
    const rows = tables.length ? await this.compare(tables, rowsOf) : [];
    return rows.map(([t, more, less]) => `${t}${more === '0' ? '' : `+${more}`}${less === '0' ? '' : `-${less}`}`).join(' ');
  }
}
