import { describe, expect, it } from 'vitest';
import { BASE, startTestOrg, type TestOrg } from './running-org.ts';

const LATIN = 'ISO-8859-1';

async function post(
  org: TestOrg,
  path: string,
  body: string | FormData | Uint8Array<ArrayBuffer>,
  type?: string,
  method = 'POST',
): Promise<object> {
  const answer = await org.call(path, { method, body, headers: type === undefined ? {} : { 'content-type': type } });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('[') || text.startsWith('{') ? JSON.parse(text) : text };
}

const unsupported = (message: string): object => ({
  status: 415,
  body: [{ errorCode: 'UNSUPPORTED_MEDIA_TYPE', message }],
});

const unsupportedType = (type: string): object =>
  unsupported(`MediaType of '${type}' is not supported by this resource`);

async function names(org: TestOrg): Promise<unknown[]> {
  const { records } = await org.connection.query('SELECT LastName FROM Lead ORDER BY LastName');
  return records.map((each) => each['LastName']);
}

describe('a body in a format that the resource does not read', () => {
  it('is refused in the platform’s words instead of being taken for an empty one', async () => {
    await using org = await startTestOrg();
    const form = 'application/x-www-form-urlencoded';
    for (const path of [
      `${BASE}/sobjects/Lead`,
      `${BASE}/composite`,
      `${BASE}/jobs/ingest`,
      '/services/embedded/clock',
    ])
      expect(await post(org, path, 'LastName=Ames&Company=Acme', form)).toEqual(unsupportedType(form));
    expect(await post(org, `${BASE}/sobjects/Lead`, 'LastName\nAmes\n', 'text/csv')).toEqual(
      unsupportedType('text/csv'),
    );
    const parts = new FormData();
    parts.append('LastName', 'Ames');
    expect(await post(org, `${BASE}/sobjects/Lead`, parts)).toEqual(unsupportedType('multipart/form-data'));
    expect(await names(org)).toEqual([]);
  });
});

describe('an upload', () => {
  it('is UTF-8 or refused', async () => {
    await using org = await startTestOrg();
    const job = { object: 'Lead', operation: 'insert' };
    const { id } = (await org.send('POST', 'jobs/ingest', job)).body as { id: string };
    const csv = new Uint8Array(Buffer.from('LastName,Company\nK\u00f6hler,Acme\n', 'latin1'));
    const path = `${BASE}/jobs/ingest/${id}/batches`;
    expect(await post(org, path, csv, `text/csv; charset=${LATIN}`, 'PUT')).toEqual(
      unsupported(`The character set ${LATIN} is not supported`),
    );
    expect(
      await post(org, path, 'LastName,Company\nK\u00f6hler,Acme\n', 'text/csv; charset=UTF-8', 'PUT'),
    ).toMatchObject({
      status: 201,
    });
  });

  it('that comes in parts is UTF-8 or refused', async () => {
    await using org = await startTestOrg();
    const bytes = new Uint8Array(Buffer.from('LastName,Company\nK\u00f6hler,Acme\n', 'latin1'));
    const refused = { status: 400, body: [{ errorCode: 'JSON_PARSER_ERROR' }] };
    const job = JSON.stringify({ object: 'Lead', operation: 'insert' });
    for (const name of [undefined, 'content.csv']) {
      const parts = new FormData();
      parts.append('job', new Blob([job], { type: 'application/json' }));
      parts.append('content', new Blob([bytes], { type: 'text/csv' }), name ?? 'blob');
      expect(await post(org, `${BASE}/jobs/ingest`, parts)).toMatchObject(refused);
    }
    const boundary = 'b';
    const field = Buffer.concat([
      Buffer.from(`--b\r\nContent-Disposition: form-data; name="job"\r\n\r\n${job}\r\n`),
      Buffer.from('--b\r\nContent-Disposition: form-data; name="content"\r\n\r\n'),
      bytes,
      Buffer.from('\r\n--b--\r\n'),
    ]);
    const type = `multipart/form-data; boundary=${boundary}`;
    expect(await post(org, `${BASE}/jobs/ingest`, new Uint8Array(field), type)).toMatchObject(refused);
    expect(await names(org)).toEqual([]);
  });
});

describe('a SOAP message', () => {
  it('is stored as it was meant, or refused, whatever its encoding', async () => {
    await using org = await startTestOrg();
    const message = (name: string, declaration: string): string =>
      `${declaration}<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Header><SessionHeader><sessionId>${org.accessToken}` +
      `</sessionId></SessionHeader></E:Header><E:Body><create><sObjects><type>Lead</type><LastName>${name}</LastName>` +
      '<Company>Acme</Company></sObjects></create></E:Body></E:Envelope>';
    const send = (bytes: Buffer, type: string): Promise<object> =>
      post(org, '/services/Soap/u/68.0', new Uint8Array(bytes), type);
    const saved = { status: 200 };
    const declared = `<?xml version="1.0" encoding="${LATIN}"?>`;
    expect(await send(Buffer.from(message('K\u00f61', declared), 'latin1'), 'text/xml')).toMatchObject(saved);
    expect(await send(Buffer.from(message('K\u00f62', ''), 'latin1'), `text/xml; charset=${LATIN}`)).toMatchObject(
      saved,
    );
    const wide = '<?xml version="1.0" encoding="UTF-16"?>';
    expect(await send(Buffer.from(`\uFEFF${message('K\u00f63', wide)}`, 'utf16le'), 'text/xml')).toMatchObject(saved);
    expect(await send(Buffer.from(message('K\u00f64', wide), 'utf16le').swap16(), 'text/xml')).toMatchObject(saved);
    expect(await send(Buffer.from(message('K\u00f65', '')), 'text/xml; charset=utf-8')).toMatchObject(saved);
    const refused: readonly [Buffer, string, string][] = [
      [Buffer.from(message('K\u00f66', ''), 'latin1'), 'text/xml', 'Invalid bytes in utf-8 text'],
      [Buffer.from(message('K\u00f67', '')), 'text/xml; charset=klingon', 'Unsupported encoding: klingon'],
    ];
    for (const [bytes, type, why] of refused) {
      const answer = (await send(bytes, type)) as { status: number; body: string };
      expect(answer.status).toBe(500);
      expect(answer.body).toContain(why);
    }
    expect(await names(org)).toEqual(['K\u00f61', 'K\u00f62', 'K\u00f63', 'K\u00f64', 'K\u00f65']);
  });
});
