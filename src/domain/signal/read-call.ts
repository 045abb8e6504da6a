import { isPersonalKey, withoutContacts } from './personal-data.ts';
import type { Scalar } from '../timeline/timeline.ts';

/** What a buyer did, as it is kept: without addresses and phone numbers, without what a URL asks for, and without the person's name. */
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

const longestText = 255;
/** An address that begins in what is kept ends in this. */
const longestLooked = 1_000;
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
  const all = type === 'identify' ? [] : Object.entries(properties);
  const kept = all.filter(([key, value]) => key !== '__proto__' && isKept(key, value));
  return {
    ...Object.fromEntries(kept.slice(0, mostProperties).map(([key, value]) => [key, shortened(value)])),
    type,
    name: name === null ? null : withoutContacts(name.slice(0, longestLooked)).slice(0, longestText),
    path: url === undefined ? null : pathOf(url),
  };
}

/** A text that holds an address or a number of somebody is not kept at all: nobody knows what else it says. */
function isKept(key: string, value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (isPersonalKey(key)) return false;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'string') return false;
  const text = withoutQuery(value).slice(0, longestLooked);
  return withoutContacts(text) === text;
}

const shortened = (value: unknown): Scalar =>
  typeof value === 'string' ? withoutQuery(value).slice(0, longestText) : (value as number | boolean);

/** What follows the path of a URL can hold anything, an address or a name included. */
const withoutQuery = (text: string): string =>
  /^(https?:\/\/|\/)/i.test(text) ? (/^[^?#]*/.exec(text)?.[0] ?? '') : text;

function pathOf(url: string): string {
  const path = withoutContacts(
    withoutQuery(url)
      .replace(/^https?:\/\/[^/]*/i, '')
      .slice(0, longestLooked),
  );
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

/** A CSV writes numbers as text; what begins with a zero is a code or a phone number. */
const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(value) ? Number(value) : value;
