import type { ShellContext } from '../shell-context.ts';

/** What the server told this page; the modules of the platform (`@salesforce/user/Id` …) read it. */
export const context: ShellContext = JSON.parse(document.getElementById('shell-context')?.textContent ?? '{}');
