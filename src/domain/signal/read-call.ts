import type { Scalar } from '../timeline/timeline.ts';

/** What a buyer did, as it is kept: without addresses, without what a URL asks for, and without the person's name. */
export type Signal = {
  /** `page`, `track`, `identify` or whatever kind of call it was. */
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, Scalar>>;
};

/** A call of Segment's shape, read: the signal, and what tells whose it is and whether it may be kept. */
export type Call = {
  readonly signal: Signal;
  /** Makes importing the call twice impossible; absent where the sender gave none. */
  readonly messageId: string | undefined;
  readonly email: string | undefined;
  readonly userId: string | undefined;
  /** What the call itself says of consent; undefined where it says nothing. */
  readonly consent: boolean | undefined;
};

type Json = Readonly<Record<string, unknown>>;

const types = new Set(['page', 'track', 'identify', 'screen']);

/** Properties that say who or where somebody is, or what a search asked for; they are not kept. */
const dropped = new Set([
  'email',
  'phone',
  'name',
  'firstname',
  'lastname',
  'address',
  'ip',
  'useragent',
  'user_agent',
  'search',
  'referrer',
  'url',
]);

const longestText = 255;
const mostProperties = 20;

/**
 * Reads one call of Segment's shape (page, track, identify), whose keys may also be written flat, as `traits.email`.
 *
 * Returns what is wrong instead when the call has no known type, no instant until `latest` (epoch milliseconds) or nobody
 * to belong to.
 */
export function readCall(given: Json, latest: number): { readonly call: Call } | { readonly problem: string } {
  const type = textAt(given, 'type')?.toLowerCase();
  if (!type || !types.has(type)) return { problem: `"type" is not one of ${[...types].join(', ')}.` };
  const written = textAt(given, 'timestamp') ?? textAt(given, 'originalTimestamp') ?? textAt(given, 'sentAt');
  const at = written === undefined ? NaN : Date.parse(written);
  if (Number.isNaN(at)) return { problem: '"timestamp" is not an instant such as 2026-03-01T10:00:00Z.' };
  if (at > latest) return { problem: `"timestamp" lies in the future: ${written}.` };
  const email = (textAt(given, 'traits', 'email') ?? textAt(given, 'context', 'traits', 'email'))?.toLowerCase();
  const userId = textAt(given, 'userId');
  if (email === undefined && userId === undefined) {
    return { problem: 'It names nobody: neither "traits.email" nor "userId" is given.' };
  }
  const signal = { type, at, attributes: attributesOf(given, type) };
  return { call: { signal, messageId: textAt(given, 'messageId'), email, userId, consent: consentOf(given) } };
}

function attributesOf(given: Json, type: string): Signal['attributes'] {
  const properties = objectAt(given, 'properties');
  const name = textAt(given, 'event') ?? textAt(given, 'name') ?? textAt(properties, 'name') ?? null;
  const url = textAt(properties, 'path') ?? textAt(given, 'context', 'page', 'path') ?? textAt(properties, 'url');
  const kept: Record<string, Scalar> = {};
  for (const [key, value] of Object.entries(type === 'identify' ? {} : properties)) {
    if (dropped.has(key.toLowerCase()) || key === '__proto__' || Object.keys(kept).length >= mostProperties) continue;
    if (typeof value === 'string') kept[key] = withoutQuery(value).slice(0, longestText);
    else if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) kept[key] = value;
  }
  return { ...kept, type, name: name?.slice(0, longestText) ?? null, path: url === undefined ? null : pathOf(url) };
}

/** What follows the path of a URL can hold anything, an address or a name included. */
const withoutQuery = (text: string): string =>
  /^(https?:\/\/|\/)/i.test(text) ? (/^[^?#]*/.exec(text)?.[0] ?? '') : text;

function pathOf(url: string): string {
  const path = withoutQuery(url).replace(/^https?:\/\/[^/]*/i, '');
  return (path.startsWith('/') ? path : `/${path}`).slice(0, longestText);
}

/** Segment writes consent as categories; one that is refused refuses the call. */
function consentOf(given: Json): boolean | undefined {
  const written = valueAt(given, 'context', 'consent') ?? given['consent'];
  const plain = asBoolean(written);
  if (plain !== undefined) return plain;
  const preferences = Object.values(objectAt(given, 'context', 'consent', 'categoryPreferences')).map(asBoolean);
  return preferences.length === 0 ? undefined : preferences.every((each) => each === true);
}

function asBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (['true', 'yes', '1', 'granted'].includes(text)) return true;
  return ['false', 'no', '0', 'denied'].includes(text) ? false : undefined;
}

/** The value at a path, nested or written flat with dots. */
function valueAt(given: Json, ...path: readonly string[]): unknown {
  const flat = path.join('.');
  if (Object.hasOwn(given, flat)) return given[flat];
  let value: unknown = given;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Json)[key];
  }
  return value;
}

function textAt(given: Json, ...path: readonly string[]): string | undefined {
  const value = valueAt(given, ...path);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The object at a path, its members nested or written flat with dots. */
function objectAt(given: Json, ...path: readonly string[]): Json {
  const value = valueAt(given, ...path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  const start = `${path.join('.')}.`;
  const members = Object.entries(given).filter(([key, member]) => key.startsWith(start) && member !== '');
  return Object.fromEntries(members.map(([key, member]) => [key.slice(start.length), asNumber(member)]));
}

/** A CSV writes numbers as text. */
const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value;
