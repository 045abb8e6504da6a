/** The SQL of today by the time zone of whoever reads. */
export const TODAY = `date(org_local_time(org_now(),
  (select u."TimeZoneSidKey" from "User" u where u."Id" = org_viewer())) / 1000, 'unixepoch')`;

const utcDay = (instant: string): string => `date(${instant} / 1000, 'unixepoch')`;

/** The times of a whole day say midnight UTC, wherever the day is spent; its end is the beginning of the next one. */
const LAST_DAY = `coalesce(max(${utcDay('{StartDateTime}')}, ${utcDay('({EndDateTime} - 1)')}), {ActivityDate})`;

/**
 * Whether an event is past, over columns written as `{Name}`: it has ended, or if it takes whole days, its last day has
 * for whoever reads.
 */
export const IS_PAST_EVENT = `case when {IsAllDayEvent} = 1 then ${LAST_DAY} < ${TODAY} else {EndDateTime} < org_now() end`;
