import { readFileSync } from 'node:fs';
import { cursor } from '../store/cursor.ts';

export const impure = (): string => readFileSync(cursor, 'utf8');
