/** Words of a key that says who or where somebody is, or what a search asked for. */
const personalWords = new Set(
  (
    'email mail phone telephone mobile fax address street ip useragent birthday birthdate ' +
    'username firstname lastname fullname surname search query referrer url'
  ).split(' '),
);

/** Words that make a name that of a person; the names of plans and campaigns say nothing of anybody. */
const nameWords = new Set([
  'first',
  'last',
  'middle',
  'full',
  'given',
  'family',
  'user',
  'person',
  'contact',
  'customer',
  'your',
]);

/** Whether a key names what is not to be kept, however it is written: `email`, `user_email`, `emailAddress`, `fullName`. */
export function isPersonalKey(key: string): boolean {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  if (words.some((word) => personalWords.has(word)) || personalWords.has(words.join(''))) return true;
  return words.at(-1) === 'name' && (words.length === 1 || words.some((word) => nameWords.has(word)));
}

/** Bounded, so that a long text costs no more than its length. */
const email = /[^\s@/?&=:,;<>()"']{1,64}(?:@|%40)[^\s@/?&=:,;<>()"']{1,190}\.[a-z]{2,}/gi;

/** With the prefix of a country or of a long distance, or cut into groups as no other number is. */
const phone =
  /(?<![\w.+-])(?:(?:\+|00)\d[\d\s().-]{6,18}\d|\(?0\d[\d\s().-]{6,16}\d|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4})(?![\w-])/g;

/** A text with an ellipsis in place of everything in it that looks like an e-mail address or a phone number. */
export const withoutContacts = (text: string): string => text.replace(email, '…').replace(phone, '…');
