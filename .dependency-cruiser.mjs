/** Which folder of src/ may import which others. A folder missing here may be imported by none of them. */
const allowed = {
  domain: [],
  app: ['domain'],
  crm: ['domain', 'app'], // app: ports only, see below
  store: ['domain', 'app'], // app: ports only, see below
  jobs: ['domain', 'app', 'store'], // handlers call use cases; a thread opens the store that it reads
  'embedded-org': [], // shares nothing with crm: common code would agree with our own mistakes
  cli: ['domain', 'app'],
  commands: ['app', 'domain', 'cli', 'embedded-org'],
};
const layer = ([from, to]) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment: `src/${from} may import only ${[from, ...to].join(', ')}. Pass the value in, or move the code down a layer.`,
  from: { path: `^src/${from}/` },
  to: {
    path: '^src/',
    pathNot: `^src/((${[from, ...to].join('|')})/${from === 'commands' || from === 'cli' ? '|compose\\.ts$' : ''})`,
  },
});
/** Inside the embedded org each folder knows those below it: what it may import beside itself. */
const orgFolders = {
  data: [],
  sample: ['data'],
  metadata: ['data'],
  http: ['data', 'metadata'],
  actions: ['data', 'metadata', 'http'],
  streaming: ['data', 'metadata', 'http'],
  'ui-api': ['data', 'metadata', 'http'],
  lightning: ['data', 'metadata', 'http', 'ui-api'],
  wire: ['data', 'metadata', 'http', 'ui-api', 'actions', 'streaming', 'lightning'], // puts the server together
};
const orgFolder = ([from, to]) => ({
  name: `org-${from}-imports`,
  severity: 'error',
  comment: `src/embedded-org/${from} may import only ${[from, ...to].join(', ')}. Move what both need to a lower folder.`,
  from: { path: `^src/embedded-org/${from}/` },
  to: { path: '^src/embedded-org/', pathNot: `^src/embedded-org/(${[from, ...to].join('|')})/` },
});
const only = (name, folders, packages, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^(src|lwc-bridge)/', pathNot: `^(${folders})` },
  to: { path: packages },
});

export default {
  forbidden: [
    ...Object.entries(allowed).map(layer),
    ...Object.entries(orgFolders).map(orgFolder),
    {
      name: 'org-start-only',
      severity: 'error',
      comment:
        'Only the command that starts the embedded org may import it: the product must not know which org it talks to.',
      from: { path: '^src/', pathNot: '^src/(embedded-org|commands/accord/org)/' },
      to: { path: '^src/embedded-org/' },
    },
    {
      name: 'adapters-see-ports-only',
      severity: 'error',
      comment: 'An adapter implements a port; it must not call use cases.',
      from: { path: '^src/(crm|store)/' },
      to: { path: '^src/app/', pathNot: '^src/app/ports' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'The domain runs in Node and in the browser: only zod, one pure-JavaScript hash and luxon, for the rules of time ' +
        'zones, may come in.',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/(zod|@noble/hashes|luxon)/' },
    },
    {
      name: 'app-has-no-io',
      severity: 'error',
      comment: 'Use cases reach the outside through ports.ts.',
      from: { path: '^src/app/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|path|buffer)$' },
    },
    only(
      'salesforce-in-crm',
      'src/(crm|commands|cli)/|src/compose\\.ts',
      'node_modules/(@jsforce|jsforce|@salesforce)/',
      'Only src/crm talks to Salesforce; commands use the sf command base.',
    ),
    only(
      'sql-in-store',
      'src/(store|jobs|embedded-org)/',
      '^(node:)?sqlite$|node_modules/(pg|pg-boss)/',
      'SQL stays in the stores.',
    ),
    only(
      'lit-in-elements',
      'lwc-bridge/elements/|src/embedded-org/lightning/client/',
      'node_modules/(lit|@lit)/',
      'Lit is for elements and for the panels of the local page shell.',
    ),
    {
      name: 'bridge-imports',
      severity: 'error',
      comment: 'Elements run in the page: of src they may use the domain only.',
      from: { path: '^lwc-bridge/' },
      to: { path: '^src/', pathNot: '^src/domain/' },
    },
    {
      name: 'port-below-elements',
      severity: 'error',
      comment: 'The contract between element and host knows neither.',
      from: { path: '^lwc-bridge/port/' },
      to: { path: '^lwc-bridge/elements/' },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      comment: 'Product code must not need the tests.',
      from: { path: '^(src|lwc-bridge|scripts)/' },
      to: { path: '^test/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
