import type { StoredRow } from '../object-plan.ts';
import { updateStored } from '../store-row.ts';
import type { WriteJob } from '../write-job.ts';
import { isNewOrChanged, type Behaviour } from './behaviour.ts';
import { insertRowsOf } from './insert-rows-of.ts';

/** The stage brings its probability, unless the same save sets another; every turn of the deal leaves a row of its history. */
export const opportunityBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    if (old && isNewOrChanged(row, old, 'StageName')) row['LastStageChangeDate'] = job.stamp;
    const given = old === undefined ? (row['Probability'] ?? null) !== null : isNewOrChanged(row, old, 'Probability');
    if (given || !isNewOrChanged(row, old, 'StageName')) return;
    const stage = stageOf(job, row);
    if (stage) row['Probability'] = Number(stage['probability'] ?? 0);
  },
  afterSave: (job, row, old) => {
    if (!TRACKED.some((name) => isNewOrChanged(row, old, name))) return;
    const historyId = keepHistory(job, row);
    if (old === undefined || historyId === undefined) return;
    const marks: StoredRow = {};
    if (isNewOrChanged(row, old, 'Amount')) marks['LastAmountChangedHistoryId'] = historyId;
    if (isNewOrChanged(row, old, 'CloseDate')) marks['LastCloseDateChangedHistoryId'] = historyId;
    updateStored(job.plan, String(row['Id']), marks);
  },
};

const TRACKED = ['StageName', 'Amount', 'Probability', 'CloseDate'];

function stageOf(job: WriteJob, row: StoredRow): StoredRow | undefined {
  const sql = `select "DefaultProbability" as probability, "ForecastCategory" as category
    from "OpportunityStage" where "ApiName" = ?`;
  return job.plan.prepare(sql).get(row['StageName'] ?? null) as StoredRow | undefined;
}

/** Writes how the opportunity stands now, and returns the id of that row. */
function keepHistory(job: WriteJob, row: StoredRow): string | undefined {
  const [amount, probability] = [row['Amount'] ?? null, row['Probability'] ?? null];
  const expected = amount === null || probability === null ? null : (Number(amount) * Number(probability)) / 100;
  const [id] = insertRowsOf(job, 'OpportunityHistory', [
    {
      OpportunityId: row['Id'] ?? null,
      StageName: row['StageName'] ?? null,
      Amount: amount,
      ExpectedRevenue: expected,
      CloseDate: row['CloseDate'] ?? null,
      Probability: probability,
      ForecastCategory: stageOf(job, row)?.['category'] ?? null,
    },
  ]);
  return id;
}
