// Coders side by side: plain ES module, no build step. Offsets arrive in UTF-16 and none goes back.

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
    this.asked = 0;
    this.last = "";
    this.hear = (message) => this.heard(message);
    model.on("msg:custom", this.hear);
    model.send({ act: "hello" });
  }

  end() {
    this.model.off("msg:custom", this.hear);
  }

  heard(message) {
    if (message.kind === "table") return this.build(message);
    if (!this.table) return;
    const before = this.point?.turn;
    const mine = message.id === this.mine;
    this.points = message.points;
    this.left = message.left;
    if (message.kind === "acted" && mine && this.sent) {
      this.drafts.delete(this.sent);
      this.last = this.sentReason;
      this.tell(this.say(this.left ? "compare_saved" : "compare_done"));
      this.sent = null;
      this.current = this.after(this.current, (p) => !p.decision)?.id ?? this.current;
      this.list.focus({ preventScroll: true });
    } else if (message.kind === "acted" && mine) {
      this.tell(this.say("compare_saved"));
    } else if (message.kind === "refused" && mine) {
      this.tell(message.why, true);
    }
    if (!this.point) this.current = (this.differing.find((p) => p.turn >= before) ?? this.differing[0])?.id ?? null;
    this.show();
  }

  ask(act, ...given) {
    this.mine = `${Math.random()}-${(this.asked += 1)}`;
    this.model.send({ act, with: given, id: this.mine });
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
      const first = decision?.agreed[0] ?? this.point.codings[0];
      this.drafts.set(this.current, {
        take: decision?.take ?? null, reason: decision?.reason ?? "",
        own: { code: first.code, facets: [...first.facets], words: this.point.codings[0].coder },
      });
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
    this.points = table.points;
    this.left = table.left;
    this.turns.clear();
    this.status = element("p", { class: "status", role: "status", "aria-live": "polite" });
    this.count = element("span", { class: "count" });
    this.paper = element("div", { class: table.coders.length > 2 ? "paper many" : "paper", tabindex: "0", role: "region", lang: table.lang,
      "aria-label": `${this.say("compare_paper")} ${table.document}` });
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
    const side = element("div", { class: "side" }, this.list, this.case,
      element("details", { class: "keys" }, element("summary", {}, this.say("compare_keys")), element("p", {}, this.say("compare_keys_list"))));
    this.el.replaceChildren(element("div", { class: "wb-compare", "data-lm-suppress-shortcuts": "true",
      on: { keydown: (e) => this.key(e) } }, this.bar(), element("div", { class: "desk" }, this.paper, side), this.status));
    if (!this.point) this.current = (this.differing.find((p) => !p.decision) ?? this.differing[0])?.id ?? null;
    this.show();
  }

  bar() {
    const button = (key, act) => element("button", { type: "button", on: { click: act } }, this.say(key));
    const names = this.table.coders.map((coder) => {
      const line = element("i", { class: "line" });
      line.style.background = this.line(coder, true).replace(/calc\(.*?\)/, "0");
      return element("span", {}, line, coder);
    });
    const only = element("input", { type: "checkbox", on: { change: (e) => { this.onlyOpen = e.target.checked; this.showList(); } } });
    return element("div", { class: "bar", role: "toolbar", "aria-label": this.say("compare_tools") },
      element("strong", {}, this.table.document), ...names, this.count,
      button("compare_previous", () => this.step(-1)), button("compare_next", () => this.step(1)),
      button("compare_refresh", () => this.ask("refresh")), element("label", {}, only, this.say("compare_open")));
  }

  show() {
    for (const number of this.turns.keys()) this.paint(number);
    this.showList();
    this.showCase();
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
    const cuts = [...new Set([0, turn.text.length, ...codings.flatMap((c) => [c.start, c.end])])].sort((a, b) => a - b);
    turn.words.replaceChildren(...cuts.slice(0, -1).map((from, n) => {
      const over = codings.filter((c) => c.start <= from && cuts[n + 1] <= c.end);
      const piece = element("span", {}, turn.text.slice(from, cuts[n + 1]));
      if (!over.length) return piece;
      const now = over.filter((c) => c.point.id === this.current).map((c) => c.coder);
      piece.className = now.length ? "coded current" : "coded";
      piece.style.background = this.table.coders.filter((coder) => over.some((c) => c.coder === coder))
        .map((coder) => this.line(coder, now.includes(coder))).join(",");
      return piece;
    }));
    this.table.coders.forEach((coder, n) => turn.columns[n].replaceChildren(
      ...codings.filter((c) => c.coder === coder).map((c) => this.chip(c))));
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
    const select = (label, options, field) => {
      const box = element("select", { "data-own": field, on: { change: (e) => { own[field] = e.target.value; } } },
        ...options.map(([value, text]) => element("option", { value, selected: value === own[field] }, text)));
      return element("label", {}, label, box);
    };
    const words = { both: this.say("compare_all_words"), common: this.say("compare_common_words") };
    const facets = Object.entries(this.table.facets).map(([id, label]) => {
      const button = element("button", { type: "button", "data-facet": id, "aria-pressed": String(own.facets.includes(id)), on: { click: () => {
        own.facets = own.facets.includes(id) ? own.facets.filter((f) => f !== id) : [...own.facets, id];
        button.setAttribute("aria-pressed", String(own.facets.includes(id)));
      } } }, label);
      return button;
    });
    return element("div", { class: "own" },
      select(this.say("compare_code"), Object.entries(this.table.codes).map(([id, c]) => [id, c.label]), "code"),
      select(this.say("compare_words"), Object.entries(this.point.words).map(([name, text]) =>
        [name, `${words[name] ?? name}: ${text.length > 70 ? `${text.slice(0, 69)}…` : text}`]), "words"),
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
    this.showCase();
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
    this.sent = this.current;
    this.sentReason = reason;
    this.ask("decide", this.current, take === OTHER ? own : take, reason);
  }

  reopen() {
    if (!this.point?.decision) return;
    this.drafts.delete(this.current);
    this.sent = null;
    this.ask("reopen", this.current);
  }

  // ---- keys ------------------------------------------------------------------------------------

  key(event) {
    event.stopPropagation(); // the notebook's own shortcuts must not hear what is meant for us
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === this.reason) return this.reasonKey(event);
    if (event.target.closest?.("select, summary, input")) return;
    const coder = this.table.coders[Number(event.key) - 1];
    const keys = {
      ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), n: () => this.step(1), p: () => this.step(-1),
      b: () => this.choose(BOTH), 0: () => this.choose(NONE), o: () => this.choose(OTHER),
      Delete: () => this.reopen(), Backspace: () => this.reopen(),
    };
    if (coder && /^[1-9]$/.test(event.key)) this.choose(coder);
    else if (event.target === this.paper && event.key.startsWith("Arrow")) return;
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
