// Choosing words of a turn by mouse and keyboard. The page counts UTF-16, what travels is code points.

const isAstral = (text) => /[\ud800-\udbff]/.test(text);
const pointsAt = (text, unit) => (isAstral(text) ? [...text.slice(0, unit)].length : unit);
const unitsAt = (text, point) => (isAstral(text) ? [...text].slice(0, point).join("").length : point);

// Where a choice may begin and end: graphemes for the mouse, words and sentences for the keyboard.
function bordersOf(text, language, granularity) {
  const found = [0];
  for (const part of new Intl.Segmenter(language, { granularity }).segment(text)) found.push(part.index + part.segment.length);
  return found;
}

const lastBorder = (borders, at) => borders.filter((b) => b <= at).pop() ?? 0;
const nextBorder = (borders, at) => borders.find((b) => b >= at) ?? borders[borders.length - 1];

// The same choice without blanks at its ends; nothing if only blanks are left.
function withoutBlanks(text, { start, end }) {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  return words.trim() ? { start: from, end: from + words.trim().length } : null;
}

// The next or previous sentence, or a sentence more or less of what is chosen.
function bySentence(text, language, held, step, extend) {
  const borders = bordersOf(text, language, "sentence");
  const after = text.length - text.slice(held.end).trimStart().length; // the blanks belong to the sentence before
  let { start, end } = held;
  if (extend && step > 0) end = borders.find((b) => b > after) ?? text.length;
  else if (extend) end = borders.filter((b) => start < b && b < end).pop() ?? end;
  else if (step > 0) [start, end] = [after, borders.find((b) => b > after) ?? text.length];
  else [start, end] = [lastBorder(borders, start - 1), start];
  return withoutBlanks(text, { start, end }) ?? held;
}

// One end of what is chosen, moved by a word.
function byWord(text, held, step, side) {
  const words = [...text.matchAll(/\S+/g)].map((m) => (side === "end" ? m.index + m[0].length : m.index));
  const { start, end } = held;
  const inside = (b) => start < b && b < end;
  if (side === "end") return { start, end: step > 0 ? (words.find((b) => b > end) ?? end) : (words.filter(inside).pop() ?? end) };
  return { start: step > 0 ? (words.find(inside) ?? start) : (words.filter((b) => b < start).pop() ?? start), end };
}

// Where in the text of `box` a place of the page is, in UTF-16.
function offsetIn(box, node, at) {
  const range = document.createRange();
  range.setStart(box, 0);
  range.setEnd(node, at);
  return range.toString().length;
}

// What the mouse has selected in `box`, the element of a turn's words; it may end behind the box.
function selectedIn(native, box, text, language) {
  const range = native.getRangeAt(0);
  const borders = bordersOf(text, language, "grapheme");
  const end = box.contains(range.endContainer) ? nextBorder(borders, offsetIn(box, range.endContainer, range.endOffset)) : text.length;
  return withoutBlanks(text, { start: lastBorder(borders, offsetIn(box, range.startContainer, range.startOffset)), end });
}
