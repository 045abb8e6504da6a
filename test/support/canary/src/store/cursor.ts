export const cursor = '';
