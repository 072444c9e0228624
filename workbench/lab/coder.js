// The coder's face: plain ES module, no build step. Offsets travel as code points; the page
// counts UTF-16, so every crossing goes through unitsAt / pointsAt.

const SHEET = 20; // turns
const LANES = 8; // bars side by side
const LINES = 3; // lines below the words, as many as fit between two rows
const REST = 150; // milliseconds a choice rests before suggestions are asked for

const inOrder = (a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1);

class View {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.turns = new Map(); // number -> {number, speaker, text, box, words, chips, bars, painted, look, marks, pinned}
    this.codings = new Map(); // number -> [{key, start, end, code, facets, memo, standing}] in UTF-16
    this.others = new Map(); // number -> the same, each with its coder; only shown
    this.selection = null; // {turn, start, end} in UTF-16
    this.current = null; // key of the coding at hand, as text
    this.last = null; // the code given last
    this.colour = new Map(); // of a code, the same as long as the widget stands
    this.filter = { code: "", facet: "", coder: "" };
    this.toLay = new Map(); // turns whose bars are to be measured
    this.hinted = []; // codes suggested for the chosen words
    this.wire = new Wire(model, {
      heard: (message, mine) => this.heard(message, mine),
      waits: (flag) => (flag ? (this.frame.dataset.waits = "true") : delete this.frame?.dataset.waits), // for whoever looks from outside
      silent: () => {
        this.unforesee();
        this.tell(this.say("no_answer"), true);
      },
    });
    this.uid = this.wire.uid;
    model.send({ act: "hello" });
  }

  end() {
    this.wire.end();
    this.watch?.disconnect();
    this.wide?.disconnect();
    clearTimeout(this.resting);
  }

  heard(message, mine) {
    if (message.kind === "desk") this.build(message);
    if (!this.desk) return;
    if (message.kind === "codes") return this.learn(message);
    if (message.kind === "suggested") return this.suggested(message);
    if (message.turns && message.kind !== "desk") this.changed(message, mine);
    if (mine) this.seen();
  }

  // A turn is painted again only where it is not as it was foreseen.
  changed(message, mine) {
    if (message.kind === "refused" && mine) this.unforesee();
    const before = new Map(Object.keys(message.turns).map((n) => [+n, JSON.stringify(this.codings.get(+n))]));
    this.take(message.turns);
    const other = [...before].filter(([n, was]) => was !== JSON.stringify(this.codings.get(n)));
    for (const [number] of other) this.paint(this.turns.get(number));
    if (mine && message.made) {
      this.last = message.made[3];
      this.takeUp(JSON.stringify(message.made));
    } else if (other.length) this.showCurrent();
    this.showCount();
    if (message.kind === "refused") this.tell(message.why, true);
    else if (mine) this.tell(this.say("coder_saved"));
  }

  ask(act, ...given) {
    this.tell("");
    this.wire.ask(act, given);
    if (this.wire.mine) this.foresee(act, given);
  }

  // While the kernel saves, show what will be if it can; `Saved` is said when it is. What is
  // refused or not answered is shown again as it was.
  foresee(act, given) {
    const coding = act === "code" ? null : this.found(JSON.stringify(given[0]));
    const number = coding?.turn ?? given[0];
    const list = this.codings.get(number) ?? [];
    const turn = this.turns.get(number);
    if (!turn || (act !== "code" && !coding)) return;
    const { turn: _, ...held } = coding ?? {};
    const placed = (start, end, code, facets = [], memo = "") =>
      this.read(number, [[[number, start, end, code], start, end, facets, memo, "exact"]]);
    const become = {
      code: (_, start, end, code) => placed(start, end, code),
      stretch: (_, start, end) => placed(start, end, held.code, held.facets, held.memo),
      recode: (_, code) => placed(pointsAt(turn.text, held.start), pointsAt(turn.text, held.end), code, held.facets, held.memo),
      uncode: () => [],
      facet: (_, id) => [{ ...held, facets: held.facets.includes(id) ? held.facets.filter((f) => f !== id) : [...held.facets, id].sort() }],
      memo: (_, memo) => [{ ...held, memo: memo.trim() }],
    }[act];
    if (!become) return;
    const made = become(...given);
    this.before = { number, list, current: this.current, selection: this.selection };
    this.codings.set(number, [...list.filter((c) => c.key !== coding?.key), ...made].sort(inOrder));
    turn.box.classList.add("foreseen");
    this.takeUp(made[0]?.key ?? null, true);
  }

  unforesee() {
    if (!this.before) return;
    const { number, list, current, selection } = this.before;
    this.codings.set(number, list);
    this.takeUp(current, true);
    if (selection) this.choose(selection);
    this.seen();
  }

  // Take a coding in hand; paint what shows it, or no longer does.
  takeUp(key, anew = false) {
    if (!anew && key === this.current && !this.selection) return this.showCurrent();
    const numbers = [this.found(this.current)?.turn, this.before?.number, this.selection?.turn];
    this.current = key;
    this.selection = null;
    this.frame.classList.remove("choosing");
    this.askHints();
    for (const number of new Set([...numbers, this.found(key)?.turn])) this.paint(this.turns.get(number));
    this.showCurrent();
  }

  // What was foreseen has come, or not; from here on it is what is.
  seen() {
    this.turns.get(this.before?.number)?.box.classList.remove("foreseen");
    this.before = null;
  }

  say(key) {
    return this.desk.say[key];
  }

  tell(text, wrong = false) {
    this.status.textContent = text;
    this.status.classList.toggle("wrong", wrong);
  }

  take(turns) {
    for (const [number, list] of Object.entries(turns)) this.codings.set(+number, this.read(+number, list));
  }

  // Codings of a turn as they came, with offsets in UTF-16; what is lost stands nowhere.
  read(number, list, coder = "") {
    const { text } = this.turns.get(number);
    return list.filter(([, , , , , standing]) => standing !== "lost").map(([key, start, end, facets, memo, standing]) => ({
      key: JSON.stringify(key), start: unitsAt(text, start), end: unitsAt(text, end), code: key.at(-1),
      facets, memo, standing, coder,
    }));
  }

  learn({ codes, facets, trees }) {
    Object.assign(this.desk, { codes, facets, trees });
    Object.assign(this, keyed(codes, facets, this.colour));
    this.palette?.show();
  }

  build(desk) {
    this.desk = desk;
    this.palette = null;
    this.learn(desk);
    for (const map of [this.turns, this.codings, this.others, this.toLay]) map.clear();
    this.current = this.selection = this.here = this.inHand = null;
    this.el.replaceChildren();
    this.watch?.disconnect();
    this.watch = new IntersectionObserver(
      (seen) => seen.forEach((e) => {
        if (!e.isIntersecting) return;
        this.watch.unobserve(e.target);
        for (const box of e.target.matches(".sheet") ? e.target.querySelectorAll(".turn") : []) this.watch.observe(box);
        this.paint(this.turns.get(+e.target.dataset.n), true);
      }),
      { rootMargin: "300px" },
    );
    this.wide?.disconnect();
    this.wide = new ResizeObserver(() => this.resized());
    this.status = element("p", { class: "status", role: "status", "aria-live": "polite" });
    this.count = element("span", { class: "count" });
    this.paper = element("div", {
      class: "paper", tabindex: "0", role: "region", lang: desk.lang,
      "aria-label": `${this.say("coder_paper")} ${desk.document}`,
      on: { pointerdown: (e) => this.pressed(e), pointerup: () => this.chosen(), keydown: (e) => this.key(e),
            dragstart: (e) => e.preventDefault() },
    });
    let heading = "", sheet; // what is far from the window is laid out and watched sheet by sheet
    for (const [number, speaker, text, above, verbatim, time] of desk.text) {
      if (this.turns.size % SHEET === 0) {
        this.paper.append((sheet = element("div", { class: "sheet" })));
        this.watch.observe(sheet);
      }
      if (above && above !== heading) sheet.append(element("h3", {}, (heading = above)));
      const words = element("div", { class: "words" }, text);
      const bars = element("div", { class: "bars", "aria-hidden": "true" });
      const chips = element("ul", { class: "chips", "aria-label": `[${number}] ${this.say("coder_codings")}` });
      const head = element("span", { class: "who" }, `[${number}] ${speaker}`, time ? element("time", {}, time) : "");
      const box = element("section", { class: verbatim ? "turn" : "turn note", "data-n": number }, head, bars, words, chips);
      this.turns.set(number, { number, speaker, text, box, words, chips, bars, painted: false, look: "", marks: [], pinned: new Map() });
      sheet.append(box);
    }
    this.wide.observe(this.paper);
    this.take(desk.turns);
    for (const [coder, turns] of Object.entries(desk.others)) {
      for (const [number, list] of Object.entries(turns)) {
        if (this.turns.has(+number)) this.others.set(+number, [...(this.others.get(+number) ?? []), ...this.read(+number, list, coder)]);
      }
    }
    if (desk.lost.length) {
      this.paper.append(element("details", { class: "lost" }, element("summary", {}, `${this.say("coder_lost")}: ${desk.lost.length}`),
        element("ul", {}, ...desk.lost.map(([code, quote]) => element("li", {}, `${this.code.get(code)?.label ?? code}: ”${quote}”`)))));
    }
    this.el.append(
      this.frame = element("div", { class: "wb wb-coder", "data-lm-suppress-shortcuts": "true",
                       on: { keydown: (e) => this.anywhere(e), focusin: hush } },
        this.bar(), element("div", { class: "desk" }, this.paper, this.side()), this.status, narrow(this.say("no_room"))),
    );
    this.palette.show();
    this.showCurrent();
    this.showCount();
  }

  bar() {
    const choose = (label, list, field) => {
      const box = element("select", { "aria-label": label, on: { change: (e) => {
        this.filter[field] = e.target.value;
        for (const turn of this.turns.values()) this.paint(turn);
        this.showCount();
      } } }, element("option", { value: "" }, label));
      for (const c of list) box.append(element("option", { value: c.id, selected: this.filter[field] === c.id }, c.label));
      return box;
    };
    const button = (key, act) => element("button", { type: "button", on: { click: act } }, this.say(key));
    const documents = element("select", { "aria-label": this.say("coder_document"), on: { change: (e) => this.ask("open", e.target.value) } },
      ...this.desk.documents.map(([id, turns, coded]) => element("option", { value: id, selected: id === this.desk.document }, `${id} · ${coded}/${turns}`)));
    const coders = Object.keys(this.desk.others).map((name) => ({ id: name, label: `+ ${name}` }));
    if (!coders.some((c) => c.id === this.filter.coder)) this.filter.coder = "";
    if (coders.length > 1) coders.push({ id: "*", label: this.say("coder_everyone") });
    return element("div", { class: "bar", role: "toolbar", "aria-label": this.say("coder_tools") },
      documents, element("span", {}, this.desk.coder), this.count,
      button("coder_undo", () => this.ask("undo")), button("coder_redo", () => this.ask("redo")),
      button("coder_next", () => this.nextUncoded()), button("coder_in_vivo", () => this.inVivo()),
      choose(this.say("coder_all_codes"), this.desk.codes, "code"),
      choose(this.say("coder_all_facets"), this.desk.facets, "facet"),
      coders.length ? choose(this.say("coder_own"), coders, "coder") : "");
  }

  side() {
    this.palette = new Palette(this, {
      give: (code) => this.apply(code),
      instead: (code) => this.onCurrent("recode", code),
      leave: () => this.paper.focus({ preventScroll: true }),
    });
    const { search, list, about } = this.palette;
    this.hand = element("div", { class: "hand" });
    this.hints = element("div", { class: "hints", role: "group", "aria-label": this.say("coder_hints") });
    return element("div", { class: "side" }, this.hand, this.hints, search, list, about,
      keyList(this.say("coder_keys"), this.say("coder_keys_list")));
  }

  // ---- the text ----------------------------------------------------------------------------

  visible(coding) {
    return (!this.filter.code || coding.code === this.filter.code)
      && (!this.filter.facet || coding.facets.includes(this.filter.facet));
  }

  // What is shown of a turn: one's own codings, and those of the coder looked at beside them.
  shown(number) {
    const who = this.filter.coder;
    const others = who ? (this.others.get(number) ?? []).filter((c) => who === "*" || c.coder === who) : [];
    return [...(this.codings.get(number) ?? []), ...others].filter((c) => this.visible(c));
  }

  // A turn is painted when it comes near the window, and again when something in it changes:
  // its words if their marks look different, and those of its chips that do.
  paint(turn, near = false) {
    if (!turn || turn.painted === near) return;
    turn.painted = true;
    const list = this.shown(turn.number);
    const chosen = this.selection?.turn === turn.number ? this.selection : null;
    const look = JSON.stringify([list.map((c) => [c.key, c.start, c.end, c.code, c.coder]), chosen]);
    if (turn.look !== look) this.mark(turn, list, chosen);
    turn.look = look;
    for (const [part, keys] of turn.marks) part.classList.toggle("current", keys.includes(this.current));
    this.pin(turn, list);
  }

  // Lines break elsewhere in another width, so the bars beside them are measured again.
  resized() {
    const width = this.paper.clientWidth;
    if (width === this.width) return;
    this.width = width;
    for (const turn of this.turns.values()) {
      if (!turn.painted) continue;
      turn.look = "";
      turn.painted = false;
      this.watch.observe(turn.box);
    }
  }

  mark(turn, list, chosen) {
    const cuts = new Set([0, turn.text.length]);
    for (const c of chosen ? [...list, chosen] : list) cuts.add(c.start).add(c.end);
    const at = [...cuts].sort((a, b) => a - b);
    const pieces = [];
    turn.marks = [];
    for (let n = 0; n + 1 < at.length; n += 1) {
      const over = list.filter((c) => c.start <= at[n] && at[n + 1] <= c.end);
      const inside = chosen && chosen.start <= at[n] && at[n + 1] <= chosen.end;
      const piece = element("span", { class: inside ? "chosen" : null }, turn.text.slice(at[n], at[n + 1]));
      if (over.length) {
        piece.classList.add("coded");
        turn.marks.push([piece, over.map((c) => c.key)]);
        if (over.every((c) => c.coder)) piece.classList.add("other");
        piece.style.background = over.slice(0, LINES)
          .map((c, i) => `linear-gradient(${this.colour.get(c.code)} 0 0) 0 calc(100% - ${i * 3}px) / 100% 2px no-repeat`).join(",");
      }
      pieces.push(piece);
    }
    turn.words.replaceChildren(...pieces);
    this.toLay.set(turn, [list, at, pieces]);
    requestAnimationFrame(() => this.layAll());
  }

  // Bars are measured when all is changed that will be in this frame: every measuring lays out anew.
  layAll() {
    const laid = [...this.toLay].map(([turn, of]) => [turn, this.lay(turn, ...of)]);
    this.toLay.clear();
    const tops = laid.map(([turn, bars]) => [turn.bars.offsetTop, bars.map(([, from, last]) => [from.offsetTop, last.offsetTop + last.offsetHeight])]);
    laid.forEach(([turn, bars], n) => {
      const [top, boxes] = tops[n];
      bars.forEach(([bar], k) => {
        bar.style.top = `${boxes[k][0] - top}px`;
        bar.style.height = `${boxes[k][1] - boxes[k][0]}px`;
      });
      turn.bars.replaceChildren(...bars.map(([bar]) => bar));
    });
  }

  pin(turn, list) {
    const kept = turn.pinned;
    const focused = turn.chips.contains(this.el.getRootNode().activeElement);
    turn.pinned = new Map();
    list.forEach((c, n) => {
      const look = JSON.stringify(c);
      const chip = kept.get(look) ?? this.chip(c);
      turn.pinned.set(look, chip);
      if (turn.chips.children[n] !== chip) turn.chips.insertBefore(chip, turn.chips.children[n] ?? null);
    });
    while (turn.chips.children.length > list.length) turn.chips.lastChild.remove();
    // Keys go on where they went: a chip made anew, or taken away, would leave them to the notebook.
    if (focused && !turn.chips.contains(this.el.getRootNode().activeElement)) {
      (turn.chips.querySelector(`[data-key="${CSS.escape(this.current ?? "")}"]`) ?? this.paper).focus({ preventScroll: true });
    }
  }

  // A bar for each coding, in the first lane that is free, with the pieces it goes from and to.
  lay(turn, list, at, pieces) {
    const ends = [];
    const bars = [];
    for (const c of list) {
      let lane = ends.findIndex((end) => end <= c.start);
      if (lane < 0) lane = ends.length;
      ends[lane] = c.end;
      const last = pieces[at.indexOf(c.end) - 1];
      const from = pieces[at.indexOf(c.start)];
      const bar = element("i", { class: c.coder ? "other" : c.key === this.current ? "current" : null });
      if (!c.coder) turn.marks.push([bar, [c.key]]);
      bar.style.setProperty("--lane", Math.min(lane, LANES - 1));
      bar.style.setProperty("--colour", this.colour.get(c.code) ?? "#5b5b5b");
      bars.push([bar, from, last]);
    }
    turn.bars.style.setProperty("--lanes", Math.min(Math.max(ends.length, 1), LANES)); // before measuring: it takes room
    return bars;
  }

  chip(c) {
    const label = this.code.get(c.code)?.label ?? c.code;
    const facets = c.facets.map((f) => this.facet.get(f)?.label ?? f).join(", ");
    const mark = element("i", {});
    mark.style.setProperty("--colour", this.colour.get(c.code) ?? "#5b5b5b");
    const small = (text, kind) => (text ? element("small", { class: kind }, ` ${text}`) : "");
    const title = [label, facets, c.memo].filter(Boolean).join("\n");
    const inner = [mark, label, small(facets), small(c.memo && `✎ ${c.memo}`, "memo")];
    if (c.coder) return element("li", { class: "other", title }, ...inner, small(`– ${c.coder}`));
    return element("li", { class: c.standing }, element("button", { type: "button", "data-key": c.key, title,
      "aria-pressed": String(c.key === this.current), on: { click: () => this.pick(c.key) } }, ...inner));
  }

  // ---- choosing words ----------------------------------------------------------------------

  // Nothing is repainted here: the browser begins its selection in the element that was pressed.
  pressed(event) {
    this.held = !event.target.closest(".chips, .lost");
    if (this.held) (this.el.getRootNode().getSelection?.() ?? document.getSelection())?.removeAllRanges();
  }

  // What the mouse has selected becomes our own selection: the native one would start a drag.
  chosen() {
    if (!this.held) return;
    this.held = false;
    const native = this.el.getRootNode().getSelection?.() ?? document.getSelection();
    if (!native?.rangeCount) return this.choose(null);
    const range = native.getRangeAt(0);
    const turn = [...this.turns.values()].find((t) => t.words.contains(range.startContainer));
    if (!turn) return this.choose(null);
    if (native.isCollapsed) {
      this.choose(null);
      return this.pointed(turn, offsetIn(turn.words, range.startContainer, range.startOffset));
    }
    const inside = turn.words.contains(range.endContainer);
    const chosen = selectedIn(native, turn.words, turn.text, this.desk.lang);
    native.removeAllRanges();
    this.choose(chosen && { turn: turn.number, ...chosen });
    if (!inside) this.tell(this.say("coder_one_turn"));
    this.paper.focus({ preventScroll: true });
  }

  // A click on coded words takes up their coding, the shortest first; another click the next one.
  pointed(turn, at) {
    const here = (this.codings.get(turn.number) ?? []).filter((c) => this.visible(c) && c.start <= at && at < c.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    this.here = turn.number;
    if (here.length) this.pick(here[(here.findIndex((c) => c.key === this.current) + 1) % here.length].key, false);
  }

  choose(selection) {
    const turns = new Set([this.selection?.turn, selection?.turn]);
    this.selection = selection && selection.start < selection.end ? selection : null;
    this.frame.classList.toggle("choosing", this.selection !== null);
    this.askHints();
    for (const number of turns) {
      const turn = this.turns.get(number);
      if (turn) turn.painted = true;
      this.paint(turn);
    }
  }

  // Choose the next or previous sentence, also in the turn beside; or extend the choice by one.
  sentence(step, extend) {
    const numbers = [...this.turns.keys()];
    let { turn, ...held } = this.selection ?? this.found(this.current) ?? { turn: this.here ?? numbers[0], start: 0, end: 0 };
    const { text } = this.turns.get(turn);
    const grow = extend && this.selection !== null;
    if (!grow && (step > 0 ? !text.slice(held.end).trim() : held.start <= 0)) {
      turn = numbers[numbers.indexOf(turn) + step];
      if (turn === undefined) return;
      const end = step > 0 ? 0 : this.turns.get(turn).text.length;
      held = { start: end, end };
    }
    const said = this.turns.get(turn);
    const { start, end } = bySentence(said.text, this.desk.lang, held, step, grow);
    this.here = turn;
    this.choose({ turn, start, end });
    said.box.scrollIntoView({ block: "nearest" });
    this.tell(said.text.slice(start, end));
  }

  // Move one end of what is chosen (or of the coding at hand) by a word.
  word(step, side) {
    const coding = this.selection ? null : this.found(this.current);
    const held = this.selection ?? coding;
    if (!held) return;
    const { text } = this.turns.get(held.turn);
    const { start, end } = byWord(text, held, step, side);
    if (this.selection) this.choose({ turn: held.turn, start, end });
    else this.ask("stretch", JSON.parse(coding.key), pointsAt(text, start), pointsAt(text, end));
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

  // What the study's own codings suggest for the chosen words, once the choice rests.
  askHints() {
    clearTimeout(this.resting);
    this.hinted = [];
    this.hints.replaceChildren();
    const { turn, start, end } = this.selection ?? {};
    if (!this.desk.suggests || !this.selection) return;
    const { text } = this.turns.get(turn);
    this.hintsFor = [turn, pointsAt(text, start), pointsAt(text, end)];
    this.resting = setTimeout(() => this.model.send({ act: "suggest", with: this.hintsFor }), REST);
  }

  suggested({ at, codes, among }) {
    if (!this.selection || String(at) !== String(this.hintsFor)) return;
    this.hinted = codes;
    this.hints.replaceChildren(element("strong", {}, this.say("coder_hints")),
      ...codes.map((id, n) => element("button", { type: "button", title: this.code.get(id)?.definition, on: { click: () => this.apply(id) } },
        element("kbd", {}, `Alt+${n + 1}`), ` ${this.code.get(id)?.label ?? id}`)),
      element("p", {}, `${this.desk.suggests} ${among}`));
  }

  repeat() {
    if (!this.last) return this.tell(this.say("coder_no_last"), true);
    return this.apply(this.last);
  }

  inVivo() {
    if (!this.selection) return this.tell(this.say("coder_choose_first"), true);
    const { turn, start, end } = this.selection;
    const { text } = this.turns.get(turn);
    return this.ask("invivo", turn, pointsAt(text, start), pointsAt(text, end));
  }

  // The bounds of the coding at hand become those of the chosen words.
  bound() {
    const coding = this.found(this.current);
    if (!coding || this.selection?.turn !== coding.turn) return this.tell(this.say("coder_bound_how"), true);
    const { text } = this.turns.get(coding.turn);
    return this.onCurrent("stretch", pointsAt(text, this.selection.start), pointsAt(text, this.selection.end));
  }

  // Go to the next or previous coding in the order of the text.
  walk(step) {
    const every = [...this.codings.values()].flat().filter((c) => this.visible(c));
    if (!every.length) return;
    const at = every.findIndex((c) => c.key === this.current);
    const next = every[at < 0 ? (step > 0 ? 0 : every.length - 1) : (at + step + every.length) % every.length];
    this.pick(next.key, false);
    this.turns.get(this.here)?.box.scrollIntoView({ block: "nearest" });
  }

  apply(code) {
    if (!this.selection) return this.tell(this.say("coder_choose_first"), true);
    const { turn, start, end } = this.selection;
    const { text } = this.turns.get(turn);
    this.here = turn;
    this.ask("code", turn, pointsAt(text, start), pointsAt(text, end), code);
    this.paper.focus({ preventScroll: true });
  }

  pick(key, focus = true) {
    const before = this.found(this.current)?.turn;
    this.current = key;
    this.choose(null);
    const now = this.found(key)?.turn;
    for (const number of new Set([before, now])) this.paint(this.turns.get(number));
    this.here = now ?? this.here;
    this.showCurrent();
    if (focus) this.turns.get(now)?.chips.querySelector("[aria-pressed=true]")?.focus();
    else this.paper.focus({ preventScroll: true });
  }

  onCurrent(act, ...given) {
    if (!this.found(this.current)) return this.tell(this.say("coder_pick_first"), true);
    return this.ask(act, JSON.parse(this.current), ...given);
  }

  split() {
    const coding = this.found(this.current);
    if (!coding || this.selection?.turn !== coding.turn) return this.tell(this.say("coder_split_how"), true);
    const { text } = this.turns.get(coding.turn);
    return this.onCurrent("split", pointsAt(text, this.selection.start));
  }

  showCurrent() {
    const c = this.found(this.current);
    for (const chip of this.paper.querySelectorAll(".chips [aria-pressed=true]")) chip.setAttribute("aria-pressed", "false");
    this.turns.get(c?.turn)?.chips.querySelector(`[data-key="${CSS.escape(c.key)}"]`)?.setAttribute("aria-pressed", "true");
    const typing = this.memo && this.memo === this.el.getRootNode().activeElement;
    if (typing && c) return;
    const held = c ? `${c.key} ${c.start} ${c.end}` : "";
    if (!c) this.hand.replaceChildren(element("p", { class: "quiet" }, this.say("coder_none")));
    else if (this.inHand !== held) this.takeInHand(c);
    this.inHand = held;
    if (!c) return;
    for (const button of this.hand.querySelectorAll("[data-facet]")) {
      button.setAttribute("aria-pressed", String(c.facets.includes(button.dataset.facet)));
    }
    this.memo.value = c.memo;
  }

  takeInHand(c) {
    const facet = (f) => element("button", { type: "button", "data-facet": f.id, title: f.definition,
      on: { click: () => this.onCurrent("facet", f.id) } },
      this.facetKey.get(f.id) ? element("kbd", {}, this.facetKey.get(f.id)) : "", ` ${f.label}`);
    const facets = [...new Set(this.desk.facets.map((f) => f.tree))].map((tree) => element("div", { role: "group", "aria-label": this.desk.trees[tree] },
      ...this.desk.facets.filter((f) => f.tree === tree).map(facet)));
    this.memo = element("textarea", { rows: "2", "aria-label": this.say("coder_memo"), placeholder: this.say("coder_memo"),
      on: { change: () => this.onCurrent("memo", this.memo.value),
            keydown: (e) => { if (e.key === "Escape" || (e.key === "Enter" && !e.shiftKey)) { e.preventDefault(); this.memo.blur(); this.paper.focus(); } } } });
    const text = this.turns.get(c.turn).text.slice(c.start, c.end);
    this.hand.replaceChildren(element("strong", {}, this.code.get(c.code)?.label ?? c.code),
      element("q", { lang: this.desk.lang }, text.length > 160 ? `${text.slice(0, 160)}…` : text),
      element("div", { class: "facets" }, ...facets), this.memo,
      element("button", { type: "button", class: "away", on: { click: () => this.remove() } }, this.say("coder_delete")));
  }

  toMemo() {
    if (!this.found(this.current)) return this.tell(this.say("coder_pick_first"), true);
    this.choose(null);
    return this.memo.focus();
  }

  remove() {
    if (!this.found(this.current)) return this.tell(this.say("coder_pick_first"), true);
    this.ask("uncode", JSON.parse(this.current));
    return this.paper.focus({ preventScroll: true });
  }

  showCount() {
    let [shown, coded] = [0, 0];
    for (const list of this.codings.values()) {
      coded += list.length > 0;
      for (const c of list) shown += this.visible(c);
    }
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

  key(event) {
    if (event.ctrlKey || event.metaKey) return;
    if (this.wire.mine) {
      this.wire.after(() => this.key(event)); // what it means depends on the answer
      return event.preventDefault();
    }
    const side = event.altKey ? "start" : "end";
    const keys = {
      ArrowDown: () => this.sentence(1, event.shiftKey),
      ArrowUp: () => this.sentence(-1, event.shiftKey),
      ArrowRight: () => this.word(1, side),
      ArrowLeft: () => this.word(-1, side),
      Enter: () => this.palette.search.focus(),
      "/": () => this.palette.search.focus(),
      Delete: () => this.remove(),
      Backspace: () => this.remove(),
      Escape: () => this.choose(null),
      n: () => this.nextUncoded(),
      m: () => this.toMemo(),
      x: () => this.split(),
      b: () => this.bound(),
      i: () => this.inVivo(),
      ".": () => this.repeat(),
      "<": () => this.walk(1),
      ">": () => this.walk(-1),
      z: () => this.ask("undo"),
      Z: () => this.ask("redo"),
    };
    const hint = event.altKey && /^Digit[1-9]$/.test(event.code) ? Number(event.code.at(-1)) : 0;
    if (hint) {
      if (this.hinted[hint - 1]) this.apply(this.hinted[hint - 1]);
      return event.preventDefault();
    }
    const onChip = event.target.closest?.(".chips");
    if (onChip && (event.key === "Enter" || event.key === " ")) return;
    const facet = this.desk.facets.find((f) => this.facetKey.get(f.id) === event.key);
    if (keys[event.key]) keys[event.key]();
    else if (facet) this.onCurrent("facet", facet.id);
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
