import type { FastifyRequest } from 'fastify';

/** Parameters of an OAuth request: they come as a form body or in the address. */
export function formOf(request: FastifyRequest): URLSearchParams {
  if (request.body instanceof URLSearchParams) return request.body;
  return new URL(request.url, 'http://localhost').searchParams;
}
