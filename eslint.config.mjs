import lwc from '@salesforce/eslint-config-lwc';

/** Lints the Lightning components alone; everything in TypeScript is oxlint's. */
export default [
  { ignores: ['**/*', '!force-app/**', 'force-app/main/default/staticresources/**'] },
  ...lwc.configs.recommended.map((config) => ({ ...config, files: ['force-app/**/lwc/**/*.js'] })),
];
