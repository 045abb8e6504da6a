import { OrgError } from '../../data/org-error.ts';
import { asObject, bodyObject, ok, type RestAnswer } from '../../http/rest-call.ts';
import { type Dispatch, isGood, readSubrequests, runTogether, type Subrequest } from './subrequests.ts';
import type { WireCall, WireRoute } from '../wire-context.ts';

const MOST_GRAPHS = 75;
const MOST_NODES = 500;

/** Several chains of writes in one call; each chain is kept or undone by itself. */
export const graphRoutes = (dispatch: Dispatch): readonly WireRoute[] => [
  { method: 'POST', path: 'composite/graph', handle: (call) => runGraphs(call, dispatch) },
];

type Graph = { readonly graphId: string; readonly requests: readonly Subrequest[] };

function runGraphs(call: WireCall, dispatch: Dispatch): RestAnswer {
  const graphs = readGraphs(bodyObject(call)['graphs'], call.version);
  return ok({ graphs: graphs.map((graph) => runGraph(call, graph, dispatch)) });
}

function runGraph(call: WireCall, { graphId, requests }: Graph, dispatch: Dispatch): object {
  const compositeResponse = runTogether(call, requests, true, dispatch);
  return { graphId, graphResponse: { compositeResponse }, isSuccessful: compositeResponse.every(isGood) };
}

function readGraphs(value: unknown, version: number): readonly Graph[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OrgError('MISSING_ARGUMENT', 'graphs must list at least one graph.', 400);
  }
  const graphs = value.map((each) => readGraph(each, version));
  if (graphs.length > MOST_GRAPHS) {
    throw new OrgError('LIMIT_EXCEEDED', `The request exceeds ${MOST_GRAPHS} graphs.`, 400);
  }
  if (graphs.reduce((sum, { requests }) => sum + requests.length, 0) > MOST_NODES) {
    throw new OrgError('LIMIT_EXCEEDED', `The graphs exceed ${MOST_NODES} nodes.`, 400);
  }
  if (new Set(graphs.map((graph) => graph.graphId)).size < graphs.length) {
    throw new OrgError('INVALID_INPUT', 'Each graph needs a graphId of its own.', 400);
  }
  return graphs;
}

function readGraph(value: unknown, version: number): Graph {
  const { graphId, compositeRequest } = asObject(value, 'Each entry of graphs must be an object.');
  if (typeof graphId !== 'string' || graphId === '') {
    throw new OrgError('MISSING_ARGUMENT', 'Each graph needs a graphId.', 400);
  }
  const requests = readSubrequests(compositeRequest, version);
  const other = requests.find(({ url }) => !/^\/services\/data\/v\d+\.0\/sobjects\//.test(url));
  if (other) throw new OrgError('INVALID_INPUT', `The request ${other.url} cannot be part of a graph.`, 400);
  return { graphId, requests };
}
