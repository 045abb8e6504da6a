import { describe, expect, it } from 'vitest';
import { readCall } from '../../../../src/domain/signal/read-call.ts';

const page = {
  type: 'page',
  messageId: 'm-1',
  timestamp: '2026-03-01T10:00:00Z',
  name: 'Pricing',
  properties: { path: '/pricing?token=secret#plans', url: 'https://n.example/pricing?token=secret', seats: 12 },
  context: { ip: '203.0.113.7', userAgent: 'Browser', traits: { email: 'Ana@Example.com' } },
};

const latest = Date.parse('2026-04-01T00:00:00Z');

const call = (given: Record<string, unknown>) => {
  const read = readCall(given, latest);
  if ('problem' in read) throw new Error(read.problem);
  return read.call;
};

describe('a call of Segment', () => {
  it('becomes a signal without address, browser and what the URL asks for', () => {
    expect(call(page)).toEqual({
      messageId: 'm-1',
      email: 'ana@example.com',
      userId: undefined,
      consent: undefined,
      signal: {
        type: 'page',
        at: Date.parse('2026-03-01T10:00:00Z'),
        attributes: { type: 'page', name: 'Pricing', path: '/pricing', seats: 12 },
      },
    });
    expect(JSON.stringify(call(page))).not.toMatch(/secret|203\.0|Browser/);
  });

  it('reads the same from flat columns of a CSV', () => {
    const flat = {
      type: 'track',
      event: 'Demo requested',
      userId: '42',
      timestamp: '2026-03-01T10:00:00Z',
      'properties.seats': '12',
      'properties.plan': 'pro',
      'traits.email': '',
      consent: 'yes',
    };
    expect(call(flat)).toMatchObject({
      userId: '42',
      email: undefined,
      consent: true,
      signal: { attributes: { type: 'track', name: 'Demo requested', path: null, seats: 12, plan: 'pro' } },
    });
  });

  it.each<[unknown, boolean | undefined]>([
    [true, true],
    ['granted', true],
    [false, false],
    [{ categoryPreferences: { Analytics: true } }, true],
    [{ categoryPreferences: { Analytics: true, Advertising: false } }, false],
    [{ categoryPreferences: {} }, undefined],
    ['maybe', undefined],
  ])('says of the consent %j: %s', (consent, expected) => {
    expect(call({ ...page, context: { ...page.context, consent } }).consent).toBe(expected);
  });

  it('keeps no traits of an identify call, and of others neither names nor nested values', () => {
    const properties = { email: 'a@x.example', Phone: '1', nested: { a: 1 }, list: [1], amount: 3, ok: true };
    expect(call({ ...page, properties }).signal.attributes).toEqual({
      type: 'page',
      name: 'Pricing',
      path: null,
      amount: 3,
      ok: true,
    });
    const identify = { ...page, type: 'identify', traits: { email: 'a@x.example', title: 'CEO' }, properties };
    expect(call(identify).signal.attributes).toEqual({ type: 'identify', name: 'Pricing', path: null });
  });

  it('keeps nothing that looks like an address or a phone number, wherever it is written', () => {
    const properties = {
      path: '/unsubscribe/john@buyer.example',
      user_email: 'x',
      phoneNumber: 491512345678,
      note: 'write to john@buyer.example',
      link: 'https://n.example/a?mail=john@buyer.example',
      callback: '+49 151 2345678',
      subscribedByEmail: true,
      plan: 'pro',
    };
    const { attributes } = call({ ...page, name: 'Welcome john@buyer.example', properties }).signal;
    expect(attributes).toEqual({
      type: 'page',
      name: 'Welcome …',
      path: '/unsubscribe/…',
      link: 'https://n.example/a',
      subscribedByEmail: true,
      plan: 'pro',
    });
  });

  it('takes a number of a CSV that begins with a zero for a text, as phone numbers do', () => {
    const flat = {
      type: 'track',
      userId: '42',
      timestamp: page.timestamp,
      'properties.call': '015123456789',
      'properties.code': '007',
    };
    expect(call(flat).signal.attributes).toEqual({ type: 'track', name: null, path: null, code: '007' });
  });

  it.each([
    [{ ...page, type: 'alias' }, 'type'],
    [{ ...page, timestamp: 'yesterday' }, 'timestamp'],
    [{ ...page, timestamp: undefined }, 'timestamp'],
    [{ ...page, timestamp: '2999-01-01T00:00:00Z' }, 'future'],
    [{ ...page, context: {} }, 'names nobody'],
  ])('is refused where it lacks what it needs (%#)', (given, named) => {
    expect(readCall(given, latest)).toMatchObject({ problem: expect.stringContaining(named) as string });
  });

  it('cannot reach the prototype of what is kept', () => {
    const properties = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, unknown>;
    const { attributes } = call({ ...page, properties }).signal;
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
    expect(attributes['type']).toBe('page');
  });
});
