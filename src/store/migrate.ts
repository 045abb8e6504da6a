import { PortError } from '../app/ports.ts';
import { type Migration, migrations } from './migrations/migrations.ts';
import type { SqliteSql } from './sqlite-sql.ts';

/** Brings the schema up to date, each step in a transaction of its own; a store of a newer version is refused. */
export async function migrate(sql: SqliteSql, path: string, steps: readonly Migration[] = migrations): Promise<void> {
  await sql.exec('create table if not exists schema_version (version integer primary key, name text not null)');
  const newest = steps.at(-1)?.version ?? 0;
  const current = await currentVersion(sql);
  if (current > newest) {
    const problem = `The store ${path} was written by a newer version of Accord (schema ${current}, this one knows ${newest})`;
    throw new PortError('invalid', `${problem}: upgrade, or remove the file to read the org again`);
  }
  for (const step of steps.filter(({ version }) => version > current)) await apply(sql, step);
}

async function currentVersion(sql: SqliteSql): Promise<number> {
  const rows = await sql.query<{ version: number | null }>('select max(version) as version from schema_version');
  return rows[0]?.version ?? 0;
}

/** Reads the version again inside the transaction: another process may have taken the step meanwhile. */
async function apply(sql: SqliteSql, step: Migration): Promise<void> {
  await sql.atomic(async () => {
    if ((await currentVersion(sql)) >= step.version) return;
    await sql.exec(step.sql);
    await sql.query('insert into schema_version (version, name) values ($1, $2)', [step.version, step.name]);
  });
}
