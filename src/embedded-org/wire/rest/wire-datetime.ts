/** An instant in the form Salesforce answers with: `2026-01-01T00:00:00.000+0000`. */
export const toWireDatetime = (instant: number): string => new Date(instant).toISOString().replace('Z', '+0000');
