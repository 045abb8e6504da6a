import { describe, expect, it } from 'vitest';
import { readAgreementFile } from '../../../../src/app/agreement/read-agreement-file.ts';
import { problemLine } from '../../../../src/app/files/yaml-file.ts';

const text = `accord: 1
name: Test
timeZone: UTC
parties:
  marketing: { signers: [a@x.example] }
  sales: { signers: [b@x.example] }
highestMode: observe
facts:
  employees: { field: Lead.NumberOfEmployees }
stages:
  - { id: inquiry, title: Inquiry }
  - id: mql
    title: Qualified
    when:
      all:
        - employees: { atLeast: 50 }
`;

const read = (content: string | Uint8Array) =>
  readAgreementFile(typeof content === 'string' ? Buffer.from(content) : content, 'a.yaml');
const lines = (content: string | Uint8Array): string[] =>
  read(content).problems.map((problem) => problemLine('a.yaml', problem));

describe('readAgreementFile', () => {
  it('reads a valid file and hashes what it says, not how it is written', () => {
    const { agreement, hash, problems } = read(text);
    expect(agreement?.name).toBe('Test');
    expect(problems).toEqual([]);
    expect(read(JSON.stringify(agreement)).hash).toBe(hash);
    expect(read(`# a remark\n${text}`).hash).toBe(hash);
  });

  it('names the place of an unknown fact and the nearest one', () => {
    const [line] = lines(text.replace('- employees:', '- employes:'));
    expect(line).toMatch(/^a\.yaml:16:11 error stages\[1\]\.when\.all\[0\]/);
    expect(line).toContain('Did you mean "employees"?');
  });

  it('names the place of a wrong type', () => {
    expect(lines(text.replace('atLeast: 50', 'atLeast: fifty'))[0]).toMatch(/^a\.yaml:16:\d+ error stages/);
  });

  it('names the place of malformed YAML', () => {
    expect(lines(text.replace('highestMode: observe', 'highestMode: "observe'))[0]).toMatch(/^a\.yaml:\d+:\d+ error: /);
    expect(lines('name: [one, two')[0]).toMatch(/^a\.yaml:1:\d+ error: /);
  });

  it('names the place of a key that is there twice, and of a stage id that is there twice', () => {
    expect(lines(text.replace('timeZone: UTC', 'timeZone: UTC\nname: Again'))[0]).toMatch(/^a\.yaml:4:1 error/);
    expect(lines(text.replace('id: mql', 'id: inquiry'))[0]).toMatch(/^a\.yaml:12:\d+ error stages\[1\]/);
  });

  it('says that a file is empty, or not UTF-8', () => {
    expect(lines(' \n')).toEqual(['a.yaml:1:1 error: The file is empty.']);
    expect(lines(Buffer.from('name: x\ntitle: Jos\xe9\n', 'latin1'))).toEqual([
      'a.yaml:2:1 error: This line is not UTF-8. Save the file as UTF-8.',
    ]);
    expect(lines(Buffer.from('\uFEFFname: x', 'utf16le'))[0]).toContain('UTF-16');
  });

  it('refuses a document that the org could not hold', () => {
    const facts = Array.from({ length: 900 }, (_, index) => `  f${index}: { field: Lead.NumberOfEmployees }`).join(
      '\n',
    );
    const { agreement, problems } = read(text.replace('stages:', `${facts}\nstages:`));
    expect(agreement).toBeUndefined();
    expect(problems[0]?.message).toMatch(/has \d+ characters/);
  });

  it('refuses aliases that unfold without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let level = 0; level < 8; level++) {
      const [from, to] = ['abcdefghi'[level], 'abcdefghi'[level + 1]];
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
    }
    expect(read(bomb.join('\n')).agreement).toBeUndefined();
  });
});
