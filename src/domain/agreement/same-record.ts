/** Whether two ids name one record: they come in 15 or 18 characters, of which the first 15 identify it. */
export const sameRecord = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15);
