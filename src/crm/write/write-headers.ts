/** REST would fire lead assignment rules on create and on update by default, and so take leads from their owners. */
export const writeHeaders: Readonly<Record<string, string>> = { 'sforce-auto-assign': 'FALSE' };
