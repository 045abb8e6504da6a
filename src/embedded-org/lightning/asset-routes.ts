import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Org } from '../data/org-core.ts';
import type { PageAssets } from './compile/page-assets.ts';
import { StaticResources } from './metadata/static-resource.ts';
import { findPageUser, type PageSessions } from './page-session.ts';

/** Addresses with a hash never change their content. */
const FOR_EVER = 'private, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

/** Style sheets, compiled modules and static resources. Components and resources are for signed-in users only. */
export function registerAssets(scope: FastifyInstance, org: Org, sessions: PageSessions, assets: PageAssets): void {
  const resources = new StaticResources(org);
  scope.get('/lightning/assets/slds.css', async (_, reply) =>
    send(reply, await assets.designSystem(), 'text/css', 'max-age=3600'),
  );
  scope.get('/lightning/assets/shell.css', async (_, reply) =>
    send(reply, await assets.shellStyles(), 'text/css', ASK_AGAIN),
  );
  scope.get<FileParams>('/lightning/assets/platform/:hash/:file', async ({ params }, reply) =>
    send(reply, await assets.platformFile(params.file), 'text/javascript', FOR_EVER),
  );
  scope.get<FileParams>('/lightning/assets/icons/:file', async ({ params }, reply) =>
    send(reply, await assets.iconSet(params.file.replace(/\.js$/, '')), 'text/javascript', ASK_AGAIN),
  );
  scope.get<FileParams>('/lightning/assets/components/:hash/:file', async (request, reply) => {
    if (!findPageUser(request, org, sessions)) return reply.code(401).send();
    return send(reply, await assets.componentFile(request.params.file), 'text/javascript', FOR_EVER);
  });
  scope.get<FileParams>('/lightning/assets/sandboxed/:file', async (request, reply) => {
    if (!findPageUser(request, org, sessions)) return reply.code(401).send();
    const script = await assets.sandboxedComponent(request.params.file.replace(/\.js$/, ''));
    return send(reply, script, 'text/javascript', ASK_AGAIN);
  });
  for (const url of ['/resource/:name', '/resource/:name/*']) {
    scope.get<{ Params: { name: string; '*'?: string } }>(url, async (request, reply) => {
      if (!findPageUser(request, org, sessions)) return reply.code(401).send();
      const file = await resources.find(request.params.name, request.params['*'] ?? '');
      return send(reply, file?.bytes, file?.type ?? '', ASK_AGAIN);
    });
  }
}

type FileParams = { Params: { hash: string; file: string } };

function send(
  reply: FastifyReply,
  content: string | Uint8Array | undefined,
  type: string,
  caching: string,
): FastifyReply {
  if (content === undefined) return reply.code(404).type('text/plain').send('Not found');
  const body =
    typeof content === 'string' ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return reply
    .type(`${type}; charset=utf-8`)
    .header('cache-control', caching)
    .header('x-content-type-options', 'nosniff')
    .send(body);
}
