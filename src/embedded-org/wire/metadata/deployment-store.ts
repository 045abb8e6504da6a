import type { DatabaseSync } from 'node:sqlite';
import type { Deployment } from './deployment.ts';

/** Deployments in the org's database, so that one that was answered for is still known after a restart. */
export class DeploymentStore {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(
      'create table if not exists wire_deployment (sequence integer primary key, id text unique, deployment text not null)',
    );
  }

  /** Oldest first. */
  list(): readonly Deployment[] {
    const rows = this.#db.prepare('select deployment from wire_deployment order by sequence').all();
    return rows.map((row) => JSON.parse(row['deployment'] as string) as Deployment);
  }

  lastSequence(): number {
    return Number(this.#db.prepare('select max(sequence) as last from wire_deployment').get()?.['last'] ?? 0);
  }

  add(sequence: number, deployment: Deployment): void {
    this.#db
      .prepare('insert into wire_deployment (sequence, id, deployment) values (?, ?, ?)')
      .run(sequence, deployment.id, JSON.stringify(deployment));
  }

  save(deployment: Deployment): void {
    this.#db
      .prepare('update wire_deployment set deployment = ? where id = ?')
      .run(JSON.stringify(deployment), deployment.id);
  }

  remove(id: string): void {
    this.#db.prepare('delete from wire_deployment where id = ?').run(id);
  }
}
