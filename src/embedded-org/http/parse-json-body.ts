import { OrgError } from '../data/org-error.ts';
import { rememberSource } from './json-place.ts';

/** Far beyond what any resource takes; deeper bodies would end the calls that walk through them. */
const DEEPEST = 500;
/** Six times what five collections of 200 records with 50 fields each hold; reading much more would block everybody else. */
const MOST_VALUES = 300_000;

/** Reads a JSON body; throws JSON_PARSER_ERROR for text that is no JSON and for one that is nested too deeply or holds too much. */
export function parseJsonBody(text: string): unknown {
  const { depth, values } = sizeOf(text);
  if (depth > DEEPEST)
    throw new OrgError('JSON_PARSER_ERROR', `The request body is nested deeper than ${DEEPEST} levels.`, 400);
  if (values > MOST_VALUES)
    throw new OrgError('JSON_PARSER_ERROR', `The request body holds more than ${MOST_VALUES} values.`, 400);
  try {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    rememberSource(body, text);
    return body;
  } catch (error) {
    throw new OrgError('JSON_PARSER_ERROR', (error as Error).message, 400);
  }
}

/** How deep the brackets outside of strings go, and how many values their commas part; of text that is no JSON any numbers. */
function sizeOf(text: string): { readonly depth: number; readonly values: number } {
  let [depth, deepest, values, inString] = [0, 0, 1, false];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
    else if (char === ',') values++;
  }
  return { depth: deepest, values };
}
