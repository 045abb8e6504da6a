import type { DatabaseSync } from 'node:sqlite';
import { IANAZone } from 'luxon';

/** No zone has changed its offset within a quarter of an hour. */
const SLOT = 15 * 60_000;
const MOST_SLOTS = 100_000;

/** Registers `org_local_time(instant, zone)`: the instant moved by the zone's offset, so that UTC functions read local time. */
export function registerLocalTime(db: DatabaseSync): void {
  const offsets = new Map<string, number>();
  db.function('org_local_time', { deterministic: true }, (instant, zone) => {
    if (typeof instant !== 'number') return null;
    const key = `${Math.floor(instant / SLOT)} ${String(zone)}`;
    let offset = offsets.get(key);
    if (offset === undefined) {
      if (offsets.size >= MOST_SLOTS) offsets.clear();
      offset = IANAZone.create(String(zone)).offset(instant);
      offsets.set(key, offset);
    }
    return instant + offset * 60_000;
  });
}
