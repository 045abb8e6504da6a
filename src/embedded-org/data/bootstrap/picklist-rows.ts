type Row = Readonly<Record<string, string | number>>;

const named = (name: string, values: Row = {}): Row => ({ MasterLabel: name, ApiName: name, ...values });
const stage = (name: string, probability: number, category: string, values: Row = {}): Row => ({
  ...named(name),
  IsActive: 1,
  DefaultProbability: probability,
  ForecastCategory: category,
  ForecastCategoryName: category,
  ...values,
});

/** Rows behind the standard picklists: object, first id sequence (they share a key prefix), rows in order. */
export const PICKLIST_ROWS: readonly (readonly [string, number, readonly Row[]])[] = [
  [
    'LeadStatus',
    1,
    [
      named('Open - Not Contacted', { IsDefault: 1 }),
      named('Working - Contacted'),
      named('Closed - Converted', { IsConverted: 1 }),
      named('Closed - Not Converted'),
    ],
  ],
  [
    'TaskStatus',
    101,
    [
      named('Not Started', { IsDefault: 1 }),
      named('In Progress'),
      named('Completed', { IsClosed: 1 }),
      named('Waiting on someone else'),
      named('Deferred'),
    ],
  ],
  ['TaskPriority', 201, [named('High', { IsHighPriority: 1 }), named('Normal', { IsDefault: 1 }), named('Low')]],
  [
    'OpportunityStage',
    301,
    [
      stage('Prospecting', 10, 'Pipeline'),
      stage('Qualification', 10, 'Pipeline'),
      stage('Needs Analysis', 20, 'Pipeline'),
      stage('Value Proposition', 50, 'Pipeline'),
      stage('Id. Decision Makers', 60, 'Pipeline'),
      stage('Perception Analysis', 70, 'Pipeline'),
      stage('Proposal/Price Quote', 75, 'Pipeline'),
      stage('Negotiation/Review', 90, 'Pipeline'),
      stage('Closed Won', 100, 'Closed', { IsClosed: 1, IsWon: 1 }),
      stage('Closed Lost', 0, 'Omitted', { IsClosed: 1 }),
    ],
  ],
];
