import { describe, expect, it } from 'vitest';
import { dmlOptions, type RestCall } from '../../../../src/embedded-org/http/rest-call.ts';

const optionsFor = (headers: Record<string, string>) => dmlOptions({ version: 68, headers } as RestCall, false);

describe('the headers of a write', () => {
  it('run assignment rules unless they say no, as REST does', () => {
    expect(optionsFor({}).autoAssign).toBe(true);
    expect(optionsFor({ 'sforce-auto-assign': 'FALSE' }).autoAssign).toBe(false);
    expect(optionsFor({ 'sforce-auto-assign': 'true' }).autoAssign).toBe(true);
    expect(optionsFor({ 'sforce-auto-assign': '01QAc0000000001MAA' }).autoAssign).toBe('01QAc0000000001MAA');
  });

  it('let duplicates through only on request', () => {
    expect(optionsFor({}).allowSaveDuplicates).toBe(false);
    expect(optionsFor({ 'sforce-duplicate-rule-header': 'allowSave=true' }).allowSaveDuplicates).toBe(true);
  });
});
