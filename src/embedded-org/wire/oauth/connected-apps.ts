import { X509Certificate } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { OrgError } from '../../data/org-error.ts';

/** Makes room for the apps that may sign users in by JWT; kept in the org's database. */
export function createConnectedApps(db: DatabaseSync): void {
  db.exec('create table if not exists wire_connected_app (client_id text primary key, certificate text not null)');
}

/** Registers an app, or gives it a new certificate (PEM). */
export function registerConnectedApp(db: DatabaseSync, clientId: string, certificate: string): void {
  if (!isCertificate(certificate)) {
    throw new OrgError('INVALID_INPUT', 'certificate must be an X.509 certificate in PEM form', 400);
  }
  db.prepare(
    `insert into wire_connected_app (client_id, certificate) values (?, ?)
     on conflict (client_id) do update set certificate = excluded.certificate`,
  ).run(clientId, certificate);
}

export function findCertificate(db: DatabaseSync, clientId: string): string | undefined {
  const row = db.prepare('select certificate from wire_connected_app where client_id = ?').get(clientId);
  return row?.['certificate'] as string | undefined;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).publicKey !== undefined;
  } catch {
    return false;
  }
}
