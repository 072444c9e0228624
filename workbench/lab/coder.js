// The coder's face: plain ES module, no build step. Offsets travel as code points; the page
// counts UTF-16, so every crossing goes through toUnits / toPoints.

const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d00", "#5b5b5b"];
const FACET_KEYS = "1234567890qwertyuopåasdfghjkl";
const LANES = 8;

const astral = (text) => /[\ud800-\udbff]/.test(text);
const toUnits = (text, point) => (astral(text) ? [...text].slice(0, point).join("").length : point);
const toPoints = (text, unit) => (astral(text) ? [...text.slice(0, unit)].length : unit);

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, f] of Object.entries(value)) made.addEventListener(event, f);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// Borders a selection may stand on: graphemes for the mouse, words and sentences for the keyboard.
function borders(text, language, granularity) {
  const found = [0];
  for (const part of new Intl.Segmenter(language, { granularity }).segment(text)) {
    found.push(part.index + part.segment.length);
  }
  return found;
}

const snapDown = (list, at) => list.filter((b) => b <= at).pop() ?? 0;
const snapUp = (list, at) => list.find((b) => b >= at) ?? list[list.length - 1];

class View {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.turns = new Map(); // number -> {number, speaker, text, heading, box, words, chips, bars, painted}
    this.codings = new Map(); // number -> [{key, start, end, code, facets, memo, standing}] in UTF-16
    this.selection = null; // {turn, start, end} in UTF-16
    this.current = null; // key of the coding at hand, as text
    this.filter = { code: "", facet: "" };
    this.asked = 0;
    this.hear = (message) => this.heard(message);
    model.on("msg:custom", this.hear);
    model.send({ act: "hello" });
  }

  end() {
    this.model.off("msg:custom", this.hear);
    this.watch?.disconnect();
  }

  heard(message) {
    if (message.kind === "desk") return this.build(message);
    if (!this.desk) return;
    this.take(message.turns);
    if (message.kind === "refused") {
      this.tell(message.why, true);
    } else if (message.id === this.mine) {
      if (message.made) {
        this.current = JSON.stringify(message.made);
        this.selection = null;
      }
      this.tell(this.say("coder_saved"));
    }
    for (const number of Object.keys(message.turns)) this.paint(this.turns.get(+number));
    this.showCurrent();
    this.showCount();
  }

  ask(act, ...given) {
    this.mine = `${this.model.model_id ?? ""}-${Math.random()}-${(this.asked += 1)}`;
    this.model.send({ act, with: given, id: this.mine });
  }

  say(key) {
    return this.desk.say[key];
  }

  tell(text, wrong = false) {
    this.status.textContent = text;
    this.status.classList.toggle("wrong", wrong);
  }

  take(turns) {
    for (const [number, list] of Object.entries(turns)) {
      const { text } = this.turns.get(+number);
      this.codings.set(
        +number,
        list.map(([key, start, end, facets, memo, standing]) => ({
          key: JSON.stringify(key),
          start: toUnits(text, start),
          end: toUnits(text, end),
          code: key[3],
          facets,
          memo,
          standing,
        })),
      );
    }
  }

  build(desk) {
    this.desk = desk;
    this.code = new Map(desk.codes.map((c) => [c.id, c]));
    this.facet = new Map(desk.facets.map((c) => [c.id, c]));
    this.colour = new Map(desk.codes.map((c, n) => [c.id, COLOURS[n % COLOURS.length]]));
    this.turns.clear();
    this.el.replaceChildren();
    this.watch?.disconnect();
    this.watch = new IntersectionObserver(
      (seen) => seen.forEach((e) => e.isIntersecting && this.paint(this.turns.get(+e.target.dataset.n), true)),
      { rootMargin: "300px" },
    );
    this.status = element("p", { class: "status", role: "status", "aria-live": "polite" });
    this.count = element("span", { class: "count" });
    this.paper = element("div", {
      class: "paper", tabindex: "0", role: "region", lang: desk.lang,
      "aria-label": `${this.say("coder_paper")} ${desk.document}`,
      on: { pointerdown: (e) => this.pressed(e), pointerup: () => this.chosen(), keydown: (e) => this.key(e),
            dragstart: (e) => e.preventDefault() },
    });
    let heading = "";
    for (const [number, speaker, text, above, verbatim] of desk.text) {
      if (above && above !== heading) this.paper.append(element("h3", {}, (heading = above)));
      const words = element("div", { class: "words" }, text);
      const bars = element("div", { class: "bars", "aria-hidden": "true" });
      const chips = element("ul", { class: "chips", "aria-label": `[${number}] ${this.say("coder_codings")}` });
      const head = element("span", { class: "who" }, `[${number}] ${speaker}`);
      const box = element("section", { class: verbatim ? "turn" : "turn note", "data-n": number }, head, bars, words, chips);
      this.turns.set(number, { number, speaker, text, box, words, chips, bars, painted: false });
      this.paper.append(box);
      this.watch.observe(box);
    }
    this.take(desk.turns);
    this.el.append(
      element("div", { class: "wb-coder", "data-lm-suppress-shortcuts": "true",
                       on: { keydown: (e) => this.anywhere(e) } },
        this.bar(), element("div", { class: "desk" }, this.paper, this.side()), this.status),
    );
    this.showCodes();
    this.showCurrent();
    this.showCount();
  }

  bar() {
    const choose = (label, list, field) => {
      const box = element("select", { "aria-label": label, on: { change: (e) => {
        this.filter[field] = e.target.value;
        for (const turn of this.turns.values()) if (turn.painted) this.paint(turn);
        this.showCount();
      } } }, element("option", { value: "" }, label));
      for (const c of list) box.append(element("option", { value: c.id }, c.label));
      return box;
    };
    const button = (key, act) => element("button", { type: "button", on: { click: act } }, this.say(key));
    return element("div", { class: "bar", role: "toolbar", "aria-label": this.say("coder_tools") },
      element("strong", {}, this.desk.document), element("span", {}, this.desk.coder), this.count,
      button("coder_undo", () => this.ask("undo")), button("coder_redo", () => this.ask("redo")),
      button("coder_next", () => this.nextUncoded()),
      choose(this.say("coder_all_codes"), this.desk.codes, "code"),
      choose(this.say("coder_all_facets"), this.desk.facets, "facet"));
  }

  side() {
    this.search = element("input", { type: "search", placeholder: this.say("coder_search"), "aria-label": this.say("coder_search"),
      role: "combobox", "aria-expanded": "true", "aria-controls": "wb-codes",
      on: { input: () => this.showCodes(), keydown: (e) => this.searchKey(e) } });
    this.list = element("ul", { class: "codes", role: "listbox", id: "wb-codes", "aria-label": this.say("coder_codes") });
    this.about = element("div", { class: "about" });
    this.hand = element("div", { class: "hand" });
    return element("div", { class: "side" }, this.search, this.list, this.about, this.hand,
      element("details", {}, element("summary", {}, this.say("coder_keys")), element("p", {}, this.say("coder_keys_list"))));
  }

  // ---- the text ----------------------------------------------------------------------------

  visible(coding) {
    return (!this.filter.code || coding.code === this.filter.code)
      && (!this.filter.facet || coding.facets.includes(this.filter.facet));
  }

  paint(turn, first = false) {
    if (!turn || (first && turn.painted) || (!first && !turn.painted)) return;
    turn.painted = true;
    const list = (this.codings.get(turn.number) ?? []).filter((c) => c.standing !== "lost" && this.visible(c));
    const chosen = this.selection?.turn === turn.number ? this.selection : null;
    const cuts = new Set([0, turn.text.length]);
    for (const c of chosen ? [...list, chosen] : list) cuts.add(c.start).add(c.end);
    const at = [...cuts].sort((a, b) => a - b);
    const pieces = [];
    for (let n = 0; n + 1 < at.length; n += 1) {
      const over = list.filter((c) => c.start <= at[n] && at[n + 1] <= c.end);
      const inside = chosen && chosen.start <= at[n] && at[n + 1] <= chosen.end;
      const piece = element("span", { class: inside ? "chosen" : null }, turn.text.slice(at[n], at[n + 1]));
      if (over.length) {
        piece.classList.add("coded");
        if (over.some((c) => c.key === this.current)) piece.classList.add("current");
        piece.style.background = over.slice(0, 4)
          .map((c, i) => `linear-gradient(${this.colour.get(c.code)} 0 0) 0 calc(100% - ${i * 4}px) / 100% 3px no-repeat`).join(",");
      }
      pieces.push(piece);
    }
    turn.words.replaceChildren(...pieces);
    turn.chips.replaceChildren(...list.map((c) => this.chip(c)));
    this.lay(turn, list, at, pieces);
    turn.box.classList.toggle("uncoded", !list.length);
  }

  lay(turn, list, at, pieces) {
    const ends = [];
    const bars = [];
    for (const c of list) {
      let lane = ends.findIndex((end) => end <= c.start);
      if (lane < 0) lane = ends.length;
      ends[lane] = c.end;
      const last = pieces[at.indexOf(c.end) - 1];
      const from = pieces[at.indexOf(c.start)];
      const bar = element("i", { class: c.key === this.current ? "current" : null });
      bar.style.setProperty("--lane", Math.min(lane, LANES - 1));
      bar.style.background = this.colour.get(c.code);
      bars.push([bar, from, last]);
    }
    const boxes = bars.map(([, from, last]) => [from.offsetTop, last.offsetTop + last.offsetHeight]);
    bars.forEach(([bar], n) => {
      bar.style.top = `${boxes[n][0]}px`;
      bar.style.height = `${boxes[n][1] - boxes[n][0]}px`;
    });
    turn.bars.replaceChildren(...bars.map(([bar]) => bar));
    turn.bars.style.setProperty("--lanes", Math.min(Math.max(ends.length, 1), LANES));
  }

  chip(c) {
    const label = this.code.get(c.code)?.label ?? c.code;
    const facets = c.facets.map((f) => this.facet.get(f)?.label ?? f).join(", ");
    const button = element("button", { type: "button", "data-key": c.key, "aria-pressed": String(c.key === this.current),
      title: [label, facets, c.memo].filter(Boolean).join("\n"),
      on: { click: () => this.pick(c.key) } },
      element("i", {}), label, facets ? element("small", {}, ` ${facets}`) : "", c.memo ? element("small", { class: "memo" }, ` ✎ ${c.memo}`) : "");
    button.querySelector("i").style.background = this.colour.get(c.code);
    return element("li", { class: c.standing }, button);
  }

  // ---- choosing words ----------------------------------------------------------------------

  pressed(event) {
    if (event.target.closest(".chips")) return;
    (this.el.getRootNode().getSelection?.() ?? document.getSelection())?.removeAllRanges();
    this.choose(null);
  }

  // What the mouse has selected becomes our own selection: the native one would start a drag.
  chosen() {
    const native = this.el.getRootNode().getSelection?.() ?? document.getSelection();
    if (!native || native.isCollapsed || !native.rangeCount) return;
    const range = native.getRangeAt(0);
    const turn = [...this.turns.values()].find((t) => t.words.contains(range.startContainer));
    if (!turn) return;
    const before = (node, offset) => {
      const r = document.createRange();
      r.setStart(turn.words, 0);
      r.setEnd(node, offset);
      return r.toString().length;
    };
    const inside = turn.words.contains(range.endContainer);
    const edges = borders(turn.text, this.desk.lang, "grapheme");
    const start = snapDown(edges, before(range.startContainer, range.startOffset));
    const end = inside ? snapUp(edges, before(range.endContainer, range.endOffset)) : turn.text.length;
    native.removeAllRanges();
    this.choose({ turn: turn.number, start, end });
    if (!inside) this.tell(this.say("coder_one_turn"));
    this.paper.focus({ preventScroll: true });
  }

  choose(selection) {
    const turns = new Set([this.selection?.turn, selection?.turn]);
    this.selection = selection && selection.start < selection.end ? selection : null;
    for (const number of turns) {
      const turn = this.turns.get(number);
      if (turn) turn.painted = true;
      this.paint(turn);
    }
  }

  sentence(step, extend) {
    const numbers = [...this.turns.keys()];
    let { turn, start, end } = this.selection ?? { turn: this.here ?? numbers[0], start: 0, end: 0 };
    let edges = borders(this.turns.get(turn).text, this.desk.lang, "sentence");
    if (extend && this.selection) {
      end = step > 0 ? (edges.find((b) => b > end) ?? end) : Math.max(snapDown(edges, end - 1), snapUp(edges, start + 1));
    } else if (step > 0) {
      if (end >= edges[edges.length - 1]) {
        const next = numbers[numbers.indexOf(turn) + 1];
        if (next === undefined) return;
        turn = next;
        edges = borders(this.turns.get(turn).text, this.desk.lang, "sentence");
        end = 0;
      }
      start = end;
      end = edges.find((b) => b > start) ?? start;
    } else {
      if (start <= 0) {
        const previous = numbers[numbers.indexOf(turn) - 1];
        if (previous === undefined) return;
        turn = previous;
        edges = borders(this.turns.get(turn).text, this.desk.lang, "sentence");
        start = edges[edges.length - 1];
      }
      end = start;
      start = snapDown(edges, end - 1);
    }
    this.here = turn;
    this.choose({ turn, start, end: this.trimmed(turn, start, end) });
    this.turns.get(turn).box.scrollIntoView({ block: "nearest" });
    this.tell(this.turns.get(turn).text.slice(start, end));
  }

  trimmed(turn, start, end) {
    const text = this.turns.get(turn).text.slice(start, end);
    return start + text.trimEnd().length;
  }

  // Move one end of what is chosen (or of the coding at hand) by a word.
  word(step, side) {
    const coding = this.selection ? null : this.found(this.current);
    const held = this.selection ?? coding;
    if (!held) return;
    const turn = this.selection?.turn ?? coding.turn;
    const text = this.turns.get(turn).text;
    const edges = [...new Set([...text.matchAll(/\S+/g)].flatMap((m) => (side === "end" ? [m.index + m[0].length] : [m.index])))];
    let { start, end } = held;
    if (side === "end") end = step > 0 ? (edges.find((b) => b > end) ?? end) : (edges.filter((b) => b < end && b > start).pop() ?? end);
    else start = step > 0 ? (edges.find((b) => b > start && b < end) ?? start) : (edges.filter((b) => b < start).pop() ?? start);
    if (this.selection) this.choose({ turn, start, end });
    else this.ask("stretch", JSON.parse(coding.key), toPoints(text, start), toPoints(text, end));
  }

  nextUncoded() {
    const numbers = [...this.turns.keys()];
    const from = numbers.indexOf(this.selection?.turn ?? this.here ?? -1);
    const next = [...numbers.slice(from + 1), ...numbers.slice(0, from + 1)]
      .find((n) => !(this.codings.get(n) ?? []).length && this.turns.get(n).text.trim());
    if (next === undefined) return this.tell(this.say("coder_all_coded"));
    this.here = next;
    this.choose(null);
    this.turns.get(next).box.scrollIntoView({ block: "center" });
    this.paper.focus({ preventScroll: true });
    this.sentence(1, false);
  }

  // ---- codes, facets, memo -------------------------------------------------------------------

  found(key) {
    for (const [turn, list] of this.codings) {
      const coding = list.find((c) => c.key === key);
      if (coding) return { ...coding, turn };
    }
    return null;
  }

  apply(code) {
    if (!this.selection) return this.tell(this.say("coder_choose_first"), true);
    const { turn, start, end } = this.selection;
    const { text } = this.turns.get(turn);
    this.here = turn;
    this.ask("code", turn, toPoints(text, start), toPoints(text, end), code);
    this.paper.focus({ preventScroll: true });
  }

  pick(key) {
    const before = this.found(this.current)?.turn;
    this.current = key;
    this.selection = null;
    const now = this.found(key)?.turn;
    for (const number of new Set([before, now])) this.paint(this.turns.get(number));
    this.here = now ?? this.here;
    this.showCurrent();
    this.turns.get(now)?.chips.querySelector(`[data-key='${CSS.escape(key)}']`)?.focus();
  }

  onCurrent(act, ...given) {
    if (!this.found(this.current)) return this.tell(this.say("coder_pick_first"), true);
    return this.ask(act, JSON.parse(this.current), ...given);
  }

  split() {
    const coding = this.found(this.current);
    if (!coding || this.selection?.turn !== coding.turn) return this.tell(this.say("coder_split_how"), true);
    const { text } = this.turns.get(coding.turn);
    return this.onCurrent("split", toPoints(text, this.selection.start));
  }

  matches() {
    const wanted = this.search.value.trim().toLocaleLowerCase();
    return this.desk.codes.filter((c) => !wanted || `${c.label} ${c.id}`.toLocaleLowerCase().includes(wanted));
  }

  showCodes() {
    const list = this.matches();
    const wanted = this.search.value.trim();
    this.at = Math.min(this.at ?? 0, Math.max(list.length - 1, 0));
    const rows = [];
    let tree = "";
    list.forEach((c, n) => {
      if (c.tree !== tree) rows.push(element("li", { class: "tree", role: "presentation" }, this.desk.trees[(tree = c.tree)]));
      let depth = 0;
      for (let p = c.parent; p; p = this.code.get(p)?.parent) depth += 1;
      const row = element("li", { role: "option", id: `wb-code-${n}`, "aria-selected": String(n === this.at), "data-code": c.id,
        on: { click: () => this.apply(c.id), pointerenter: () => this.showAbout(c) } }, element("i", {}), c.label);
      row.querySelector("i").style.background = this.colour.get(c.id);
      row.style.setProperty("--depth", wanted ? 0 : depth);
      rows.push(row);
    });
    this.list.replaceChildren(...rows);
    this.search.setAttribute("aria-activedescendant", list.length ? `wb-code-${this.at}` : "");
    this.showAbout(list[this.at]);
  }

  showAbout(c) {
    const line = (key, text) => (text ? [element("dt", {}, this.say(key)), element("dd", {}, text)] : []);
    this.about.replaceChildren(...(c ? [element("strong", {}, c.label), element("p", {}, c.definition),
      element("dl", {}, ...line("coder_use_when", c.use_when), ...line("coder_not_when", c.not_when),
        ...line("coder_example", c.example))] : []));
  }

  showCurrent() {
    const c = this.found(this.current);
    for (const chip of this.paper.querySelectorAll("[data-key]")) {
      chip.setAttribute("aria-pressed", String(chip.dataset.key === this.current));
    }
    const typing = this.memo && this.memo === this.el.getRootNode().activeElement;
    if (typing && c) return;
    if (!c) return this.hand.replaceChildren(element("p", { class: "quiet" }, this.say("coder_none")));
    const facets = this.desk.facets.map((f, n) => element("button", { type: "button", "data-facet": f.id,
      "aria-pressed": String(c.facets.includes(f.id)), title: f.definition,
      on: { click: () => this.onCurrent("facet", f.id) } }, FACET_KEYS[n] ? element("kbd", {}, FACET_KEYS[n]) : "", ` ${f.label}`));
    this.memo = element("textarea", { rows: "2", "aria-label": this.say("coder_memo"), placeholder: this.say("coder_memo"),
      on: { change: () => this.onCurrent("memo", this.memo.value),
            keydown: (e) => { if (e.key === "Escape" || (e.key === "Enter" && !e.shiftKey)) { e.preventDefault(); this.memo.blur(); this.paper.focus(); } } } });
    this.memo.value = c.memo;
    const text = this.turns.get(c.turn).text.slice(c.start, c.end);
    this.hand.replaceChildren(element("strong", {}, this.code.get(c.code)?.label ?? c.code),
      element("q", { lang: this.desk.lang }, text.length > 160 ? `${text.slice(0, 160)}…` : text),
      element("div", { class: "facets", role: "group", "aria-label": this.say("coder_facets") }, ...facets), this.memo,
      element("button", { type: "button", class: "away", on: { click: () => this.remove() } }, this.say("coder_delete")));
  }

  remove() {
    if (!this.found(this.current)) return this.tell(this.say("coder_pick_first"), true);
    this.ask("uncode", JSON.parse(this.current));
    this.current = null;
    return this.paper.focus({ preventScroll: true });
  }

  showCount() {
    const lists = [...this.codings.values()];
    const shown = lists.flat().filter((c) => this.visible(c)).length;
    const coded = lists.filter((l) => l.length).length;
    this.count.textContent = this.say("coder_count").replace("%1", shown).replace("%2", coded).replace("%3", this.turns.size);
  }

  // ---- keys ----------------------------------------------------------------------------------

  anywhere(event) {
    event.stopPropagation(); // the notebook's own shortcuts must not hear what is meant for us
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (letter === "z" || letter === "y") && event.target.tagName !== "TEXTAREA") {
      event.preventDefault();
      this.ask(letter === "y" || event.shiftKey ? "redo" : "undo");
    }
  }

  searchKey(event) {
    const list = this.matches();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + list.length) % Math.max(list.length, 1);
    } else if (event.key === "Enter" && list[this.at]) {
      if (event.shiftKey) this.onCurrent("recode", list[this.at].id);
      else this.apply(list[this.at].id);
      this.search.value = "";
      this.at = 0;
    } else if (event.key === "Escape") {
      this.search.value = "";
      this.paper.focus({ preventScroll: true });
    } else {
      this.at = 0;
      return;
    }
    event.preventDefault();
    this.showCodes();
    this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey) return;
    const side = event.altKey ? "start" : "end";
    const keys = {
      ArrowDown: () => this.sentence(1, event.shiftKey),
      ArrowUp: () => this.sentence(-1, event.shiftKey),
      ArrowRight: () => this.word(1, side),
      ArrowLeft: () => this.word(-1, side),
      Enter: () => this.search.focus(),
      "/": () => this.search.focus(),
      Delete: () => this.remove(),
      Backspace: () => this.remove(),
      Escape: () => this.choose(null),
      n: () => this.nextUncoded(),
      m: () => (this.found(this.current) ? this.memo.focus() : this.tell(this.say("coder_pick_first"), true)),
      x: () => this.split(),
      z: () => this.ask("undo"),
      Z: () => this.ask("redo"),
    };
    const onChip = event.target.closest?.(".chips");
    if (onChip && (event.key === "Enter" || event.key === " ")) return;
    const n = FACET_KEYS.indexOf(event.key);
    if (keys[event.key]) keys[event.key]();
    else if (n >= 0 && event.key.length === 1 && this.desk.facets[n]) this.onCurrent("facet", this.desk.facets[n].id);
    else return;
    event.preventDefault();
  }
}

export default {
  render({ model, el }) {
    const view = new View(model, el);
    return () => view.end();
  },
};
