import type { Fact } from '../../domain/agreement/schema.ts';
import type { CrmObject } from '../ports.ts';
import type { ComparedAs } from './score-comparison.ts';

/** What a line of a score table looks at, as a fact of the agreement. */
export type ScoreSubject = {
  /** Suggestion for the fact's name. */
  readonly name: string;
  readonly fact: Fact;
  readonly as: ComparedAs;
  /** True for what a person does: each time earns the points. */
  readonly repeats: boolean;
};

type KnownField = readonly [field: string, as: ComparedAs];

/** Properties that marketing tools name differently than Lead, by their letters alone. */
const properties: Readonly<Record<string, KnownField>> = {
  jobtitle: ['Title', 'text'],
  title: ['Title', 'text'],
  role: ['Title', 'text'],
  industry: ['Industry', 'text'],
  company: ['Company', 'text'],
  companyname: ['Company', 'text'],
  numemployees: ['NumberOfEmployees', 'number'],
  numberofemployees: ['NumberOfEmployees', 'number'],
  noofemployees: ['NumberOfEmployees', 'number'],
  employees: ['NumberOfEmployees', 'number'],
  companysize: ['NumberOfEmployees', 'number'],
  annualrevenue: ['AnnualRevenue', 'number'],
  revenue: ['AnnualRevenue', 'number'],
  country: ['Country', 'text'],
  countryregion: ['Country', 'text'],
  state: ['State', 'text'],
  stateregion: ['State', 'text'],
  city: ['City', 'text'],
  zip: ['PostalCode', 'text'],
  website: ['Website', 'text'],
  websiteurl: ['Website', 'text'],
  phone: ['Phone', 'text'],
  phonenumber: ['Phone', 'text'],
  email: ['Email', 'text'],
  leadsource: ['LeadSource', 'text'],
  originalsource: ['LeadSource', 'text'],
  source: ['LeadSource', 'text'],
  hsleadstatus: ['Status', 'text'],
  leadstatus: ['Status', 'text'],
  rating: ['Rating', 'text'],
  optedout: ['HasOptedOutOfEmail', 'boolean'],
  donotcall: ['DoNotCall', 'boolean'],
};

const emailDomains = new Set(['emaildomain', 'hsemaildomain']);

/** Activities of HubSpot and Account Engagement by what their names contain → the type and name of the signal. */
const activities: readonly (readonly [pattern: RegExp, where: Readonly<Record<string, string>>, name: string])[] = [
  [
    /^(visitor)?pageview|^pagesviewed|pagevisit|^visitedpage|^numberofpageviews|^viewedpage/,
    { type: 'page' },
    'pageViews',
  ],
  [
    /form(handler)?(landingpage)?(submission|submitted|success|fill)|^submittedform|^landingpagesuccess|^formlandingpagesuccess/,
    { type: 'track', name: 'Form Submitted' },
    'formSubmissions',
  ],
  [/form(handler)?error/, { type: 'track', name: 'Form Error' }, 'formErrors'],
  [/email(open|opened)|^openedemail|^marketingemailsopened/, { type: 'track', name: 'Email Opened' }, 'emailOpens'],
  [
    /(email|tracker|redirect|link|cta)(click|clicked)|^clickedemail|^marketingemailsclicked/,
    { type: 'track', name: 'Link Clicked' },
    'linkClicks',
  ],
  [/(file|document|content)(access|download)|^downloaded/, { type: 'track', name: 'File Downloaded' }, 'downloads'],
  [/sitesearch/, { type: 'track', name: 'Site Searched' }, 'siteSearches'],
  [/(visitor)?session/, { type: 'track', name: 'Session Started' }, 'sessions'],
  [/(webinar|event)(attended|checkedin)|^attended/, { type: 'track', name: 'Event Attended' }, 'eventsAttended'],
  [
    /(webinar|event)(registered|registration|invited)|^registered/,
    { type: 'track', name: 'Event Registered' },
    'eventRegistrations',
  ],
  [/video(view|watched|played|conversion)/, { type: 'track', name: 'Video Watched' }, 'videosWatched'],
];

/** Finds what a line means: a field of the lead first, by name or label, then an activity; undefined when neither. */
export function scoreSubject(written: string, lead: CrmObject | undefined): ScoreSubject | undefined {
  const letters = lettersOf(written.replace(/^lead\s*[.:]\s*/i, ''));
  if (emailDomains.has(letters)) {
    return { name: 'emailDomain', fact: { emailDomain: 'Lead.Email' }, as: 'text', repeats: false };
  }
  const field = fieldOf(written, letters, lead);
  if (field) {
    const [name, as] = field;
    return { name: factName(name), fact: { field: `Lead.${name}` }, as, repeats: false };
  }
  const activity = activities.find(([pattern]) => pattern.test(letters));
  if (!activity) return undefined;
  const [, where, name] = activity;
  return { name, fact: { count: 'signal', where }, as: 'number', repeats: true };
}

function fieldOf(written: string, letters: string, lead: CrmObject | undefined): KnownField | undefined {
  const known = properties[letters];
  if (!lead) {
    const custom = /^(?:Lead\.)?([A-Za-z]\w*__c)$/.exec(written.trim())?.[1];
    return known ?? (custom ? [custom, 'unknown'] : undefined);
  }
  const named = lead.fields.find((field) => lettersOf(field.name) === letters || lettersOf(field.label) === letters);
  if (named) return [named.name, comparedAs(named.type)];
  return known && lead.fields.some((field) => field.name === known[0]) ? known : undefined;
}

const numberTypes = new Set(['int', 'long', 'double', 'currency', 'percent']);

const comparedAs = (type: string): ComparedAs =>
  numberTypes.has(type) ? 'number' : type === 'boolean' ? 'boolean' : 'text';

const lettersOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/__c$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** `NumberOfEmployees` → `numberOfEmployees`, `Team_Size__c` → `teamSize`. */
export function factName(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/__c$/i, '')
    .replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');
  const name = words.replace(/^[^A-Za-z]+/, '').slice(0, 32);
  return name === '' ? 'score' : name[0]!.toLowerCase() + name.slice(1);
}
