/**
 * Runs the elements' bundle inside Lightning Web Security's own sandbox, as the platform runs a namespace.
 *
 * The page gives the release to imitate (`?gate=262`) and the bundle; it gets `show(properties)` back.
 */
import { evaluateInSandbox } from '@locker/sandbox';
import { LWS_DEFAULT_GATER_FEATURES, registerGaterEnabledFeatures } from '@locker/shared';

const release = Number(new URLSearchParams(location.search).get('gate'));
const since = (gate) => Number(/changesSince\.(\d+)/.exec(gate)?.[1] ?? 0);
registerGaterEnabledFeatures(LWS_DEFAULT_GATER_FEATURES.filter((gate) => since(gate) <= release));

const inside = `
  ${globalThis.bundle}
  $lockerEvalContext$.done((properties) => {
    const element = document.createElement('accord-lead-card');
    Object.assign(element, properties);
    element.addEventListener('leadretry', () => element.setAttribute('data-asked', ''));
    document.querySelector('#region').append(element);
  });`;
evaluateInSandbox('c', inside, {
  done: (show) => {
    globalThis.show = show;
  },
});
