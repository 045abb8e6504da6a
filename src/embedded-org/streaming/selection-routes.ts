import type { FastifyInstance } from 'fastify';
import { OrgError } from '../data/org-error.ts';
import type { ObjectDef, Schema } from '../data/types.ts';
import { requireAdmin } from '../http/require-admin.ts';
import { asObject } from '../http/rest-call.ts';
import type { HttpContext } from '../http/http-context.ts';
import { canBeCaptured } from '../data/changes/change-entities.ts';
import { type ChangeSelection, MOST_ENTITIES, STANDARD_CHANNEL } from '../data/changes/change-selection.ts';

const HELP = 'Send {"select": ["Lead"], "unselect": ["Task"]}, either or both, with names of objects.';

/** What the page "Change Data Capture" of Setup does: choose the objects of the standard channel. For tests. */
export function registerSelection(server: FastifyInstance, wire: HttpContext): void {
  const { selection } = wire.org.changes;
  const body = (): object => ({ selected: selection.entities(STANDARD_CHANNEL) });
  server.get('/services/embedded/change-events', (request) => {
    requireAdmin(request, wire);
    return body();
  });
  server.post('/services/embedded/change-events', (request) => {
    requireAdmin(request, wire);
    const { select, unselect } = asObject(request.body, HELP);
    const [added, removed] = [select, unselect].map((names) => toObjects(wire.org.core.schema, names));
    for (const object of removed ?? []) selection.unselect(STANDARD_CHANNEL, object.name);
    addAll(selection, added ?? []);
    return body();
  });
}

function addAll(selection: ChangeSelection, objects: readonly ObjectDef[]): void {
  const names = new Set([...selection.entities(), ...objects.map((object) => object.name)]);
  if (names.size > MOST_ENTITIES) {
    throw new OrgError('LIMIT_EXCEEDED', `No more than ${MOST_ENTITIES} objects may be selected`, 400);
  }
  for (const object of objects) selection.select(STANDARD_CHANNEL, object.name);
}

function toObjects(schema: Schema, names: unknown): readonly ObjectDef[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) throw new OrgError('INVALID_INPUT', HELP, 400);
  return names.map((name) => {
    const object = schema.find(String(name));
    if (object && canBeCaptured(object)) return object;
    throw new OrgError('INVALID_INPUT', `${String(name)} is no object whose changes can be captured. ${HELP}`, 400);
  });
}
