import { OrgError } from '../data/org-error.ts';
import { rememberSource } from './json-place.ts';

/** Far beyond what any resource takes; deeper bodies would end the calls that walk through them. */
const DEEPEST = 500;

/** Reads a JSON body; throws JSON_PARSER_ERROR for text that is no JSON and for one that is nested too deeply. */
export function parseJsonBody(text: string): unknown {
  if (depthOf(text) > DEEPEST)
    throw new OrgError('JSON_PARSER_ERROR', `The request body is nested deeper than ${DEEPEST} levels.`, 400);
  try {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    rememberSource(body, text);
    return body;
  } catch (error) {
    throw new OrgError('JSON_PARSER_ERROR', (error as Error).message, 400);
  }
}

/** How deep the brackets outside of strings go; of text that is no JSON any number. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}
