import { OrgError } from '../../data/org-error.ts';

export const DELIMITERS = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
} as const;

export const NEWLINES = { LF: '\n', CRLF: '\r\n' } as const;

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted' | 'Failed';

type JobBase = {
  readonly id: string;
  readonly object: string;
  readonly createdById: string;
  readonly createdAt: number;
  readonly apiVersion: number;
  readonly columnDelimiter: keyof typeof DELIMITERS;
  readonly lineEnding: keyof typeof NEWLINES;
  readonly state: JobState;
  readonly modifiedAt: number;
  readonly errorMessage?: string;
  /** Rows done so far. */
  readonly processed: number;
  readonly millisecondsSpent: number;
};

export type QueryJob = JobBase & {
  readonly kind: 'query';
  readonly operation: 'query' | 'queryAll';
  readonly query: string;
  readonly columns: readonly string[];
};

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';

export type IngestJob = JobBase & {
  readonly kind: 'ingest';
  readonly operation: IngestOperation;
  readonly externalIdFieldName?: string;
  readonly assignmentRuleId?: string;
  readonly uploaded: boolean;
  /** The header of the upload, once it has been read. */
  readonly columns: readonly string[];
  readonly failed: number;
};

export type BulkJob = QueryJob | IngestJob;

export const isOver = (job: BulkJob): boolean =>
  job.state === 'JobComplete' || job.state === 'Aborted' || job.state === 'Failed';

/** The delimiter and line ending that a job's creation asks for. */
export function readFormat(body: Record<string, unknown>): Pick<JobBase, 'columnDelimiter' | 'lineEnding'> {
  const columnDelimiter = body['columnDelimiter'] ?? 'COMMA';
  const lineEnding = body['lineEnding'] ?? 'LF';
  const contentType = body['contentType'] ?? 'CSV';
  if (typeof columnDelimiter !== 'string' || !isKey(DELIMITERS, columnDelimiter)) {
    throw invalidJob(`columnDelimiter must be one of ${Object.keys(DELIMITERS).join(', ')}`);
  }
  if (typeof lineEnding !== 'string' || !isKey(NEWLINES, lineEnding)) throw invalidJob('lineEnding must be LF or CRLF');
  if (contentType !== 'CSV') throw invalidJob('contentType must be CSV');
  return { columnDelimiter, lineEnding };
}

export const invalidJob = (message: string): OrgError => new OrgError('INVALIDJOB', `InvalidJob : ${message}`, 400);

export const invalidState = (message: string): OrgError => new OrgError('INVALIDJOBSTATE', message, 400);

const isKey = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(table, key);
