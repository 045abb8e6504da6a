import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  /** Sends only so many bytes of the body and then cuts the connection. */
  readonly cutAfter?: number;
};

export type Route = (call: Call) => Answer | undefined;

export type ScriptedOrg = {
  readonly instanceUrl: string;
  readonly calls: Call[];
  /** Calls whose method and path, e.g. `GET /services/data/v68.0/jobs/query/1`, contain the text. */
  callsTo(text: string): readonly Call[];
  [Symbol.asyncDispose](): Promise<void>;
};

/** A server that answers as the test says, in the shapes that Salesforce documents: for faults that no real org shows on demand. */
export async function startScriptedOrg(...routes: readonly Route[]): Promise<ScriptedOrg> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      calls.push(call);
      const answer = [...routes, versions].map((route) => route(call)).find(Boolean);
      send(
        response,
        answer ?? { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    instanceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    callsTo: (text) => calls.filter((call) => `${call.method} ${call.path}`.includes(text)),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const versions: Route = ({ path }) =>
  path === '/services/data' ? { body: [{ version: '67.0' }, { version: '68.0' }] } : undefined;

/** Answers calls whose method and path match, e.g. `on('GET', /results$/, …)`. */
export function on(method: string, path: RegExp, answer: Answer | Route): Route {
  return (call) => {
    if (call.method !== method || !path.test(call.path)) return undefined;
    return typeof answer === 'function' ? answer(call) : answer;
  };
}

/** Answers the first calls one after the other, then always with the last answer. */
export function inTurn(...answers: readonly Answer[]): Route {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)];
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://scripted');
  const body = Buffer.concat(chunks).toString();
  return { method: request.method ?? '', path: url.pathname, url, headers: request.headers, body };
}

function send(response: ServerResponse, { status = 200, headers = {}, body, cutAfter }: Answer): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/csv' : 'application/json';
  response.writeHead(status, { 'content-type': type, 'content-length': String(Buffer.byteLength(text)), ...headers });
  if (cutAfter === undefined) response.end(text);
  else response.write(text.slice(0, cutAfter), () => response.destroy());
}

const field = (name: string, type: string, more: object = {}): object => ({
  name,
  type,
  label: name,
  custom: name.endsWith('__c'),
  nillable: true,
  createable: true,
  updateable: true,
  externalId: false,
  length: 0,
  referenceTo: [],
  relationshipName: null,
  picklistValues: [],
  ...more,
});

/** A describe with the fields that the tests read. */
export const leadDescribe: Route = on('GET', /\/sobjects\/Lead\/describe$/, {
  body: {
    name: 'Lead',
    label: 'Lead',
    fields: [
      field('Id', 'id'),
      field('Name', 'string'),
      field('NumberOfEmployees', 'int'),
      field('IsConverted', 'boolean'),
      field('SystemModstamp', 'datetime'),
      field('OwnerId', 'reference', { referenceTo: ['Group', 'User'], relationshipName: 'Owner' }),
      field('Address', 'address'),
      field('Rating', 'picklist', {
        picklistValues: [
          { value: 'Hot', active: true },
          { value: 'Old', active: false },
        ],
      }),
    ],
  },
});
