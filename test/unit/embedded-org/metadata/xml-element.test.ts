import { describe, expect, it } from 'vitest';
import { allOf, parseXml, textOf, toXml } from '../../../../src/embedded-org/metadata/xml-element.ts';

describe('parseXml', () => {
  it('keeps the spaces and lines inside texts and reads entities', () => {
    const rule = parseXml('<?xml version="1.0"?><Rule><formula>AND(\n  A &gt; 1,\n  "&amp;"\n)</formula></Rule>');
    expect(textOf(rule, 'formula')).toBe('AND(\n  A > 1,\n  "&"\n)');
  });

  it('keeps repeated elements in order and numbers as texts', () => {
    const list = parseXml('<L><v>001</v><v>1e3</v></L>');
    expect(allOf(list, 'v').map((each) => each.text)).toEqual(['001', '1e3']);
  });

  it('refuses document types, which could expand without end', () => {
    expect(() => parseXml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toThrow('DOCTYPE');
  });

  it('says where a file is not well-formed', () => {
    expect(() => parseXml('<a><b></a>')).toThrow('Error parsing file');
  });

  it('writes what it reads', () => {
    const element = parseXml('<WebLink><url>/a?b=1&amp;c=&lt;2</url><x><y>z</y></x></WebLink>');
    expect(parseXml(toXml(element, 'WebLink')).children.map((each) => each.name)).toEqual(['url', 'x']);
    expect(textOf(parseXml(toXml(element, 'WebLink')), 'url')).toBe('/a?b=1&c=<2');
  });
});
