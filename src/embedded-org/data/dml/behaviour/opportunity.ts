import { isNewOrChanged, type Behaviour } from './behaviour.ts';

/** The stage brings its probability, unless the same save sets another. */
export const opportunityBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    const given = old === undefined ? (row['Probability'] ?? null) !== null : isNewOrChanged(row, old, 'Probability');
    if (given || !isNewOrChanged(row, old, 'StageName')) return;
    const sql = 'select "DefaultProbability" as probability from "OpportunityStage" where "ApiName" = ?';
    const stage = job.plan.prepare(sql).get(row['StageName'] ?? null);
    if (stage) row['Probability'] = Number(stage['probability'] ?? 0);
  },
};
