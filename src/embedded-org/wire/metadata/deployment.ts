import type { DeployOutcome, UserContext } from '../../data/types.ts';

/** What is told of a deployment, and kept of it. */
export type Deployment = {
  readonly id: string;
  readonly user: Pick<UserContext, 'userId' | 'name'>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  status: 'Pending' | 'InProgress' | 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceled';
  startedAt?: number;
  completedAt?: number;
  outcome?: DeployOutcome;
  errorMessage?: string;
};
