import { factEvents } from './fact-source.ts';
import type { Agreement } from './schema.ts';

/** Whether the stage that a person is in decides, besides what is known of the person: then a new stage is judged again. */
export function followsStages({ facts, stages }: Agreement): boolean {
  const byFact = Object.values(facts).some((fact) => {
    const kind = factEvents(fact);
    return 'daysInStage' in fact || kind === 'stage' || kind === 'hand-off';
  });
  return byFact || stages.some((stage) => 'back' in stage && stage.back === false);
}
