// Texts that changed in two places at once: one side is what somebody has typed, and no key of it may go.

/** The one range in which `before` and `after` differ: [start, end in before, replacement]. */
export function hunk(before, after) {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [start, before.length - tail, after.slice(start, after.length - tail)];
}

/** `theirs` and `mine`, both made from `base`, in one text; null where they touch the same place. */
export function merge(base, theirs, mine) {
  if (theirs === base || theirs === mine) return mine;
  if (mine === base) return theirs;
  const [a, b, theirText] = hunk(base, theirs);
  const [c, d, myText] = hunk(base, mine);
  if (b < c || (b === c && a < c)) return base.slice(0, a) + theirText + base.slice(b, c) + myText + base.slice(d);
  if (d < a || (d === a && c < a)) return base.slice(0, c) + myText + base.slice(d, a) + theirText + base.slice(b);
  return null;
}

const CELLS = 400_000;

const tokens = (text) => text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}_]+|\s+|[^]/gu) ?? [];

/** [["equal" | "delete" | "insert", text], …] from `before` to `after`, word by word. */
export function diffWords(before, after) {
  const a = tokens(before);
  const b = tokens(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const parts = [];
  const add = (operation, text) => {
    if (!text) return;
    const last = parts[parts.length - 1];
    if (last && last[0] === operation) last[1] += text;
    else parts.push([operation, text]);
  };
  const middleA = a.slice(head, a.length - tail);
  const middleB = b.slice(head, b.length - tail);
  add("equal", a.slice(0, head).join(""));
  if (middleA.length * middleB.length > CELLS) {
    add("delete", middleA.join(""));
    add("insert", middleB.join(""));
  } else {
    // Longest common subsequence, from the end, so that reading it forwards gives the operations.
    const width = middleB.length + 1;
    const longest = new Uint32Array((middleA.length + 1) * width);
    for (let i = middleA.length - 1; i >= 0; i--) {
      for (let j = middleB.length - 1; j >= 0; j--) {
        longest[i * width + j] = middleA[i] === middleB[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
      }
    }
    let i = 0;
    let j = 0;
    while (i < middleA.length && j < middleB.length) {
      if (middleA[i] === middleB[j]) add("equal", middleA[i++]), j++;
      else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) add("delete", middleA[i++]);
      else add("insert", middleB[j++]);
    }
    add("delete", middleA.slice(i).join(""));
    add("insert", middleB.slice(j).join(""));
  }
  add("equal", a.slice(a.length - tail).join(""));
  return parts;
}
