/** Ids of queues begin with this, those of users with 005. */
const QUEUE_PREFIX = '00G';

/** Takes the row out of a GraphQL answer as plain values; undefined where the lead has none. */
export function toStateRow(data) {
    const node = data?.uiapi?.query?.Accord_Lead_State__c?.edges?.[0]?.node;
    if (!node) return undefined;
    const agreement = node.Agreement__r;
    return {
        writtenAt: node.LastModifiedDate?.value,
        receipt: node.Receipt__c?.value ?? '',
        since: node.Since__c?.value ?? undefined,
        validUntil: node.Valid_Until__c?.value ?? undefined,
        agreement: agreement?.Name?.value && {
            name: agreement.Name.value,
            version: node.Agreement_Version__c?.value,
            status: agreement.Status__c?.value ?? undefined,
            mode: agreement.Mode__c?.value ?? undefined,
            effectiveFrom: agreement.Effective_From__c?.value ?? undefined,
            expiresOn: agreement.Expires_On__c?.value ?? undefined,
        },
    };
}

/** Tells whether any agreement is in force; everybody with a permission set of ours may know. */
export function isInForce(data) {
    return (data?.uiapi?.query?.Accord_Agreement__c?.edges?.length ?? 0) > 0;
}

/** What can be said of a lead without its row: the stage on the lead itself and whether it waits in a queue. */
export function toUnshared(record) {
    return {
        stageTitle: record.fields.Accord_Stage__c?.value ?? undefined,
        inQueue: String(record.fields.OwnerId?.value ?? '').startsWith(QUEUE_PREFIX),
    };
}

/**
 * Lists the fields of the lead that a receipt names, as `Lead.X`; a receipt that cannot be read names none.
 *
 * Fields of what the lead was converted to are not in its record, so the card shows neither their values nor outcomes.
 */
export function toFieldNames(receipt) {
    const clauses = parse(receipt)?.definitions?.flatMap((definition) => definition.clauses) ?? [];
    const fields = clauses.flatMap(({ source }) => (source.kind === 'field' ? [source.field] : (source.fields ?? [])));
    const named = fields.map((field) => (field.includes('.') ? field : `Lead.${field}`));
    return [...new Set(named.filter((field) => field.startsWith('Lead.')))].sort();
}

/** Takes those of the named fields that this user may see out of a record, as text; '' is blank. */
export function toValues(record, fieldNames) {
    const seen = fieldNames.filter((name) => shortName(name) in record.fields);
    return Object.fromEntries(seen.map((name) => [name, toText(record.fields[shortName(name)])]));
}

/** The platform answers a query on an object that the user may not read as if the object did not exist. */
export function isNoAccess(errors) {
    return errors.some(({ message }) =>
        /FieldUndefined|is undefined|INSUFFICIENT_ACCESS|No such|not supported/i.test(message),
    );
}

function parse(receipt) {
    try {
        return JSON.parse(receipt);
    } catch {
        return undefined;
    }
}

function shortName(field) {
    return field.slice(field.indexOf('.') + 1);
}

function toText({ value, displayValue }) {
    if (value === null || value === undefined) return '';
    if (typeof value === 'boolean') return value ? 'Yes' : 'No';
    return displayValue ?? String(value);
}

/** Says in words why a wire or a refresh failed. */
export function toMessage(error) {
    return error?.body?.message ?? error?.message ?? 'The CRM gave no reason.';
}
