// Coders side by side: plain ES module, no build step. Offsets arrive in UTF-16; those of words chosen
// here go back as code points.

const COLOURS = 6; // --c0 … --c5 of the style sheet, lighter in a dark theme
const SIGNS = { same: "=", facets: "±", boundaries: "↔", code: "≠", missing: "∅" };
const NONE = "none", BOTH = "both", OTHER = "other";

class View {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.turns = new Map(); // number -> {text, words, columns}
    this.drafts = new Map(); // point id -> {take, reason, own}: what is not saved yet
    this.current = null; // id of the point at hand
    this.onlyOpen = false;
    this.last = "";
    this.wire = new Wire(model, {
      heard: (message, mine) => this.heard(message, mine),
      waits: () => {},
      silent: () => this.tell(this.say("no_answer"), true),
    });
    model.send({ act: "hello" });
  }

  end() {
    this.wire.end();
  }

  heard(message, mine) {
    if (message.kind === "table") return this.build(message);
    if (!this.table) return;
    const before = this.point?.turn;
    const decisions = new Map(this.points.map((p) => [p.id, JSON.stringify(p.decision)]));
    Object.assign(this, { points: message.points, left: message.left, steps: message.steps });
    if (mine && message.kind === "refused") this.tell(message.why, true);
    else if (mine) this.done(this.points.filter((p) => decisions.get(p.id) !== JSON.stringify(p.decision)));
    if (!this.point) this.current = (this.differing.find((p) => p.turn >= before) ?? this.differing[0])?.id ?? null;
    this.show();
  }

  // One's own act is on disk: what it changed is drafted anew, and shown where it was taken back.
  done(changed) {
    for (const p of changed) this.drafts.delete(p.id);
    this.tell(this.say(this.act === "decide" && !this.left ? "compare_done" : `compare_did_${this.act}`));
    if (this.act === "decide") {
      this.last = this.sentReason;
      this.current = this.after(this.current, (p) => !p.decision)?.id ?? this.current;
      this.list.focus({ preventScroll: true });
    } else if (changed.length && this.act !== "refresh") {
      this.current = changed[0].id;
    }
  }

  ask(act, ...given) {
    this.wire.after(() => {
      this.act = act;
      this.wire.ask(act, given);
    });
  }

  say(key) {
    return this.table.say[key];
  }

  tell(text, wrong = false) {
    this.status.textContent = text;
    this.status.classList.toggle("wrong", wrong);
  }

  get differing() {
    return this.points.filter((p) => p.how !== "same");
  }

  get point() {
    return this.points.find((p) => p.id === this.current);
  }

  get draft() {
    const { decision } = this.point;
    if (!this.drafts.has(this.current)) {
      const { code, facets, start, end } = decision?.agreed[0] ?? this.point.codings[0];
      this.drafts.set(this.current, { take: decision?.take ?? null, reason: decision?.reason ?? "", own: { code, facets: [...facets], start, end } });
    }
    return this.drafts.get(this.current);
  }

  label(code) {
    return this.table.codes[code]?.label ?? code;
  }

  facets(list) {
    return list.map((f) => this.table.facets[f] ?? f).join(", ");
  }

  colour(coder) {
    return `var(--c${this.table.coders.indexOf(coder) % COLOURS})`;
  }

  // Every coder has a line of their own: a colour and, for eyes that tell no colours, a shape.
  line(coder, thick) {
    const n = this.table.coders.indexOf(coder);
    const colour = this.colour(coder);
    const gap = n % 3;
    const pattern = gap ? `repeating-linear-gradient(90deg, ${colour} 0 ${gap === 1 ? 7 : 2}px, transparent 0 ${gap === 1 ? 10 : 5}px)` : `linear-gradient(${colour} 0 0)`;
    return `${pattern} 0 calc(100% - ${(this.table.coders.length - 1 - n) * 4}px) / 100% ${thick ? 4 : 2}px no-repeat`;
  }

  build(table) {
    this.table = table;
    const { points, left, steps } = table;
    Object.assign(this, { points, left, steps });
    this.turns.clear();
    this.status = element("p", { class: "status", role: "status", "aria-live": "polite" });
    this.count = element("span", { class: "count" });
    this.paper = element("div", { class: table.coders.length > 2 ? "paper many" : "paper", tabindex: "0", role: "region", lang: table.lang,
      "aria-label": `${this.say("compare_paper")} ${table.document}`,
      on: { pointerdown: (e) => this.pressed(e), pointerup: () => this.dragged(), dragstart: (e) => e.preventDefault() } });
    this.paper.style.setProperty("--coders", table.coders.length);
    let heading = "";
    for (const [number, speaker, text, above, verbatim] of table.text) {
      if (above && above !== heading) this.paper.append(element("h3", {}, (heading = above)));
      const words = element("div", { class: "words" }, text);
      const columns = table.coders.map((coder) => {
        const column = element("ul", { class: "chips", "aria-label": `[${number}] ${coder}` });
        column.style.setProperty("--coder", this.colour(coder));
        return column;
      });
      const box = element("section", { class: verbatim ? "turn" : "turn note", "data-n": number },
        element("span", { class: "who" }, `[${number}] ${speaker}`), words, ...columns);
      this.turns.set(number, { text, words, columns, box });
      this.paper.append(box);
    }
    this.list = element("ul", { class: "list", role: "listbox", tabindex: "0", "aria-label": this.say("compare_list") });
    this.case = element("div", { class: "case" });
    this.side = element("div", { class: "side" }, this.list, this.case,
      element("details", { class: "keys" }, element("summary", {}, this.say("compare_keys")), element("p", {}, this.say("compare_keys_list"))));
    this.el.replaceChildren(element("div", { class: "wb-compare", "data-lm-suppress-shortcuts": "true",
      on: { keydown: (e) => this.key(e), focusin: hush } }, this.bar(), element("div", { class: "desk" }, this.paper, this.side), this.status, narrow(this.say("no_room"))));
    if (!this.point) this.current = (this.differing.find((p) => !p.decision) ?? this.differing[0])?.id ?? null;
    this.show();
  }

  bar() {
    const button = (key, act) => element("button", { type: "button", on: { click: act } }, this.say(key));
    this.steppers = ["undo", "redo"].map((act) => button(`compare_${act}`, () => this.travel(act)));
    const names = this.table.coders.map((coder) => {
      const line = element("i", { class: "line" });
      line.style.background = this.line(coder, true).replace(/calc\(.*?\)/, "0");
      return element("span", {}, line, coder);
    });
    const only = element("input", { type: "checkbox", on: { change: (e) => { this.onlyOpen = e.target.checked; this.showList(); } } });
    return element("div", { class: "bar", role: "toolbar", "aria-label": this.say("compare_tools") },
      element("strong", {}, this.table.document), ...names, this.count,
      ...this.steppers, button("compare_previous", () => this.step(-1)), button("compare_next", () => this.step(1)),
      button("compare_refresh", () => this.ask("refresh")), element("label", {}, only, this.say("compare_open")));
  }

  show() {
    for (const number of this.turns.keys()) this.paint(number);
    this.showList();
    this.showCase();
    this.steppers.forEach((button, n) => { button.disabled = !this.steps[n]; });
    this.count.textContent = this.say("compare_count").replace("%1", this.differing.length - this.left).replace("%2", this.differing.length);
    const box = this.turns.get(this.point?.turn)?.box;
    if (box && (box.offsetTop < this.paper.scrollTop || box.offsetTop + box.offsetHeight > this.paper.scrollTop + this.paper.clientHeight)) {
      this.paper.scrollTop = box.offsetTop - 40;
    }
  }

  // ---- the text, with each coder's codes beside it -------------------------------------------

  paint(number) {
    const turn = this.turns.get(number);
    const points = this.points.filter((p) => p.turn === number);
    const codings = points.flatMap((p) => p.codings.map((c) => ({ ...c, point: p })));
    const own = this.ownWords?.turn === number ? this.ownWords : null;
    const cuts = [...new Set([0, turn.text.length, ...[...codings, ...(own ? [own] : [])].flatMap((c) => [c.start, c.end])])].sort((a, b) => a - b);
    turn.words.replaceChildren(...cuts.slice(0, -1).map((from, n) => {
      const over = codings.filter((c) => c.start <= from && cuts[n + 1] <= c.end);
      const piece = element("span", {}, turn.text.slice(from, cuts[n + 1]));
      if (own && own.start <= from && cuts[n + 1] <= own.end) piece.className = "own";
      if (!over.length) return piece;
      const now = over.filter((c) => c.point.id === this.current).map((c) => c.coder);
      piece.classList.add("coded", ...(now.length ? ["current"] : []));
      piece.style.background = this.table.coders.filter((coder) => over.some((c) => c.coder === coder))
        .map((coder) => this.line(coder, now.includes(coder))).join(",");
      return piece;
    }));
    this.table.coders.forEach((coder, n) => turn.columns[n].replaceChildren(
      ...codings.filter((c) => c.coder === coder).map((c) => this.chip(c))));
  }

  // ---- words of one's own ------------------------------------------------------------------------

  // The words of another solution, while the point at hand is to get one.
  get ownWords() {
    const draft = this.drafts.get(this.current);
    return this.point && draft?.take === OTHER ? { ...draft.own, turn: this.point.turn } : null;
  }

  // Native selections are let go: dragging from inside one would carry its words away.
  pressed(event) {
    this.held = Boolean(event.target.closest(".words"));
    if (this.held) this.native()?.removeAllRanges();
  }

  native() {
    return this.el.getRootNode().getSelection?.() ?? document.getSelection();
  }

  dragged() {
    const native = this.native();
    if (!this.held || !this.point || !native?.rangeCount || native.isCollapsed) return;
    this.held = false;
    const turn = this.turns.get(this.point.turn);
    const inside = turn.words.contains(native.getRangeAt(0).startContainer);
    const chosen = inside && selectedIn(native, turn.words, turn.text, this.table.lang);
    native.removeAllRanges();
    if (!inside) this.tell(this.say("compare_other_turn").replace("%1", this.point.turn), true);
    else if (chosen) this.take(chosen);
  }

  // Another solution stands before one's eyes, not behind the reason that is asked for.
  showOwn() {
    this.paint(this.point.turn);
    this.showCase();
    const own = this.case.querySelector(".own");
    if (own) this.side.scrollTop = own.offsetTop - this.side.offsetTop - 8;
  }

  // These words are those of another solution; the keyboard may go on from here.
  take({ start, end }) {
    Object.assign(this.draft.own, { start, end });
    this.draft.take = OTHER;
    this.showOwn();
    this.paper.focus({ preventScroll: true });
    this.tell(this.turns.get(this.point.turn).text.slice(start, end));
  }

  toWords() {
    if (this.point) this.take(this.draft.own);
  }

  move(event) {
    const { text } = this.turns.get(this.point.turn);
    const { own } = this.draft;
    const step = event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : -1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return this.take(bySentence(text, this.table.lang, own, step, event.shiftKey));
    return this.take(byWord(text, own, step, event.altKey ? "start" : "end"));
  }

  // The words there are to begin with: each coder's, all of them, those in common.
  spans() {
    const ends = (codings) => ({ start: Math.min(...codings.map((c) => c.start)), end: Math.max(...codings.map((c) => c.end)) });
    const own = this.table.coders.map((coder) => [coder, this.point.codings.filter((c) => c.coder === coder)])
      .filter(([, codings]) => codings.length).map(([coder, codings]) => [coder, ends(codings)]);
    const common = { start: Math.max(...own.map(([, s]) => s.start)), end: Math.min(...own.map(([, s]) => s.end)) };
    const found = [...own, [this.say("compare_all_words"), ends(this.point.codings)], [this.say("compare_common_words"), common]];
    return found.filter(([, { start, end }], n) => start < end && !found.slice(0, n).some(([, s]) => s.start === start && s.end === end));
  }

  chip(c) {
    const how = `${this.say(`how_${c.point.how}`)}${c.point.decision ? `, ${this.say("compare_decided")}` : ""}`;
    const mark = c.point.decision ? "✓" : SIGNS[c.point.how];
    const inside = [element("span", { "aria-hidden": "true" }, `${mark} `), this.label(c.code),
      c.facets.length ? element("small", {}, ` ${this.facets(c.facets)}`) : "", c.memo ? element("small", {}, ` ✎ ${c.memo}`) : ""];
    if (c.point.how === "same") return element("li", { class: "same" }, element("button", { type: "button", disabled: true, title: how }, ...inside));
    return element("li", {}, element("button", { type: "button", title: how, "data-point": c.point.id, "aria-pressed": String(c.point.id === this.current),
      on: { click: () => this.pick(c.point.id) } }, ...inside));
  }

  // ---- the list --------------------------------------------------------------------------------

  showList() {
    const shown = this.differing.filter((p) => !this.onlyOpen || !p.decision || p.id === this.current);
    this.list.replaceChildren(...shown.map((p, n) => {
      const codes = [...new Set(p.codings.map((c) => this.label(c.code)))].join(" / ");
      return element("li", { role: "option", id: `wb-point-${n}`, "aria-selected": String(p.id === this.current),
        title: this.say(`how_${p.how}`), on: { click: () => this.pick(p.id) } },
        element("span", {}, `[${p.turn}]`), element("span", { "aria-label": this.say(`how_${p.how}`) }, SIGNS[p.how]),
        element("span", {}, codes), element("span", { "aria-label": p.decision ? this.say("compare_decided") : "" }, p.decision ? "✓" : ""));
    }));
    const at = this.list.querySelector("[aria-selected=true]");
    this.list.setAttribute("aria-activedescendant", at?.id ?? "");
    if (at) this.list.scrollTop = at.offsetTop - this.list.offsetTop - this.list.clientHeight / 2;
  }

  after(id, wanted = () => true) {
    const at = this.differing.findIndex((p) => p.id === id);
    return [...this.differing.slice(at + 1), ...this.differing.slice(0, at + 1)].find(wanted);
  }

  step(by) {
    const list = this.differing.filter((p) => !this.onlyOpen || !p.decision || p.id === this.current);
    if (!list.length) return;
    const at = list.findIndex((p) => p.id === this.current);
    this.pick(list[(at + by + list.length) % list.length].id);
  }

  pick(id) {
    this.current = id;
    this.show();
    this.list.focus({ preventScroll: true });
  }

  // ---- the point at hand -------------------------------------------------------------------------

  showCase() {
    const { point } = this;
    if (!point) return this.case.replaceChildren(element("p", { class: "quiet" }, this.say("compare_nothing")));
    const { draft } = this;
    const said = this.table.coders.map((coder) => this.said(coder, point.codings.filter((c) => c.coder === coder)));
    const choice = (take, key, text) => element("button", { type: "button", "data-take": take, "aria-pressed": String(draft.take === take),
      on: { click: () => this.choose(take) } }, element("kbd", {}, key), ` ${text}`);
    this.reason = element("textarea", { rows: "3", "aria-label": this.say("compare_reason"), placeholder: this.say("compare_reason"),
      on: { input: () => { draft.reason = this.reason.value; } } });
    this.reason.value = draft.reason;
    const several = new Set(point.codings.map((c) => c.coder)).size > 1;
    const inBoth = point.codings.every((c) => c.code === point.codings[0].code) ? "compare_both_words" : "compare_both";
    this.case.replaceChildren(
      element("h4", {}, `[${point.turn}] ${this.say(`how_${point.how}`)}`), ...said,
      ...(point.decision ? [this.decided(point)] : []), ...(draft.take === OTHER ? [this.own(draft.own)] : []),
      element("div", { class: "deciding" }, element("div", { class: "choices", role: "group", "aria-label": this.say("compare_choices") },
        ...this.table.coders.map((coder, n) => choice(coder, String(n + 1), coder)),
        ...(several ? [choice(BOTH, "b", this.say(inBoth))] : []), choice(NONE, "0", this.say("compare_none")), choice(OTHER, "o", this.say("compare_other"))),
      this.reason, element("button", { type: "button", class: "save", on: { click: () => this.save() } }, this.say("compare_save"))));
  }

  said(coder, codings) {
    const box = element("div", { class: "said" }, element("strong", {}, coder));
    box.style.setProperty("--coder", this.colour(coder));
    if (!codings.length) box.append(element("p", { class: "quiet" }, this.say("compare_uncoded")));
    for (const c of codings) {
      const text = this.turns.get(this.point.turn).text.slice(c.start, c.end);
      const code = this.table.codes[c.code];
      box.append(element("p", {}, this.label(c.code), c.facets.length ? element("small", {}, ` ${this.facets(c.facets)}`) : ""),
        element("q", { lang: this.table.lang }, text), ...(c.memo ? [element("p", {}, `✎ ${c.memo}`)] : []));
      if (code) {
        box.append(element("details", {}, element("summary", {}, code.definition),
          ...[["compare_use_when", code.use_when], ["compare_not_when", code.not_when]].filter(([, text]) => text)
            .map(([key, text]) => element("p", {}, element("small", {}, `${this.say(key)}: ${text}`)))));
      }
    }
    return box;
  }

  own(own) {
    const trees = new Map();
    for (const [id, c] of Object.entries(this.table.codes)) {
      if (!c.retired || id === own.code) trees.set(c.tree, [...(trees.get(c.tree) ?? []), [id, c.label]]);
    }
    const facets = Object.entries(this.table.facets).map(([id, label]) => {
      const button = element("button", { type: "button", "data-facet": id, "aria-pressed": String(own.facets.includes(id)), on: { click: () => {
        own.facets = own.facets.includes(id) ? own.facets.filter((f) => f !== id) : [...own.facets, id];
        button.setAttribute("aria-pressed", String(own.facets.includes(id)));
      } } }, label);
      return button;
    });
    const select = element("label", {}, this.say("compare_code"), element("select", { "data-own": "code", on: { change: (e) => { own.code = e.target.value; } } },
      ...[...trees].map(([label, codes]) => element("optgroup", { label },
        ...codes.map(([value, text]) => element("option", { value, selected: value === own.code }, text))))));
    const spans = this.spans().map(([name, span]) => element("button", { type: "button", "aria-pressed": String(span.start === own.start && span.end === own.end),
      on: { click: () => this.take(span) } }, name));
    return element("div", { class: "own" }, select,
      element("div", { class: "words-chosen" }, element("small", {}, this.say("compare_words")),
        element("q", { lang: this.table.lang }, this.turns.get(this.point.turn).text.slice(own.start, own.end)),
        element("small", {}, this.say("compare_words_how"))),
      element("div", { class: "choices", role: "group", "aria-label": this.say("compare_words") },
        element("button", { type: "button", "data-words": true, on: { click: () => this.toWords() } }, element("kbd", {}, "w"), ` ${this.say("compare_to_words")}`), ...spans),
      element("div", { class: "facets", role: "group", "aria-label": this.say("compare_facets") }, ...facets));
  }

  decided({ decision: d }) {
    const codes = d.agreed.map((c) => [this.label(c.code), this.facets(c.facets)].filter(Boolean).join(" · ")).join("; ");
    return element("div", { class: "decided" }, element("p", {}, element("strong", {}, `✓ ${codes || this.say("compare_none")}`)),
      element("p", {}, `${d.reason} — ${d.by}, ${d.date}`),
      element("button", { type: "button", on: { click: () => this.reopen() } }, this.say("compare_reopen")));
  }

  choose(take) {
    if (!this.point) return;
    this.draft.take = take;
    this.showOwn();
    this.tell(this.say("compare_say_why"));
    (take === OTHER ? this.case.querySelector("[data-own]") : this.reason).focus();
  }

  save() {
    if (!this.point) return;
    const { take, reason, own } = this.draft;
    if (!take) return this.tell(this.say("compare_choose_first"), true);
    if (!reason.trim()) {
      this.reason.focus();
      return this.tell(this.say("compare_say_why"), true);
    }
    this.sentReason = reason;
    const { text } = this.turns.get(this.point.turn);
    const other = { ...own, start: pointsAt(text, own.start), end: pointsAt(text, own.end) };
    this.ask("decide", this.current, take === OTHER ? other : take, reason);
  }

  reopen() {
    if (!this.point?.decision) return;
    this.ask("reopen", this.current);
  }

  // Take the last decision back or make it again.
  travel(act) {
    if (this.steps[act === "undo" ? 0 : 1]) this.ask(act);
    else this.tell(this.say(`compare_no_${act}`), true);
  }

  // ---- keys ------------------------------------------------------------------------------------

  key(event) {
    event.stopPropagation(); // the notebook's own shortcuts must not hear what is meant for us
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (letter === "z" || letter === "y") && event.target !== this.reason) {
      event.preventDefault();
      return this.travel(letter === "y" || event.shiftKey ? "redo" : "undo");
    }
    const onPaper = event.target === this.paper;
    if (event.ctrlKey || event.metaKey || (event.altKey && !onPaper)) return;
    if (event.target === this.reason) return this.reasonKey(event);
    if (event.target.closest?.("select, summary, input")) return;
    const coder = this.table.coders[Number(event.key) - 1];
    const keys = {
      ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), n: () => this.step(1), p: () => this.step(-1),
      b: () => this.choose(BOTH), 0: () => this.choose(NONE), o: () => this.choose(OTHER),
      w: () => this.toWords(), z: () => this.travel("undo"), Z: () => this.travel("redo"), Delete: () => this.reopen(), Backspace: () => this.reopen(),
    };
    if (onPaper && this.ownWords) {
      for (const arrow of ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"]) keys[arrow] = () => this.move(event);
      keys.Enter = () => this.case.querySelector("[data-own]").focus();
      keys.Escape = () => this.list.focus({ preventScroll: true });
    }
    if (coder && /^[1-9]$/.test(event.key)) this.choose(coder);
    else if (onPaper && !this.ownWords && event.key.startsWith("Arrow")) return;
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  }

  reasonKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.save();
    else if (event.key === "Escape") this.list.focus({ preventScroll: true });
    else if (event.key === "ArrowUp" && !this.reason.value && this.last) this.reason.value = this.draft.reason = this.last;
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
