import { wire } from '../wire/wire.ts';

export const known = wire;
