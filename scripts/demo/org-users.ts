import type { Session } from './run-command.ts';

/** Signs a user of the embedded org in by name alone, which only the embedded org allows. */
export async function signIn(instanceUrl: string, username: string): Promise<Session> {
  const answer = await fetch(`${instanceUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username }),
  });
  const body = (await answer.json()) as { access_token?: string; error_description?: string };
  if (!body.access_token) throw new Error(`${username} cannot sign in: ${body.error_description ?? answer.status}`);
  return { instanceUrl, accessToken: body.access_token, username };
}

/** Gives the org the daily calls of an Enterprise Edition, so that a demo left running all day is not slowed down. */
export async function raiseDailyLimit(admin: Session): Promise<void> {
  const answer = await fetch(`${admin.instanceUrl}/services/embedded/limits`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ DailyApiRequests: { max: 100_000 } }),
  });
  if (!answer.ok) throw new Error(`The daily limit could not be set: ${await answer.text()}`);
}

/** Creates users with the Standard User profile as the admin; those who exist already are left alone. */
export async function createUsers(admin: Session, usernames: readonly string[]): Promise<void> {
  const profileId = await firstId(admin, "SELECT Id FROM Profile WHERE Name = 'Standard User'");
  for (const [index, username] of usernames.entries()) {
    if (await firstId(admin, `SELECT Id FROM User WHERE Username = '${username.replaceAll("'", "\\'")}'`)) continue;
    const answer = await fetch(`${admin.instanceUrl}/services/data/v68.0/sobjects/User`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        Username: username,
        Email: username,
        LastName: username.split('@')[0],
        Alias: `user${index}`,
        ProfileId: profileId,
        TimeZoneSidKey: 'America/New_York',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        IsActive: true,
      }),
    });
    if (!answer.ok) throw new Error(`User ${username} was refused: ${await answer.text()}`);
  }
}

async function firstId(admin: Session, soql: string): Promise<string | undefined> {
  const answer = await fetch(`${admin.instanceUrl}/services/data/v68.0/query?q=${encodeURIComponent(soql)}`, {
    headers: { authorization: `Bearer ${admin.accessToken}` },
  });
  if (!answer.ok) throw new Error(`${soql}: ${await answer.text()}`);
  return ((await answer.json()) as { records: { Id: string }[] }).records[0]?.Id;
}
