import type { FastifyInstance } from 'fastify';
import { isInCalendar } from '../../data/calendar-bounds.ts';
import { OrgError } from '../../data/org-error.ts';
import { registerConnectedApp } from '../oauth/connected-apps.ts';
import { asObject } from '../../http/rest-call.ts';
import type { WireContext } from '../wire-context.ts';
import type { OrgSettings } from '../../http/org-settings.ts';
import { requireAdmin } from '../../http/require-admin.ts';

/**
 * What only an embedded org can do: set its clock, limits, page sizes, sessions and connected apps, for tests.
 *
 * Nothing here exists in Salesforce. Every route needs the session of a user with Modify All Data and counts as no call.
 */
export function registerAdmin(server: FastifyInstance, wire: WireContext): void {
  const route = (method: 'GET' | 'POST', path: string, handle: (body: unknown) => unknown): void => {
    server.route({
      method,
      url: `/services/embedded/${path}`,
      handler: async (request) => {
        requireAdmin(request, wire);
        return handle(request.body);
      },
    });
  };
  route('GET', 'clock', () => clockBody(wire));
  route('POST', 'clock', (body) => setClock(wire, asObject(body, CLOCK_HELP)));
  route('GET', 'limits', () => wire.limits.all());
  route('POST', 'limits', (body) => setLimits(wire, asObject(body, LIMITS_HELP)));
  route('GET', 'config', () => wire.settings);
  route('POST', 'config', (body) => setConfig(wire, asObject(body, CONFIG_HELP)));
  route('POST', 'sessions/expire', (body) => expireSessions(wire, asObject(body, SESSIONS_HELP)));
  route('POST', 'connected-apps', (body) => addConnectedApp(wire, asObject(body, APPS_HELP)));
}

const CLOCK_HELP =
  'Send {"set": instant}, {"advance": milliseconds} or {"run": true}; the clock goes from 1700 to 4000.';
const LIMITS_HELP = 'Send {"DailyApiRequests": {"max": 100, "used": 90}}.';
const CONFIG_HELP =
  'Send {"queryPageSize": rows, "bulkPageSize": rows, "locatorsPerUser": count, "notificationsPerHour": count}, any of them.';
const SESSIONS_HELP = 'Send {"username": "…"}.';
const APPS_HELP = 'Send {"clientId": "…", "certificate": "PEM"}.';

const clockBody = (wire: WireContext): object => ({ now: new Date(wire.org.core.clock.now()).toISOString() });

function setClock(wire: WireContext, body: Record<string, unknown>): object {
  const { clock } = wire.org.core;
  const { set, advance, run } = body;
  if (typeof set === 'string' && isInCalendar(Date.parse(set))) clock.freezeAt(Date.parse(set));
  else if (typeof advance === 'number' && isInCalendar(clock.now() + advance)) clock.advance(advance);
  else if (run === true) clock.run();
  else throw new OrgError('INVALID_INPUT', CLOCK_HELP, 400);
  return clockBody(wire);
}

function setLimits(wire: WireContext, body: Record<string, unknown>): object {
  for (const [name, value] of Object.entries(body)) {
    const { max, used } = asObject(value, LIMITS_HELP);
    if (!wire.limits.isLimit(name) || !isCount(max) || !(used === undefined || isCount(used))) {
      throw new OrgError('INVALID_INPUT', `${name}: ${LIMITS_HELP}`, 400);
    }
    wire.limits.set(name, max, used);
  }
  return wire.limits.all();
}

function setConfig(wire: WireContext, body: Record<string, unknown>): OrgSettings {
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(wire.settings, name) || !isCount(value) || value === 0) {
      throw new OrgError('INVALID_INPUT', `${name}: ${CONFIG_HELP}`, 400);
    }
    wire.settings[name as keyof OrgSettings] = value;
  }
  return wire.settings;
}

function expireSessions(wire: WireContext, { username }: Record<string, unknown>): object {
  const user = typeof username === 'string' ? wire.org.findUserByUsername(username) : undefined;
  if (!user) throw new OrgError('INVALID_INPUT', `No active user has this name. ${SESSIONS_HELP}`, 400);
  return { expired: wire.sessions.expireUser(user.userId) };
}

function addConnectedApp(wire: WireContext, { clientId, certificate }: Record<string, unknown>): object {
  if (typeof clientId !== 'string' || typeof certificate !== 'string') {
    throw new OrgError('INVALID_INPUT', APPS_HELP, 400);
  }
  registerConnectedApp(wire.org.core.db, clientId, certificate);
  return { clientId };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
