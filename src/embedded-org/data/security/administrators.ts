import type { OrgCore } from '../org-core.ts';

const FIRST = 'admin@accord.example';

/** The active users whose profile is System Administrator, the one that a new org has before those who came later. */
export const administratorIds = ({ db }: OrgCore): readonly string[] =>
  db
    .prepare(
      `select u."Id" as id from "User" u join "Profile" p on p."Id" = u."ProfileId"
      where u."IsActive" = 1 and u."UserType" = 'Standard' and p."Name" = 'System Administrator'
      order by u."Username" = '${FIRST}' desc, u."CreatedDate", u."Id"`,
    )
    .all()
    .map((row) => String(row['id']));
