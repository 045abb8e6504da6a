import { describe, expect, it } from 'vitest';
import { html, jsonText } from '../../../../src/embedded-org/lightning/pages/html.ts';

const EVIL = `"><img src=x onerror='alert(1)'>&`;

describe('html', () => {
  it('escapes every value for content and for quoted attributes', () => {
    const escaped = '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;';
    expect(html`<p title="${EVIL}">${EVIL}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('takes what it made itself as it is, also in lists, and leaves out what is not there', () => {
    const items = ['a', '<b>'].map((each) => html`<li>${each}</li>`);
    expect(html`${items}${undefined}${false}`.text).toBe('<li>a</li><li>&lt;b&gt;</li>');
  });
});

describe('jsonText', () => {
  it('cannot end the script element that holds it', () => {
    const value = { name: '</script><script>alert(1)</script><!--' };
    const { text } = jsonText(value);
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toEqual(value);
  });
});
