import type { ObjectDef } from '../../types.ts';
import {
  date,
  flag,
  lastViewed,
  FULL_NAME,
  owner,
  picklist,
  required,
  standardObject,
  system,
  systemFields,
  text,
} from '../field-builders.ts';

/** What a person wants done with their data; leads and contacts point to it. */
export const individual: ObjectDef = standardObject('Individual', '0PK', {
  sharingModel: 'ReadWrite',
  fields: [
    ...systemFields({ deletable: true }),
    text('LastName', 80, required),
    text('FirstName', 40, { permissionable: false }),
    picklist('Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'], { permissionable: false }),
    text('Name', 121, system, { nameField: true, sql: FULL_NAME }),
    owner(),
    flag('HasOptedOutTracking', { label: "Don't Track" }),
    flag('HasOptedOutProfiling', { label: "Don't Profile" }),
    flag('HasOptedOutProcessing', { label: "Don't Process" }),
    flag('HasOptedOutSolicit', { label: "Don't Market" }),
    flag('ShouldForget', { label: 'Forget this Individual' }),
    flag('SendIndividualData', { label: 'Export Individual Data' }),
    flag('CanStorePiiElsewhere', { label: 'OK to Store PII Data Elsewhere' }),
    flag('HasOptedOutGeoTracking', { label: 'Block Geolocation Tracking' }),
    date('BirthDate'),
    lastViewed(),
  ],
});
