/** Clients send a boolean input as such or as text. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';
