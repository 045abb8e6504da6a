import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Org } from '../data/org-core.ts';
import { OrgError } from '../data/org-error.ts';
import type { ObjectDef, UserContext } from '../data/types.ts';
import type { PagesNotAvailable } from './compile/build-tools.ts';
import type { PageAssets } from './compile/page-assets.ts';
import { type CustomTab, findCustomTab, readApplication } from '../ui-api/metadata/read-application.ts';
import { findPageUser, isFromOwnPage, type PageSessions, signIn, signOut } from './page-session.ts';
import { ownPath } from './own-path.ts';
import { page } from './pages/document.ts';
import { homeContent } from './pages/home-page.ts';
import { html, type Html } from './pages/html.ts';
import { listContent } from './pages/list-page.ts';
import { messageContent } from './pages/message-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { makeNonce, sendHtml } from './send-html.ts';
import { readRecord } from '../ui-api/read-record.ts';
import { isServed } from '../ui-api/supported-objects.ts';
import { type ComponentPage, readShellContext } from './read-shell-context.ts';
import type { PageRegion } from './shell-context.ts';
import { readFlexiPage } from './metadata/read-flexi-page.ts';

const HOME = '/lightning/page/home';

type Visit = {
  readonly user: UserContext;
  readonly request: FastifyRequest;
  readonly params: Readonly<Record<string, string>>;
};

type Shown = {
  readonly title: string;
  readonly content: Html;
  /** HTTP status; 200 unless the page was refused. */
  readonly status?: number;
  readonly tab?: string;
  readonly search?: string;
  /** What runs components in the page; a page without is plain HTML. */
  readonly components?: ComponentPage;
};

/** Pages for people; each asks for a signed-in user and shows what that user may see. */
export function registerPages(scope: FastifyInstance, org: Org, sessions: PageSessions, assets: PageAssets): void {
  const show = (url: string, make: (visit: Visit) => Shown): void => {
    scope.get(url, async (request, reply) => {
      await assets.sprite(); // says at once, before anyone signs in, that pages cannot be built here
      const user = findPageUser(request, org, sessions);
      if (!user) return sendHtml(reply, (nonce) => signInPage(org, { nonce, target: request.url }));
      const visit = { user, request, params: request.params as Record<string, string> };
      return send(reply, await refuseNicely(() => make(visit)), user);
    });
  };
  const send = async (reply: FastifyReply, shown: Shown, user: UserContext): Promise<FastifyReply> => {
    const application = readApplication(org, user);
    const nonce = makeNonce();
    const scripts = shown.components && {
      context: await readShellContext(org, user, application, assets, shown.components),
      imports: await assets.imports(),
    };
    const { title, tab, search, content } = shown;
    const setup = { title, nonce, sprite: await assets.sprite(), user, application, tab };
    const make = (): Html => page({ ...setup, ...(search && { search }), ...(scripts && { scripts }) }, content);
    return sendHtml(reply.code(shown.status ?? 200), make, {
      nonce,
      evaluates: shown.components?.sandboxGate !== undefined,
    });
  };

  for (const url of ['/', '/lightning', '/lightning/page']) scope.get(url, (_, reply) => reply.redirect(HOME));
  show(HOME, (visit) => homePage(org, visit));
  show('/lightning/n/:tab', (visit) => tabPage(org, visit));
  show('/lightning/o/:object/list', (visit) => listPage(org, visit));
  show('/lightning/r/:object/:id/view', (visit) => recordPage(org, visit));
  scope.get<{ Params: { object: string } }>('/lightning/o/:object/home', ({ params }, reply) =>
    reply.redirect(`/lightning/o/${encodeURIComponent(params.object)}/list`),
  );
  scope.get<{ Params: { id: string } }>('/lightning/r/:id/view', ({ params }, reply) => {
    const id = encodeURIComponent(params.id);
    return reply.redirect(
      `/lightning/r/${org.core.schema.byPrefix(params.id.slice(0, 3))?.name ?? 'Record'}/${id}/view`,
    );
  });
  registerSignIn(scope, org, sessions);
}

function registerSignIn(scope: FastifyInstance, org: Org, sessions: PageSessions): void {
  scope.post('/lightning/sign-in', async (request, reply) => {
    const form = request.body as URLSearchParams;
    const target = ownPath(form.get('target'), HOME);
    if (!isFromOwnPage(request)) return reply.code(403).type('text/plain').send('Log in from a page of this org.');
    try {
      signIn(reply, sessions, org.user(form.get('userId') ?? ''));
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      return sendHtml(reply, (nonce) =>
        signInPage(org, { nonce, target, problem: 'This user is unknown or inactive.' }),
      );
    }
    return reply.redirect(target, 303);
  });
  scope.post('/lightning/sign-out', async (request, reply) => {
    if (!isFromOwnPage(request)) return reply.code(403).type('text/plain').send('Log out from a page of this org.');
    signOut(request, reply, sessions);
    return reply.redirect('/', 303);
  });
}

/** The Lightning page that the app has for home, else a plain one. */
function homePage(org: Org, { user, request }: Visit): Shown {
  const application = readApplication(org, user);
  const regions = application.homePage === undefined ? undefined : readFlexiPage(org, application.homePage);
  const shown = { title: 'Home', tab: HOME };
  if (!regions) return { ...shown, content: homeContent(user, application) };
  const page = { type: 'standard__namedPage', attributes: { pageName: 'home' }, state: {} };
  return { ...shown, content: APP_PAGE, components: { page, regions, sandboxGate: gateOf(request) } };
}

/** A tab of a Lightning page or of a component. */
function tabPage(org: Org, { user, request, params }: Visit): Shown {
  const name = params['tab'] ?? '';
  const url = `/lightning/n/${name}`;
  const tab = readApplication(org, user).tabs.some((each) => each.url === url) && findCustomTab(org, name);
  const regions = tab && regionsOf(org, tab);
  if (!tab || !regions) throw new OrgError('NOT_FOUND', `There is no tab ${name}`, 404);
  const page = { type: 'standard__navItemPage', attributes: { apiName: name }, state: {} };
  const components = { page, regions, sandboxGate: gateOf(request) };
  return { title: tab.label, tab: url, content: APP_PAGE, components };
}

function regionsOf(org: Org, { flexiPage, component }: CustomTab): readonly PageRegion[] | undefined {
  if (flexiPage !== undefined) return readFlexiPage(org, flexiPage);
  if (component === undefined) return undefined;
  return [{ name: 'main', items: [{ name: component, properties: {}, children: [] }] }];
}

const APP_PAGE = html`<div id="app-page"></div>`;

function listPage(org: Org, { user, request, params }: Visit): Shown {
  const object = findObject(org, user, params['object']);
  const query = new URL(request.url, 'http://localhost').searchParams;
  const search = (query.get('q') ?? '').trim();
  const page = Math.max(0, Math.trunc(Number(query.get('page')) || 0));
  const [view, sortBy] = [query.get('filterName') ?? undefined, query.get('sortBy') ?? undefined];
  return {
    title: object.labelPlural,
    tab: `/lightning/o/${object.name}/list`,
    search: object.name === 'Lead' ? search : '',
    content: listContent(org, user, object, { search, page, view, sortBy }),
  };
}

function recordPage(org: Org, { user, request, params }: Visit): Shown {
  const object = findObject(org, user, params['object']);
  const nameField = `${object.name}.Name`;
  const record = readRecord(org, user, params['id'] ?? '', { fields: [], optionalFields: [nameField] });
  if (record.apiName !== object.name) throw new OrgError('NOT_FOUND', `This is not a ${object.label}.`, 404);
  const name = record.fields['Name']?.value;
  return {
    title: typeof name === 'string' ? `${name} | ${object.label}` : object.label,
    tab: `/lightning/o/${object.name}/list`,
    content: html`<div id="record-page"></div>`,
    components: {
      page: {
        type: 'standard__recordPage',
        attributes: { objectApiName: object.name, recordId: record.id, actionName: 'view' },
        state: {},
      },
      record: { object, id: record.id },
      sandboxGate: gateOf(request),
    },
  };
}

/** `?lws=262` runs the page's components in the sandbox of Lightning Web Security as of that gate. */
function gateOf(request: FastifyRequest): number | undefined {
  const gate = Number(new URL(request.url, 'http://localhost').searchParams.get('lws'));
  return Number.isInteger(gate) && gate > 0 ? gate : undefined;
}

function findObject(org: Org, user: UserContext, name: string | undefined): ObjectDef {
  const object = org.core.schema.find(name ?? '');
  if (object && isServed(object) && !object.setup && user.access.object(object.name).read) return object;
  throw new OrgError('NOT_FOUND', `There is no object ${name ?? ''}`, 404);
}

async function refuseNicely(make: () => Shown): Promise<Shown> {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    const message = PLAIN_WORDS[error.code] ?? error.message;
    return {
      title: 'Not available',
      status: error.status,
      content: messageContent('This page is not available', message),
    };
  }
}

/** What an error code means to someone who opened a record. */
const PLAIN_WORDS: Readonly<Record<string, string>> = {
  ENTITY_IS_DELETED: 'This record was deleted.',
  NOT_FOUND:
    'There is nothing at this address, or you may not see it. The record may have been deleted or merged. Check the address, or ask your administrator for help.',
};

/** What a page answers when its tools are missing. */
export function sendNotAvailable(error: PagesNotAvailable, reply: FastifyReply): FastifyReply {
  return reply.code(501).type('text/plain; charset=utf-8').send(error.message);
}
