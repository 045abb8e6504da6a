declare module '@locker/sandbox' {
  /** Runs source text in the sandbox of a namespace; `context` is its `$lockerEvalContext$`. */
  export function evaluateInSandbox(namespace: string, source: string, context: unknown): void;
  export function wrapDependency<T extends object>(dependency: T, specifier: string, namespace: string): T;
}

declare module '@locker/shared' {
  export const LWS_DEFAULT_GATER_FEATURES: readonly string[];
  export function registerGaterEnabledFeatures(features: readonly string[]): void;
}
