/** What tests may tune while the org runs; small pages make paging faults show. */
export type OrgSettings = {
  /** Rows in a page of `query` when the client does not ask for fewer. */
  queryPageSize: number;
  /** Rows in the first page of a Bulk 2.0 result; later pages may have as many as came before them, up to 50,000. */
  bulkPageSize: number;
  /** Unfinished query locators a user may hold; the oldest is dropped. */
  locatorsPerUser: number;
  /** Notification actions of the whole org in an hour; what exceeds them is refused. */
  notificationsPerHour: number;
};

export const defaultOrgSettings = (): OrgSettings => ({
  queryPageSize: 2_000,
  bulkPageSize: 500,
  locatorsPerUser: 10,
  notificationsPerHour: 10_000,
});
