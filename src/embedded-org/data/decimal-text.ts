const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Whether the text, without spaces around it, is a decimal number; no two parts of the pattern can share a digit, so that it takes linear time. */
export const isDecimalText = (text: string): boolean => DECIMAL.test(text.trim());
