import { makeId } from '../../data/ids.ts';
import type { ObjectDef } from '../../data/types.ts';
import type { ListFilter, ListView } from './list-view.ts';

type Plan = Pick<ListView, 'name' | 'label'> & { readonly mine?: boolean; readonly filters?: readonly ListFilter[] };

const OPEN: ListFilter = { path: 'IsConverted', operator: 'equals', values: ['false'] };
const ACTIVE: ListFilter = { path: 'IsActive', operator: 'equals', values: ['true'] };
const THIS_WEEK: ListFilter = { path: 'CreatedDate', operator: 'equals', values: ['THIS_WEEK'] };

/** List views that every org has, by object. */
const PLANS: Readonly<Record<string, readonly Plan[]>> = {
  Account: [
    { name: 'AllAccounts', label: 'All Accounts' },
    { name: 'MyAccounts', label: 'My Accounts', mine: true },
    { name: 'NewThisWeek', label: 'New This Week', filters: [THIS_WEEK] },
  ],
  Campaign: [
    { name: 'AllActiveCampaigns', label: 'All Active Campaigns', filters: [ACTIVE] },
    { name: 'AllCampaigns', label: 'All Campaigns' },
    { name: 'MyActiveCampaigns', label: 'My Active Campaigns', mine: true, filters: [ACTIVE] },
  ],
  Contact: [
    { name: 'AllContacts', label: 'All Contacts' },
    { name: 'MyContacts', label: 'My Contacts', mine: true },
    { name: 'NewThisWeek', label: 'New This Week', filters: [THIS_WEEK] },
  ],
  Lead: [
    { name: 'AllOpenLeads', label: 'All Open Leads', filters: [OPEN] },
    { name: 'MyLeads', label: 'My Leads', mine: true, filters: [OPEN] },
    {
      name: 'TodaysLeads',
      label: "Today's Leads",
      filters: [{ path: 'CreatedDate', operator: 'equals', values: ['TODAY'] }],
    },
  ],
  Opportunity: [
    { name: 'AllOpportunities', label: 'All Opportunities' },
    { name: 'MyOpportunities', label: 'My Opportunities', mine: true },
  ],
};

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Account: ['Name', 'Industry', 'Phone', 'Owner.Name'],
  Campaign: ['Name', 'Type', 'Status', 'StartDate', 'EndDate', 'Owner.Name'],
  Contact: ['Name', 'Account.Name', 'Title', 'Phone', 'Email', 'Owner.Name'],
  Lead: ['Name', 'Company', 'Status', 'Email', 'Owner.Name', 'CreatedDate'],
  Opportunity: ['Name', 'Account.Name', 'StageName', 'Amount', 'CloseDate', 'Owner.Name'],
};

/** Above every number that a deployed list view can have. */
const FIRST_STANDARD_ID = 900_000_000;

/** The list views that an object has without any deployed; an object that no plan names has one of all its records. */
export function standardListViews(object: ObjectDef): readonly ListView[] {
  const plans = PLANS[object.name] ?? [{ name: 'All', label: 'All' }];
  const has = (name: string): boolean => object.fields.some((field) => field.name === name);
  return plans.map(({ name, label, mine = false, filters = [] }, index) => ({
    id: makeId('00B', FIRST_STANDARD_ID + indexOf(object) * 10 + index),
    objectName: object.name,
    name,
    label,
    columns: (COLUMNS[object.name] ?? defaultColumns(object)).filter((path) => has(path) || path.includes('.')),
    mine,
    filters,
    logic: undefined,
    order: has('CreatedDate') ? [{ path: 'CreatedDate', descending: true }] : [],
  }));
}

/** Columns of a list for which nobody chose any: the name and the first few own fields. */
export function defaultColumns(object: ObjectDef): readonly string[] {
  const name = object.fields.find((field) => field.nameField)?.name;
  const own = object.fields.filter((field) => field.custom && field.type !== 'textarea').slice(0, 4);
  const paths = own.map((field) => (field.relationshipName ? `${field.relationshipName}.Name` : field.name));
  return [...(name === undefined ? [] : [name]), ...paths];
}

/** A number of the object's own, made from its key prefix. */
const indexOf = ({ keyPrefix }: ObjectDef): number => parseInt(keyPrefix.toLowerCase(), 36);
