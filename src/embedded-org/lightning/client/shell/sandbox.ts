import { evaluateInSandbox, wrapDependency } from '@locker/sandbox';
import { LWS_DEFAULT_GATER_FEATURES, registerGaterEnabledFeatures } from '@locker/shared';
import * as lwc from 'lwc';
import * as shellContext from '../context.ts';
import * as graphql from '../platform/graphql.ts';
import * as navigation from '../platform/navigation.ts';
import * as platformResourceLoader from '../platform/platform-resource-loader.ts';
import * as platformShowToastEvent from '../platform/platform-show-toast-event.ts';
import * as refresh from '../platform/refresh.ts';
import * as uiLayoutApi from '../platform/ui-layout-api.ts';
import * as uiListsApi from '../platform/ui-lists-api.ts';
import * as uiObjectInfoApi from '../platform/ui-object-info-api.ts';
import * as uiRecordApi from '../platform/ui-record-api.ts';
import * as uiRelatedListApi from '../platform/ui-related-list-api.ts';

type Constructor = Parameters<typeof lwc.createElement>[1]['is'];

const NAMESPACE = 'c';

/** What sandboxed components may import; a plain copy, since module objects cannot pass the sandbox's membrane. */
const SUPPLIED: Readonly<Record<string, object>> = {
  lwc: { ...lwc },
  'lightning-shell/context': { ...shellContext },
  'lightning/graphql': { ...graphql },
  'lightning/navigation': { ...navigation },
  // scripts that it loads must run inside the sandbox too
  'lightning/platformResourceLoader': wrapDependency(
    { ...platformResourceLoader },
    'lightning/platformResourceLoader',
    NAMESPACE,
  ),
  'lightning/platformShowToastEvent': { ...platformShowToastEvent },
  'lightning/refresh': { ...refresh },
  'lightning/uiLayoutApi': { ...uiLayoutApi },
  'lightning/uiListsApi': { ...uiListsApi },
  'lightning/uiObjectInfoApi': { ...uiObjectInfoApi },
  'lightning/uiRecordApi': { ...uiRecordApi },
  'lightning/uiRelatedListApi': { ...uiRelatedListApi },
};

let open = false;

/** Loads a component into the sandbox of Lightning Web Security as it was at a release gate. */
export async function loadSandboxed(name: string, gate: number): Promise<Constructor> {
  openSandbox(gate);
  const response = await fetch(`/lightning/assets/sandboxed/${name}.js`);
  if (!response.ok) throw new Error(`The component ${name} could not be loaded for the sandbox.`);
  const source = await response.text();
  return new Promise((resolve) => {
    evaluateInSandbox(NAMESPACE, `const { supply, done } = $lockerEvalContext$;\n${source}\ndone(exported.default);`, {
      supply: (id: string) => SUPPLIED[id],
      done: resolve,
    });
  });
}

function openSandbox(gate: number): void {
  if (open) return;
  open = true;
  const since = (feature: string): number => Number(/changesSince\.(\d+)/.exec(feature)?.[1] ?? 0);
  registerGaterEnabledFeatures(LWS_DEFAULT_GATER_FEATURES.filter((feature) => since(feature) <= gate));
  createCustomElementsInside();
}

/** The platform's renderer creates the custom elements of a sandboxed component inside its sandbox; this imitates it. */
function createCustomElementsInside(): void {
  let createInside: typeof document.createElement = document.createElement.bind(document);
  const createOutside = createInside;
  evaluateInSandbox(
    NAMESPACE,
    '$lockerEvalContext$((tag) => document.createElement(tag));',
    (create: typeof createInside) => {
      createInside = create;
    },
  );
  const isForeign = (tag: string): boolean => tag.includes('-') && !/^(c|lightning)-/i.test(tag);
  document.createElement = (tag: string, options?: ElementCreationOptions) =>
    isForeign(tag) ? createInside(tag) : createOutside(tag, options);
}
