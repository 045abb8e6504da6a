import { expect, it } from 'vitest';
import { ApiBudget } from '../../../src/crm/api-budget.ts';

it('stops at the share, lets one call through after five minutes, and goes on when the usage has sunk', () => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const budget = new ApiBudget(0.8, () => now);
  budget.learn('api-usage=7999/10000');
  expect(() => budget.check()).not.toThrow();
  budget.learn('per-app-api-usage=1/250(appName=x); api-usage=8000/10000');
  expect(() => budget.check()).toThrow('asks again at 2026-01-01T00:05:00.000Z');
  now += 5 * 60_000;
  expect(() => budget.check()).not.toThrow();
  budget.learn('api-usage=8001/10000');
  expect(() => budget.check()).toThrow(expect.objectContaining({ code: 'limit' }));
  budget.learn('api-usage=6000/10000');
  expect(() => budget.check()).not.toThrow();
});

it('does not take the usage of one app for that of the org', () => {
  const budget = new ApiBudget(0.8, () => 0);
  budget.learn('per-app-api-usage=249/250(appName=x)');
  budget.learn(null);
  expect(budget.usage()).toBeUndefined();
});
