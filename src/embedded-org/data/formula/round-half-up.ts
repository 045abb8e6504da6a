/** Decimal rounding away from zero at the half, so that 1.255 at two places is 1.26 although its double lies below. */
export function roundHalfUp(number: number, scale: number): number {
  if (Number.isInteger(number) && scale >= 0) return number;
  const rounded = shift(Math.round(shift(Math.abs(number), scale)), -scale);
  return number < 0 ? 0 - rounded : rounded;
}

/** Moves the decimal point in the number's own decimal digits, where multiplying would bring in binary noise. */
function shift(number: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(number).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
