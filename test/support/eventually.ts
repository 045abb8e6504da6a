import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is as wanted; fails with the last answer when `within` milliseconds have passed. */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  wanted: (answer: Answer) => boolean,
  within = 30_000,
): Promise<Answer> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still not so after ${within} ms: ${JSON.stringify(answer)}`);
    await pause(100);
  }
}
