const html = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  parts.map((part, index) => part + (values[index] ?? '')).join('');

export const dropped = (tone: string): string => html`<p class=${tone}></p>`;
