import { OrgError } from '../data/org-error.ts';
import type { ObjectDef, SaveError, Schema } from '../data/types.ts';

type FieldError = {
  readonly constituentField: null;
  readonly duplicateRecordError: null;
  readonly errorCode: string;
  readonly field: string | null;
  readonly fieldLabel: string | null;
  readonly message: string;
};

/** A refused write as UI API tells it: page-level errors and errors at the fields they concern. */
export class RecordError extends OrgError {
  readonly output: {
    readonly errors: readonly FieldError[];
    readonly fieldErrors: Record<string, readonly FieldError[]>;
  };

  constructor(verb: 'create' | 'update' | 'delete', errors: readonly SaveError[], object: ObjectDef, schema: Schema) {
    const forbidden = errors.some((error) => error.statusCode.startsWith('INSUFFICIENT_ACCESS'));
    super(
      errors[0]?.statusCode ?? 'INVALID_INPUT',
      `An error occurred while trying to ${verb} the record. Please try again.`,
      forbidden ? 403 : 400,
    );
    this.name = 'RecordError';
    const all = errors.flatMap((error) => toFieldErrors(error, object, schema));
    this.output = {
      errors: all.filter((error) => error.field === null),
      fieldErrors: Object.fromEntries(
        Object.entries(
          Object.groupBy(
            all.filter((error) => error.field !== null),
            (error) => error.field ?? '',
          ),
        ).map(([field, list]) => [field, list ?? []]),
      ),
    };
  }
}

/** A refusal as an entry of the list that REST answers. */
export function errorBodyOf(error: OrgError): Record<string, unknown> {
  const body = { message: error.message, errorCode: error.code };
  return error instanceof RecordError ? { ...body, enhancedErrorType: 'RecordError', output: error.output } : body;
}

/** The body that a page gets for a refusal. */
export const toUiErrorBody = (error: OrgError): Record<string, unknown> => ({
  ...errorBodyOf(error),
  statusCode: error.status,
});

function toFieldErrors(error: SaveError, object: ObjectDef, schema: Schema): readonly FieldError[] {
  const fields: readonly (string | null)[] = error.fields.length > 0 ? error.fields : [null];
  return fields.map((field) => ({
    constituentField: null,
    duplicateRecordError: null,
    errorCode: error.statusCode,
    field,
    fieldLabel: field === null ? null : (schema.field(object, field)?.label ?? field),
    message: error.message,
  }));
}
