import { z } from 'zod';
import type { AgreementStatus } from '../../src/app/agreement/agreement-status.ts';
import type { StatusChange } from '../../src/app/agreement/change-status.ts';
import type { Difference } from '../../src/app/agreement/diff-agreement.ts';
import type { PushSummary } from '../../src/app/agreement/push-agreement.ts';
import type { Restored } from '../../src/app/agreement/restore-version.ts';
import type { ModeChange } from '../../src/app/agreement/set-mode.ts';
import type { SignSummary } from '../../src/app/agreement/sign-agreement.ts';
import type { DoctorReport } from '../../src/app/doctor/examine-org.ts';
import type { Explanation } from '../../src/app/explain/explain-lead.ts';
import type { ImportPreview } from '../../src/app/import/preview/preview-import.ts';
import type { InstallSummary } from '../../src/app/install/install-package.ts';
import type { SyncSummary } from '../../src/app/sync/sync-summary.ts';
import type { AgreementListResult } from '../../src/commands/accord/agreement/list.ts';
import type { AgreementImportResult } from '../../src/commands/accord/agreement/import.ts';
import type { AgreementPullResult } from '../../src/commands/accord/agreement/pull.ts';
import type { AgreementValidateResult } from '../../src/commands/accord/agreement/validate.ts';
import type { ImportResult } from '../../src/commands/accord/import.ts';
import type { SignalsEraseResult } from '../../src/commands/accord/signals/erase.ts';
import type { SignalsImportResult } from '../../src/commands/accord/signals/import.ts';
import { calendarAdd, calendarElapsed, calendarShow } from './calendar-schemas.ts';

// What `--json` prints under `result`. The annotations make the compiler compare each with the command's own type.

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const instant = z.iso.datetime({ offset: true });
const outcome = z.enum(['met', 'not-met', 'unknown']);
const mode = z.enum(['Observe', 'Advise', 'Enforce']);

const problem = z.strictObject({
  line: z.int().min(1),
  column: z.int().min(1),
  severity: z.enum(['error', 'warning']),
  path: z.string(),
  message: z.string(),
  suggestion: z.string().exactOptional(),
});

const validate: z.ZodType<AgreementValidateResult> = z.strictObject({
  valid: z.literal(true),
  hash,
  problems: z.array(problem),
});

const texts = z.array(z.string());

const push: z.ZodType<PushSummary> = z.strictObject({
  id: z.string().nullable(),
  name: z.string(),
  version: count,
  hash,
  status: z.string(),
  dryRun: z.boolean(),
  created: z.boolean(),
  proposed: z.boolean(),
  amendments: texts,
  warnings: z.array(problem),
  notices: texts,
});

const pull: z.ZodType<AgreementPullResult> = z.strictObject({
  agreement: z.string(),
  version: count,
  hash,
  file: z.string(),
  written: z.boolean(),
  amendments: texts,
  ahead: z.boolean(),
});

const sign: z.ZodType<SignSummary> = z.strictObject({
  id: z.string().nullable(),
  agreement: z.string(),
  version: count,
  party: z.enum(['Sales', 'Marketing']),
  hash,
  dryRun: z.boolean(),
  preview: z.string(),
  created: z.boolean(),
  complete: z.boolean(),
  notices: texts,
});

const versionStatus = z.enum(['Draft', 'Proposed', 'In Force', 'Superseded', 'Withdrawn', 'Expired']);

const statusChange: z.ZodType<StatusChange> = z.strictObject({
  id: z.string(),
  agreement: z.string(),
  version: count,
  hash,
  from: versionStatus,
  status: versionStatus,
  effectiveFrom: instant.nullable(),
  dryRun: z.boolean(),
  notices: texts,
});

const modeChange: z.ZodType<ModeChange> = z.strictObject({
  agreement: z.string(),
  version: count,
  from: mode,
  mode,
  dryRun: z.boolean(),
});

const list: z.ZodType<AgreementListResult> = z.strictObject({
  versions: z.array(
    z.strictObject({
      id: z.string(),
      agreement: z.string(),
      version: count,
      status: versionStatus,
      hash,
      createdBy: z.string(),
      createdAt: instant,
      signedBy: texts,
      inForceFrom: instant.nullable(),
      inForceTo: instant.nullable(),
      intact: z.boolean(),
      current: z.boolean(),
    }),
  ),
});

const restore: z.ZodType<Restored> = z.strictObject({
  id: z.string().nullable(),
  agreement: z.string(),
  version: count,
  restored: count,
  hash,
  dryRun: z.boolean(),
  comparedWith: z.string().nullable(),
  amendments: texts,
});

const side = z.strictObject({ title: z.string(), hash });
const diff: z.ZodType<Difference> = z.strictObject({
  from: side,
  to: side,
  same: z.boolean(),
  amendments: z.array(
    z.strictObject({
      kind: z.enum(['added', 'removed', 'changed', 'moved']),
      path: z.string(),
      part: z.string(),
      change: z.string(),
    }),
  ),
});

const status: z.ZodType<AgreementStatus> = z.strictObject({
  inForce: z.strictObject({ agreement: z.string(), version: count, mode }).nullable(),
  problems: texts,
  versions: z.array(
    z.strictObject({
      id: z.string(),
      agreement: z.string(),
      version: count,
      status: versionStatus,
      mode,
      readyFor: mode,
      hash: z.string(),
      signed: z.boolean(),
      signatures: z.array(z.strictObject({ party: z.string(), by: z.string(), at: z.string() })),
      waitingFor: z.array(z.strictObject({ party: z.enum(['sales', 'marketing']), signers: texts, opened: texts })),
      preview: z.string().nullable(),
      startsAt: instant.nullable(),
      expiresAt: instant.nullable(),
      problems: z.array(z.string()),
    }),
  ),
});

const install: z.ZodType<InstallSummary> = z.strictObject({
  dryRun: z.boolean(),
  upgraded: z.boolean(),
  components: count,
  assignments: z.array(z.strictObject({ username: z.string(), permissionSet: z.string(), added: z.boolean() })),
});

const agreementImport: z.ZodType<AgreementImportResult> = z.strictObject({
  agreement: z.string(),
  stages: z.array(z.string()),
  facts: z.array(z.string()),
  taken: count,
  leftOut: z.array(z.strictObject({ line: count, text: z.string(), reason: z.string() })),
  warnings: z.array(z.string()),
  file: z.string(),
});

const importPreview: z.ZodType<ImportPreview> = z.strictObject({
  file: z.string(),
  agreement: z.strictObject({ name: z.string(), version: count.nullable() }),
  rows: count,
  bad: count,
  problems: z.array(z.string()),
  stages: z.array(z.strictObject({ id: z.string(), title: z.string(), rows: count })),
  undecided: count,
  duplicates: z.strictObject({ byKey: count, byEmail: count, inList: count }),
  facts: z.array(z.strictObject({ fact: z.string(), field: z.string(), known: count })),
});

const importSummary = z.strictObject({
  object: z.string(),
  dryRun: z.boolean(),
  rows: count,
  created: count,
  updated: count,
  skipped: count,
  failed: count,
  problems: z.array(z.string()),
  rejects: z.string().nullable(),
});

const imported: z.ZodType<ImportResult> = z.union([importSummary, importPreview]);

const doctor: z.ZodType<DoctorReport> = z.strictObject({
  org: z.strictObject({ id: z.string(), kind: z.enum(['production', 'sandbox', 'unknown']), edition: z.string() }),
  checkedAs: z.string(),
  agreement: z
    .strictObject({
      name: z.string(),
      version: count.nullable(),
      from: z.enum(['file', 'in force', 'proposed', 'draft']),
    })
    .nullable(),
  readiness: z.strictObject({
    readyFor: z.enum(['Observe', 'Advise', 'Enforce']),
    conditions: z.array(z.strictObject({ id: z.string(), met: z.boolean(), sentence: z.string() })),
  }),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      severity: z.enum(['blocks-enforce', 'warns', 'info']),
      title: z.string(),
      evidence: z.array(z.string()),
      fixedBy: z.enum([
        'administrator',
        'marketing operations',
        'sales manager',
        'signers',
        'whoever runs the service',
      ]),
      how: z.string(),
    }),
  ),
  apiCalls: count,
});

const sync: z.ZodType<SyncSummary> = z.strictObject({
  kind: z.enum(['full', 'incremental']),
  dryRun: z.boolean(),
  agreement: z.strictObject({ name: z.string(), version: count, hash }).nullable(),
  read: count,
  judged: count,
  changed: count,
  leadUpdates: count,
  removed: count,
  written: count,
  failed: count,
  samples: z.array(z.strictObject({ leadId: z.string(), from: z.string().nullable(), to: z.string() })),
  problems: z.array(z.string()),
});

const explain: z.ZodType<Explanation> = z.strictObject({
  leadId: z.string(),
  lead: z.string(),
  from: z.enum(['recorded', 'live', 'past']),
  agreement: z.strictObject({ name: z.string(), version: count, hash }),
  stage: z.strictObject({ id: z.string(), title: z.string() }),
  why: z.string(),
  since: z.string().nullable(),
  decidedAt: z.string(),
  validUntil: z.string().nullable(),
  notices: texts,
  definitions: z.array(
    z.strictObject({
      stage: z.string(),
      title: z.string(),
      outcome: outcome.nullable(),
      withheld: count,
      clauses: z.array(
        z.strictObject({
          sentence: z.string(),
          outcome,
          standing: outcome,
          group: z.string(),
          source: z.string(),
          value: z.union([z.string(), z.number(), z.boolean(), z.null()]).exactOptional(),
          latestAt: z.string().exactOptional(),
          changedAt: z.string().exactOptional(),
          lines: z.array(z.strictObject({ sentence: z.string(), outcome, points: z.number() })).exactOptional(),
        }),
      ),
      wouldHold: z
        .strictObject({
          alternatives: z.array(z.strictObject({ changes: texts, by: z.string().exactOptional() })),
          ask: z.string().exactOptional(),
          partly: z.literal(true).exactOptional(),
        })
        .exactOptional(),
    }),
  ),
});

const signalsErase: z.ZodType<SignalsEraseResult> = z.strictObject({ leadId: z.string(), erased: count });

const signalsImport: z.ZodType<SignalsImportResult> = z.strictObject({
  dryRun: z.boolean(),
  rows: count,
  added: count,
  repeated: count,
  unmatched: count,
  withoutConsent: count,
  tooOld: count,
  malformed: count,
  leads: count,
  problems: texts,
  rejects: z.string().nullable(),
});

/** Command id → schema of its result. */
export const resultSchemas = {
  'accord-agreement-diff': diff,
  'accord-agreement-import': agreementImport,
  'accord-agreement-list': list,
  'accord-agreement-mode': modeChange,
  'accord-agreement-propose': statusChange,
  'accord-agreement-pull': pull,
  'accord-agreement-push': push,
  'accord-agreement-restore': restore,
  'accord-agreement-schema': z.record(z.string(), z.unknown()),
  'accord-agreement-sign': sign,
  'accord-agreement-status': status,
  'accord-agreement-validate': validate,
  'accord-agreement-withdraw': statusChange,
  'accord-calendar-add': calendarAdd,
  'accord-calendar-elapsed': calendarElapsed,
  'accord-calendar-show': calendarShow,
  'accord-doctor': doctor,
  'accord-explain': explain,
  'accord-import': imported,
  'accord-install': install,
  'accord-signals-erase': signalsErase,
  'accord-signals-import': signalsImport,
  'accord-sync': sync,
} as const;
