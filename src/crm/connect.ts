import type { Connection as CoreConnection } from '@salesforce/core';
import { type Crm, PortError } from '../app/ports.ts';
import { apiVersion, chooseApiVersion } from './api-version.ts';
import { toNetworkError, toPortError } from './errors.ts';
import { type CrmOptions, createCrm } from './salesforce-crm.ts';
import { OrgTime } from './org-time.ts';
import type { Session } from './session.ts';

/** An org that the Salesforce CLI knows by alias or username, or one given by its address and an access token. */
export type Target = { readonly alias: string } | { readonly instanceUrl: string; readonly accessToken: string };

/** Connects to an org; an address with a token leaves nothing on disk. */
export async function connect(target: Target, options: CrmOptions = {}): Promise<Crm> {
  if ('alias' in target) return fromConnection(await openAlias(target.alias), options);
  const { instanceUrl, accessToken } = target;
  if (!URL.canParse(instanceUrl)) throw new PortError('invalid', `'${instanceUrl}' is not the address of an org`);
  return fromConnection({ instanceUrl, accessToken, version: apiVersion, request: refuseRenewal }, options);
}

/** Uses a connection that is already signed in, such as the one that an `sf` command is handed. */
export async function fromConnection(connection: CoreConnection | Session, options: CrmOptions = {}): Promise<Crm> {
  const session: Session = connection;
  const orgTime = new OrgTime(options.clock ?? Date);
  session.version = await settleVersion(session.instanceUrl, orgTime);
  return createCrm(session, options, orgTime);
}

/** A bare token has nothing to be renewed with. */
const refuseRenewal = async (): Promise<never> => {
  throw new Error('an access token alone cannot be renewed');
};

async function openAlias(alias: string): Promise<CoreConnection> {
  // Loading takes half a second, which only a sign-in through the Salesforce CLI has to pay.
  const { Org } = await import('@salesforce/core');
  try {
    const org = await Org.create({ aliasOrUsername: alias });
    return org.getConnection(apiVersion);
  } catch (error) {
    const problem = `No usable sign-in for '${alias}' (${(error as Error).message})`;
    throw new PortError(
      'reauthorize',
      `${problem}. See \`sf org list\`, or run \`sf org login web --alias ${alias}\``,
      {
        cause: error,
      },
    );
  }
}

/** Asks without a session: the list of versions is public, and costs no API call. */
async function settleVersion(instanceUrl: string, orgTime: OrgTime): Promise<string> {
  const doing = `Connecting to ${instanceUrl}`;
  const url = new URL('/services/data', instanceUrl);
  try {
    const init = { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(60_000) };
    const response = await orgTime.ask(() => fetch(url, init));
    const body = await response.text();
    if (!response.ok) throw toPortError(doing, response.status, body);
    const versions = JSON.parse(body) as readonly { readonly version: string }[];
    return chooseApiVersion(versions.map((each) => each.version));
  } catch (error) {
    throw toNetworkError(doing, error);
  }
}
