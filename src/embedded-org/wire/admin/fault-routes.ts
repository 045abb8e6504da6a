import type { FastifyInstance } from 'fastify';
import { OrgError } from '../../data/org-error.ts';
import type { GapType } from '../../data/changes/change-payload.ts';
import { publishGap } from '../../data/changes/publish-gap.ts';
import { asObject } from '../../http/rest-call.ts';
import type { WireContext } from '../wire-context.ts';
import { faultRule } from './fault-rule.ts';
import { FaultRules } from './fault-rules.ts';
import { addFaultHooks } from './fault-hooks.ts';
import { requireAdmin } from '../../http/require-admin.ts';

const PATH = '/services/embedded/faults';
const HELP =
  'Send {"match": {"method", "path", "nth", "times"}, "do": {"status": 503}}; docs/embedded-org.md has them all.';
const GAP_HELP = 'Send {"object": "Lead", "recordIds": ["00Q…"], "changeType": "GAP_UPDATE"}.';
const GAP_TYPES: ReadonlySet<string> = new Set([
  'GAP_CREATE',
  'GAP_UPDATE',
  'GAP_DELETE',
  'GAP_UNDELETE',
  'GAP_OVERFLOW',
]);

/** Faults on demand, for tests of clients; there only in an org that was started with them. */
export function registerFaults(server: FastifyInstance, wire: WireContext): void {
  const rules = new FaultRules();
  addFaultHooks(server, wire, rules);
  server.get(PATH, (request) => {
    requireAdmin(request, wire);
    return { rules: rules.list() };
  });
  server.post(PATH, (request) => {
    requireAdmin(request, wire);
    const parsed = faultRule.safeParse(request.body);
    if (parsed.success) return rules.add(parsed.data);
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new OrgError('INVALID_INPUT', `${problems.join('; ')}. ${HELP}`, 400);
  });
  server.delete(PATH, (request) => {
    requireAdmin(request, wire);
    wire.org.core.locks.clear();
    rules.clear();
    return { rules: [] };
  });
  server.delete<{ Params: { id: string } }>(`${PATH}/:id`, (request) => {
    requireAdmin(request, wire);
    if (!rules.clear(Number(request.params.id))) throw new OrgError('NOT_FOUND', 'There is no such fault', 404);
    return { rules: rules.list() };
  });
  server.post(`${PATH}/gap`, (request) => {
    const user = requireAdmin(request, wire);
    return { replayId: gap(wire, user.userId, asObject(request.body, GAP_HELP)) };
  });
}

function gap(
  wire: WireContext,
  user: string,
  { object: name, recordIds, changeType }: Record<string, unknown>,
): number {
  const { changes, core } = wire.org;
  const object = core.schema.find(String(name));
  const isList = Array.isArray(recordIds) && recordIds.every((id) => typeof id === 'string');
  if (!object || !changes.selection.has(object.name) || !isList || !GAP_TYPES.has(String(changeType))) {
    throw new OrgError('INVALID_INPUT', `${GAP_HELP} The object must be selected for change events.`, 400);
  }
  return publishGap(core, changes, { object, recordIds, changeType: changeType as GapType, user });
}
