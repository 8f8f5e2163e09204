/** Rows in the order of numbers, a million of them without holding up the session: by digits, least ones first. */

/** Values of a digit. */
const RADIX = 65_536;

/**
 * Sorts rows by their keys; equal ones stay as they are, and those that are no number come last, whatever the direction.
 * @param keys of all rows, by row
 */
export function orderByKey(rows: Uint32Array, keys: Float64Array, descending: boolean): Uint32Array {
  const numbered = rows.filter((row) => !Number.isNaN(keys[row] as number));
  const rest = rows.filter((row) => Number.isNaN(keys[row] as number));
  let [from, to] = [numbered, new Uint32Array(numbered.length)];
  const digits = digitsOf(keys, descending);
  const starts = new Uint32Array(RADIX);
  for (let digit = 0; digit < 4; digit++) {
    starts.fill(0);
    for (const row of from) {
      const value = digits[4 * row + digit] as number;
      starts[value] = (starts[value] as number) + 1;
    }
    let sum = 0;
    for (let value = 0; value < RADIX; value++) {
      const count = starts[value] as number;
      starts[value] = sum;
      sum += count;
    }
    for (const row of from) {
      const value = digits[4 * row + digit] as number;
      const at = starts[value] as number;
      starts[value] = at + 1;
      to[at] = row;
    }
    [from, to] = [to, from];
  }
  const out = new Uint32Array(rows.length);
  out.set(from);
  out.set(rest, from.length);
  return out;
}

/** Four digits of each key, the least first, that rise as the keys do (or fall, for descending). */
function digitsOf(keys: Float64Array, descending: boolean): Uint16Array {
  // + 0 makes of the negative zero the other one: they are equal.
  const words = new Uint32Array(keys.map((key) => key + 0).buffer);
  const turn = descending ? 0xffffffff : 0;
  for (let i = 0; i < words.length; i += 2) {
    const [low, high] = [words[i] as number, words[i + 1] as number];
    // Negative numbers fall as their bits rise; the sign of the others is put above them.
    const negative = high >>> 31 === 1;
    words[i] = (negative ? ~low : low) ^ turn;
    words[i + 1] = (negative ? ~high : high ^ 0x80000000) ^ turn;
  }
  return new Uint16Array(words.buffer);
}
