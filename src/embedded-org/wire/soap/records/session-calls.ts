import { oneOf, textOf } from '../../../metadata/xml-element.ts';
import type { SoapCall } from '../soap-call.ts';
import { soapDatetime, type XmlValue } from '../write-xml.ts';

/** Two hours: how long a session lives without being used. */
const SESSION_SECONDS = 7_200;

export const getServerTimestamp = (call: SoapCall): XmlValue => ({
  timestamp: soapDatetime(call.wire.org.core.clock.now()),
});

export function getUserInfo(call: SoapCall): XmlValue {
  const { user, wire } = call;
  const { org } = wire;
  const find = (sql: string, ...ids: string[]): string => String(org.core.db.prepare(sql).get(...ids)?.['value'] ?? '');
  return {
    accessibilityMode: false,
    chatterExternal: false,
    currencySymbol: '$',
    orgAttachmentFileSizeLimit: 5_242_880,
    orgDefaultCurrencyIsoCode: 'USD',
    orgDefaultCurrencyLocale: 'en_US',
    orgDisallowHtmlAttachments: false,
    orgHasPersonAccounts: false,
    organizationId: org.core.organizationId,
    organizationMultiCurrency: false,
    organizationName: find('select "Name" as value from "Organization"'),
    profileId: user.profileId,
    roleId: user.roleId ?? null,
    sessionSecondsValid: SESSION_SECONDS,
    userDefaultCurrencyIsoCode: null,
    userEmail: find('select "Email" as value from "User" where "Id" = ?', user.userId),
    userFullName: user.name,
    userId: user.userId,
    userLanguage: user.language,
    userLocale: user.locale,
    userName: user.username,
    userTimeZone: user.timeZone,
    userType: 'Standard',
    userUiSkin: 'Theme3',
  };
}

/** Ends the session of the call. */
export function logout(call: SoapCall): XmlValue {
  const session = oneOf(call.header, 'SessionHeader');
  call.wire.sessions.revoke((session && textOf(session, 'sessionId')) ?? '');
  return undefined;
}
